"""Statements of a program: what is bound, which branches and rounds are followed."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.layers.unmodelled import UNPACKING, Rejecting
from rnninspect.sources.python.arrays import element_of
from rnninspect.sources.python.doubt import Doubt
from rnninspect.sources.python.expressions import Expressions, external
from rnninspect.sources.python.library import MAX_ITEMS
from rnninspect.sources.python.names import canonical, is_keras
from rnninspect.sources.python.run import Stopped, is_true
from rnninspect.sources.python.scopes import Scope
from rnninspect.sources.python.syntax import expects_errors, leaves
from rnninspect.sources.python.values import (
    Array,
    External,
    Instance,
    Missing,
    Module,
    Tensor,
    UserClass,
)

FOLLOWED_ROUNDS = 100
"""Rounds of a loop that are followed one by one."""


class Returned(Exception):
    """A ``return`` of the program."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class Broken(Exception):
    """A ``break`` of the program."""


class Continued(Exception):
    """A ``continue`` of the program."""


class Statements(Expressions):
    """The part of the interpreter that follows statements."""

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
        if isinstance(node.target, ast.Name):
            scope.annotated.append(node.target.id)
        if node.value is not None:
            self.assign(node.target, self.value(node.value, scope), scope)

    def _do_augassign(self, node: ast.AugAssign, scope: Scope) -> None:
        left = self.value(node.target, scope)
        right = self.value(node.value, scope)
        if isinstance(left, list) and isinstance(node.op, ast.Add):
            items = self.items_of(right)
            if items is not None and len(left) + len(items) <= MAX_ITEMS:
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
        self._check_unpacking(targets, value, items)
        starred = [i for i, one in enumerate(targets) if isinstance(one, ast.Starred)]
        if items is not None and len(starred) == 1 and len(items) >= len(targets) - 1:
            first, after = starred[0], len(targets) - starred[0] - 1
            middle = items[first : len(items) - after]
            items = [*items[:first], middle, *items[len(items) - after :]]
        if items is None or len(items) != len(targets):
            items = [self._piece_of(value, number) for number in range(len(targets))]
        for target, item in zip(targets, items, strict=True):
            self.assign(target, item, scope)

    def _check_unpacking(
        self, targets: list[ast.expr], value: Any, items: list[Any] | None
    ) -> None:
        """A symbolic tensor cannot be unpacked, nor a list into another number of names."""
        wanted = len(targets)
        if self.objects_deep or any(isinstance(one, ast.Starred) for one in targets):
            return
        if isinstance(value, Tensor) and value.use is not None and value.shape.dims:
            if value.shape.dims[0].dynamic:
                message = "Iterating over a symbolic KerasTensor is not supported."
                self._reject_unpacking(value, message)
        elif (
            isinstance(value, list | tuple)
            and items
            and len(items) != wanted
            and isinstance(items[0], Tensor)
            and items[0].use is not None
        ):
            got = f"not enough values to unpack (expected {wanted}, got {len(items)})"
            many = f"too many values to unpack (expected {wanted})"
            self._reject_unpacking(items[0], got if len(items) < wanted else many)

    def _reject_unpacking(self, tensor: Tensor, message: str) -> None:
        assert tensor.use is not None
        what = Rejecting(name="unpacking", written_class=UNPACKING, rejection=Rejected(message))
        place = self.run.place_of_use(tensor.use.layer, self.run.statement)
        self.run.reject(what, (tensor,), None, tensor.use.place or place)

    def _piece_of(self, value: Any, number: int) -> Any:
        if isinstance(value, Array):
            return element_of(value)
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
        made = UserClass(node.name, bases, inner.names, inner.annotated)
        scope.set(node.name, made)
        self.block(node.body, inner)

    def _do_return(self, node: ast.Return, scope: Scope) -> None:
        raise Returned(self.value(node.value, scope))

    def _do_break(self, node: ast.Break, scope: Scope) -> None:
        raise Broken

    def _do_continue(self, node: ast.Continue, scope: Scope) -> None:
        raise Continued

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
            root = alias.name.partition(".")[0]
            found = self.module(alias.name if alias.asname else root, 0)
            if found is not None:
                scope.set(alias.asname or root, found)
            else:
                scope.set(
                    alias.asname or root, external(alias.name) if alias.asname else External(root)
                )

    def _do_importfrom(self, node: ast.ImportFrom, scope: Scope) -> None:
        name = node.module or ""
        found = self.module(name, node.level)
        for alias in node.names:
            if found is not None:
                self._take(found, alias, node, scope)
            elif node.level:
                inner = self.module(f"{name}.{alias.name}".lstrip("."), node.level)
                missing = Missing("a module of the program")
                scope.set(alias.asname or alias.name, missing if inner is None else inner)
            elif alias.name == "*":
                module = canonical(name)
                if is_keras(module):
                    scope.module.stars.append(module)
            elif name != "__future__":
                inner = self.module(f"{name}.{alias.name}", 0)
                scope.set(
                    alias.asname or alias.name,
                    external(f"{name}.{alias.name}") if inner is None else inner,
                )

    def _take(self, found: Module, alias: ast.alias, node: ast.ImportFrom, scope: Scope) -> None:
        """``from found import alias``."""
        names = found.scope.names
        if alias.name == "*":
            scope.module.stars += found.scope.stars
            scope.names.update(
                {name: value for name, value in names.items() if not name.startswith("_")}
            )
            return
        value = names.get(alias.name)
        if alias.name not in names:
            inner = self.module(f"{node.module or ''}.{alias.name}".lstrip("."), node.level)
            value = found.scope.get(alias.name) if inner is None else inner
        scope.set(alias.asname or alias.name, value)

    def module(self, name: str, level: int) -> Module | None:
        """A file of the checked tree, followed once; None for what is not in it."""
        raise NotImplementedError

    def _do_if(self, node: ast.If, scope: Scope) -> None:
        condition = self.value(node.test, scope)
        known = is_true(condition)
        if known is None:
            if not isinstance(condition, Missing):
                condition = Missing("a condition is not known")
            known = self.run.decide(condition, id(node), not leaves(node.body))
        self.block(node.body if known else node.orelse, scope)

    def _do_for(self, node: Any, scope: Scope) -> None:
        source = self.value(node.iter, scope)
        items = self.items_of(source)
        if items is None or len(items) > FOLLOWED_ROUNDS:
            item = self.element_of(source) if items is None else Missing("a loop's item")
            self._once(node, item, scope)
            return
        self._round(node, items, scope)

    _do_asyncfor = _do_for

    def _round(self, node: Any, items: list[Any], scope: Scope) -> None:
        several = len(items) > 1
        for number, item in enumerate(items, 1):
            if hasattr(node, "target"):
                self.assign(node.target, item, scope)
            if not self._goes_on(node, scope, number if several else self.run.round):
                return
        self.block(node.orelse, scope)

    def _goes_on(self, node: Any, scope: Scope, number: int | None) -> bool:
        """Follow the body of a loop in one round; whether the loop goes on."""
        outer, self.run.round = self.run.round, number
        try:
            self.block(node.body, scope)
        except Continued:
            return True
        except Broken:
            return False
        finally:
            self.run.round = outer
        return True

    def _do_while(self, node: ast.While, scope: Scope) -> None:
        for number in range(1, FOLLOWED_ROUNDS + 1):
            known = is_true(self.value(node.test, scope))
            if known is False:
                self.block(node.orelse, scope)
                return
            if known is None:
                break
            if not self._goes_on(node, scope, number):
                return
        self._once(node, None, scope)

    def _once(self, node: Any, item: Any, scope: Scope) -> None:
        """One round for a loop of which the number of rounds is not known."""
        doubt = Doubt(self, node.body, scope, "a loop of unknown length")
        try:
            self._round(node, [item], scope)
        except Returned:
            doubt.settle()
            raise
        doubt.settle()

    def _do_with(self, node: Any, scope: Scope) -> None:
        caught = any(expects_errors(item.context_expr) for item in node.items)
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
        subject = self.value(node.subject, scope)
        for number, case in enumerate(node.cases):
            met = self._matches(case.pattern, subject, scope)
            if met is True and case.guard is not None:
                guard = self.value(case.guard, scope)
                met = is_true(guard)
            if met is None:
                met = self.run.decide(Missing("a case"), (id(node), number), True)
            if met:
                self.block(case.body, scope)
                return

    def _matches(self, pattern: ast.pattern, subject: Any, scope: Scope) -> bool | None:
        """Whether a pattern fits; names in it are bound."""
        if isinstance(pattern, ast.MatchValue):
            return is_true(self.compared(ast.Eq(), subject, self.value(pattern.value, scope)))
        if isinstance(pattern, ast.MatchSingleton):
            return is_true(self.compared(ast.Is(), subject, pattern.value))
        if isinstance(pattern, ast.MatchOr):
            met = [self._matches(one, subject, scope) for one in pattern.patterns]
            return True if True in met else None if None in met else False
        for one in ast.walk(pattern):
            name = getattr(one, "name", None)
            if isinstance(one, ast.MatchAs | ast.MatchStar) and name:
                scope.set(name, Missing("a part of what is matched"))
        if isinstance(pattern, ast.MatchAs) and pattern.pattern is None:
            if pattern.name:
                scope.set(pattern.name, subject)
            return True
        return None
