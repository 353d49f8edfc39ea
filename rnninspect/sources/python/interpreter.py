"""Interpreter: follows the statements and the calls of a program."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from rnninspect.dims import Shape, Unknown
from rnninspect.sources.python import keras_calls, library
from rnninspect.sources.python.expressions import Expressions, external, is_model
from rnninspect.sources.python.names import canonical, is_keras
from rnninspect.sources.python.run import Run, Stopped, is_true
from rnninspect.sources.python.scopes import Scope
from rnninspect.sources.python.values import (
    Array,
    Bound,
    External,
    Function,
    Graph,
    Instance,
    Made,
    Method,
    Missing,
    Stack,
    Tensor,
    UserClass,
)

MAX_CALLS_DEEP = 25
FOLLOWED_ROUNDS = 100
"""Rounds of a loop that are followed one by one."""


class _Return(Exception):
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class _Break(Exception):
    pass


class _Continue(Exception):
    pass


class Interpreter(Expressions):
    """Follows one program once, with the decisions that the run makes."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.depth = 0
        self.active: list[object] = []

    def block(self, statements: Sequence[ast.stmt], scope: Scope) -> None:
        """Follow statements in order."""
        for statement in statements:
            self.run.budget.spend()
            method = getattr(self, f"_do_{type(statement).__name__.lower()}", None)
            if method is not None:
                self.run.statement = statement
                method(statement, scope)

    def _do_expr(self, node: ast.Expr, scope: Scope) -> None:
        self.value(node.value, scope)

    def _do_assign(self, node: ast.Assign, scope: Scope) -> None:
        value = self.value(node.value, scope)
        for target in node.targets:
            self.assign(target, value, scope)

    def _do_annassign(self, node: ast.AnnAssign, scope: Scope) -> None:
        if node.value is not None:
            self.assign(node.target, self.value(node.value, scope), scope)

    def _do_augassign(self, node: ast.AugAssign, scope: Scope) -> None:
        left = self.value(node.target, scope)
        right = self.value(node.value, scope)
        if isinstance(left, list) and isinstance(node.op, ast.Add):
            items = self.items_of(right)
            if items is not None:
                left.extend(items)
                return
        self.assign(node.target, self.binary(node.op, left, right, node), scope)

    def assign(self, target: ast.AST, value: Any, scope: Scope) -> None:
        if isinstance(target, ast.Name):
            scope.set(target.id, value)
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target.elts, value, scope)
        elif isinstance(target, ast.Starred):
            self.assign(target.value, value, scope)
        elif isinstance(target, ast.Attribute):
            owner = self.value(target.value, scope)
            if isinstance(owner, Instance):
                owner.attributes[target.attr] = value
            elif isinstance(owner, Missing):
                owner.attributes[target.attr] = (
                    value if isinstance(value, Missing) else Missing("an attribute was set")
                )
        elif isinstance(target, ast.Subscript):
            owner, key = self.value(target.value, scope), self.value(target.slice, scope)
            in_list = isinstance(owner, list) and isinstance(key, int) and -1 <= key < len(owner)
            if in_list or (isinstance(owner, dict) and isinstance(key, str | int)):
                owner[key] = value

    def _unpack(self, targets: list[ast.expr], value: Any, scope: Scope) -> None:
        items = self.items_of(value)
        starred = [i for i, one in enumerate(targets) if isinstance(one, ast.Starred)]
        if items is not None and len(starred) == 1 and len(items) >= len(targets) - 1:
            first, after = starred[0], len(targets) - starred[0] - 1
            middle = items[first : len(items) - after]
            items = [*items[:first], middle, *items[len(items) - after :]]
        if items is None or len(items) != len(targets):
            items = [self._piece_of(value, number) for number in range(len(targets))]
        for target, item in zip(targets, items, strict=True):
            self.assign(target, item, scope)

    def _piece_of(self, value: Any, number: int) -> Any:
        if isinstance(value, Array):
            return self.element_of(value)
        if isinstance(value, Missing):
            return value.child(number)
        if isinstance(value, Tensor):
            return Tensor(Shape.unknown("an output is not known"), value.use, None)
        return Missing("a value is not known")

    def _do_functiondef(self, node: Any, scope: Scope) -> None:
        made = self.function(node, scope, node.name)
        for decorator in node.decorator_list:
            name = decorator.id if isinstance(decorator, ast.Name) else ""
            if name in ("property", "staticmethod", "classmethod", "cached_property"):
                made.kind = "property" if name == "cached_property" else name
        scope.set(node.name, made)

    _do_asyncfunctiondef = _do_functiondef

    def _do_classdef(self, node: ast.ClassDef, scope: Scope) -> None:
        inner = Scope(scope, is_class=True)
        bases = tuple(self.value(base, scope) for base in node.bases)
        made = UserClass(node.name, bases, inner.names)
        scope.set(node.name, made)
        self.block(node.body, inner)

    def _do_return(self, node: ast.Return, scope: Scope) -> None:
        raise _Return(self.value(node.value, scope))

    def _do_break(self, node: ast.Break, scope: Scope) -> None:
        raise _Break

    def _do_continue(self, node: ast.Continue, scope: Scope) -> None:
        raise _Continue

    def _do_raise(self, node: ast.Raise, scope: Scope) -> None:
        raise Stopped

    def _do_global(self, node: ast.Global, scope: Scope) -> None:
        for name in node.names:
            scope.shared[name] = scope.module

    def _do_nonlocal(self, node: ast.Nonlocal, scope: Scope) -> None:
        for name in node.names:
            outer = scope.outer
            while outer is not None and name not in outer.names:
                outer = outer.outer
            if outer is not None:
                scope.shared[name] = outer

    def _do_delete(self, node: ast.Delete, scope: Scope) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                scope.names.pop(target.id, None)

    def _do_import(self, node: ast.Import, scope: Scope) -> None:
        for alias in node.names:
            if alias.asname:
                scope.set(alias.asname, external(alias.name))
            else:
                root = alias.name.partition(".")[0]
                scope.set(root, External(root))

    def _do_importfrom(self, node: ast.ImportFrom, scope: Scope) -> None:
        if node.level or node.module is None:
            for alias in node.names:
                scope.set(alias.asname or alias.name, Missing("a module of the program"))
            return
        module = canonical(node.module)
        if module == "__future__":
            return
        for alias in node.names:
            if alias.name == "*":
                if is_keras(module):
                    scope.module.stars.append(module)
            else:
                scope.set(alias.asname or alias.name, external(f"{node.module}.{alias.name}"))

    def _do_if(self, node: ast.If, scope: Scope) -> None:
        condition = self.value(node.test, scope)
        known = is_true(condition)
        if known is None:
            if not isinstance(condition, Missing):
                condition = Missing("a condition is not known")
            known = self.run.decide(condition, id(node), not _leaves(node.body))
        self.block(node.body if known else node.orelse, scope)

    def _do_for(self, node: Any, scope: Scope) -> None:
        source = self.value(node.iter, scope)
        items = self.items_of(source)
        if items is None or len(items) > FOLLOWED_ROUNDS:
            item = self.element_of(source) if items is None else Missing("a loop's item")
            with _Doubt(self, node.body, scope, "a loop of unknown length"):
                self._round(node, [item], scope)
            return
        self._round(node, items, scope)

    _do_asyncfor = _do_for

    def _round(self, node: Any, items: list[Any], scope: Scope) -> None:
        for item in items:
            if hasattr(node, "target"):
                self.assign(node.target, item, scope)
            try:
                self.block(node.body, scope)
            except _Continue:
                continue
            except _Break:
                return
        self.block(node.orelse, scope)

    def _do_while(self, node: ast.While, scope: Scope) -> None:
        for _ in range(FOLLOWED_ROUNDS):
            known = is_true(self.value(node.test, scope))
            if known is False:
                self.block(node.orelse, scope)
                return
            if known is None:
                break
            try:
                self.block(node.body, scope)
            except _Continue:
                continue
            except _Break:
                return
        with _Doubt(self, node.body, scope, "a loop of unknown length"):
            self._round(node, [None], scope)

    def _do_with(self, node: Any, scope: Scope) -> None:
        caught = any(_expects_errors(item.context_expr) for item in node.items)
        self.run.caught += caught
        try:
            self._with(node, scope)
        finally:
            self.run.caught -= caught

    def _with(self, node: Any, scope: Scope) -> None:
        for item in node.items:
            value = self.value(item.context_expr, scope)
            if item.optional_vars is not None:
                known = isinstance(value, Instance | Array | Missing)
                self.assign(item.optional_vars, value if known else Missing("a context"), scope)
        self.block(node.body, scope)

    _do_asyncwith = _do_with

    def _do_try(self, node: Any, scope: Scope) -> None:
        imports = all(isinstance(one, ast.Import | ast.ImportFrom) for one in node.body)
        catches = bool(node.handlers) and not imports
        self.run.caught += catches
        try:
            self.block(node.body, scope)
            self.block(node.orelse, scope)
        except Stopped:
            if not node.handlers:
                raise
            self.block(node.handlers[0].body, scope)
        finally:
            self.run.caught -= catches
        self.block(node.finalbody, scope)

    _do_trystar = _do_try

    def _do_match(self, node: ast.Match, scope: Scope) -> None:
        self.value(node.subject, scope)
        if node.cases:
            with _Doubt(self, [s for case in node.cases for s in case.body], scope, "a match"):
                self.block(node.cases[0].body, scope)

    def call(self, function: Any, args: list[Any], kwargs: dict[str, Any], node: ast.AST) -> Any:
        self.run.budget.spend()
        if isinstance(function, Function):
            return self.enter(function, args, kwargs, node)
        if isinstance(function, Bound):
            if function.function == "super":
                return Missing("super is not called")
            return self.call(function.function, [function.receiver, *args], kwargs, node)
        if isinstance(function, UserClass):
            return self._new(function, args, kwargs, node)
        if isinstance(function, External):
            if is_keras(function.path):
                return keras_calls.call(self, function, args, kwargs, node)
            return library.call(self, function, args, kwargs, node)
        if isinstance(function, Method):
            return library.method(self, function.receiver, function.name, args, kwargs, node)
        if isinstance(function, Instance):
            if function.cls.root:
                return keras_calls.use_instance(self, function, args, kwargs, node)
            called = function.cls.find("__call__")
            if called is not None:
                return self.call(called, [function, *args], kwargs, node)
            return Missing("an object that is called is not known")
        if is_model(function):
            return keras_calls.use(self, function, args, kwargs, node)
        if isinstance(function, Missing):
            keras_calls.forget(args, kwargs)
        return Missing("a function that is called is not known")

    def enter(
        self, function: Function, args: list[Any], kwargs: dict[str, Any], node: ast.AST | None
    ) -> Any:
        """Follow the body of a function of the program with these arguments."""
        body = function.node
        if self.depth >= MAX_CALLS_DEEP or self.active.count(body) > 2:
            return Missing("calls are nested too deeply")
        self.run.entered.add(id(body))
        scope = Scope(function.scope)
        self._bind(function, args, kwargs, scope)
        if isinstance(body, ast.Lambda):
            return self.value(body.body, scope)
        state = self.run.statement, self.run.path, self.run.cell
        self.depth += 1
        self.active.append(body)
        try:
            self.block(body.body, scope)
        except _Return as returned:
            return returned.value
        except (_Break, _Continue):
            return None
        finally:
            self.depth -= 1
            self.active.pop()
            self.run.statement, self.run.path, self.run.cell = state
        return None

    @staticmethod
    def _bind(function: Function, args: list[Any], kwargs: dict[str, Any], scope: Scope) -> None:
        given = function.node.args
        positional = [one.arg for one in (*given.posonlyargs, *given.args)]
        names = [*positional, *(one.arg for one in given.kwonlyargs)]
        for name in names:
            scope.names[name] = function.defaults.get(
                name, Missing(f"the argument `{name}` is not known")
            )
        for name, value in zip(positional, args, strict=False):
            scope.names[name] = value
        more = {}
        for name, value in kwargs.items():
            if name in names:
                scope.names[name] = value
            else:
                more[name] = value
        if given.vararg is not None:
            scope.names[given.vararg.arg] = tuple(args[len(positional) :])
        if given.kwarg is not None:
            scope.names[given.kwarg.arg] = more

    def _new(self, cls: UserClass, args: list[Any], kwargs: dict[str, Any], node: ast.AST) -> Any:
        if cls.root in ("Callback", "Sequence", "Loss", "Metric", "Constraint"):
            return Missing(f"a {cls.root} of the program")
        made = Instance(cls)
        initializer = cls.find("__init__")
        if isinstance(initializer, Function):
            self.enter(initializer, [made, *args], kwargs, node)
        else:
            fields = [name for name in cls.members if not name.startswith("__")]
            made.attributes.update(zip(fields, args, strict=False))
            made.attributes.update(kwargs)
        return made

    def attribute(self, value: Any, name: str, node: ast.AST) -> Any:
        if isinstance(value, External):
            return external(f"{value.path}.{name}")
        if isinstance(value, Bound) and value.function == "super":
            return self._of_super(value.receiver, name)
        if isinstance(value, Instance):
            return self._of_instance(value, name, node)
        if isinstance(value, UserClass):
            found = value.find(name)
            return Missing("an attribute is not known") if found is None else found
        if isinstance(value, Tensor | Array):
            return library.attribute_of_tensor(value, name)
        if isinstance(value, Stack | Graph | Made):
            return keras_calls.attribute(self, value, name)
        if isinstance(value, Missing):
            return value.child(name)
        if isinstance(value, Unknown):
            return Missing("an attribute is not known")
        return Method(value, name)

    def _of_instance(self, value: Instance, name: str, node: ast.AST) -> Any:
        if name in value.attributes:
            return value.attributes[name]
        found = value.cls.find(name)
        if isinstance(found, Function):
            if found.kind == "property":
                return self.enter(found, [value], {}, node)
            return found if found.kind == "staticmethod" else Bound(found, value)
        if found is not None:
            return found
        if value.cls.root:
            return Method(value, name)
        return Missing(f"the attribute `{name}` is not known")

    def _of_super(self, receiver: Any, name: str) -> Any:
        if isinstance(receiver, Instance):
            for base in receiver.cls.bases:
                if isinstance(base, UserClass) and (found := base.find(name)) is not None:
                    return Bound(found, receiver)
        return Method(receiver, f"super.{name}")

    def operation(
        self, function: str, args: list[Any], kwargs: dict[str, Any], node: ast.AST
    ) -> Any:
        return keras_calls.operation(self, function, args, kwargs, node)


class _Doubt:
    """What a block that may run any number of times changes is not known after it."""

    def __init__(
        self, interpreter: Interpreter, body: Sequence[ast.stmt], scope: Scope, reason: str
    ) -> None:
        self.interpreter = interpreter
        self.scope = scope
        self.reason = reason
        names = {
            one.id
            for statement in body
            for one in ast.walk(statement)
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
        }
        self.before = {name: scope.names.get(name) for name in names}
        self.lengths = [(stack, len(stack.layers)) for stack in interpreter.run.stacks]
        self.lists = [
            (value, len(value)) for value in scope.names.values() if isinstance(value, list)
        ]

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and not issubclass(kind, _Return):
            return
        for name, before in self.before.items():
            after = self.scope.names.get(name)
            if isinstance(after, Tensor) and isinstance(before, Tensor):
                if after.shape != before.shape or not after.shape.is_complete:
                    self.scope.names[name] = Missing(self.reason)
            elif isinstance(after, bool | int | float | str) and after is not before:
                self.scope.names[name] = Missing(self.reason)
        for stack, length in self.lengths:
            if len(stack.layers) != length:
                keras_calls.doubt(stack, self.reason)
        for found, length in self.lists:
            if len(found) != length:
                item = found[-1]
                for name, value in self.scope.names.items():
                    if value is found:
                        shape = item.shape if isinstance(item, Array) else None
                        self.scope.names[name] = library.rows_of(shape, item, self.reason)


def _leaves(body: Sequence[ast.stmt]) -> bool:
    """Whether a block ends by leaving what is round it."""
    last = body[-1] if body else None
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return ast.unparse(last.value.func).rpartition(".")[2] in ("exit", "quit", "_exit")
    return isinstance(last, ast.Raise | ast.Return | ast.Continue | ast.Break)


def _expects_errors(context: ast.expr) -> bool:
    """Whether a ``with`` takes up what is raised in it (``assertRaises``, ``suppress``)."""
    if not isinstance(context, ast.Call):
        return False
    name = ast.unparse(context.func).rpartition(".")[2]
    return name == "suppress" or "raises" in name.lower()


def follow(interpreter: Interpreter, tree: ast.Module, scope: Scope) -> None:
    """Follow a module from its first statement to where it ends."""
    try:
        interpreter.block(tree.body, scope)
    except (Stopped, _Return, _Break, _Continue):
        return


def enter_alone(interpreter: Interpreter, function: Function, args: list[Any]) -> None:
    """Follow a function that nothing calls."""
    try:
        interpreter.enter(function, args, {}, None)
    except (Stopped, _Return):
        return


__all__ = ["Interpreter", "enter_alone", "follow"]
