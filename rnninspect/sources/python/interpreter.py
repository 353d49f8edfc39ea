"""Interpreter: follows a program, its calls and its objects."""

from __future__ import annotations

import ast
from contextlib import suppress
from typing import Any

from rnninspect.ir.dims import Unknown
from rnninspect.ir.structures import flatten
from rnninspect.reader.text.code import Piece
from rnninspect.sources.python import keras_calls, library, stacks
from rnninspect.sources.python.applying import operation
from rnninspect.sources.python.arguments import Parser
from rnninspect.sources.python.expressions import external, is_model
from rnninspect.sources.python.modules import Tree
from rnninspect.sources.python.names import CONSTANTS, canonical, is_keras
from rnninspect.sources.python.objects import use_instance
from rnninspect.sources.python.run import Budget, OutOfSteps, Run, Stopped
from rnninspect.sources.python.scopes import Scope
from rnninspect.sources.python.statements import Broken, Continued, Returned, Statements
from rnninspect.sources.python.values import (
    Array,
    Bound,
    External,
    FieldOf,
    Function,
    Graph,
    Instance,
    Made,
    Method,
    Missing,
    Module,
    Partial,
    Stack,
    Tensor,
    UserClass,
)

MAX_CALLS_DEEP = 25
MAX_MODULES = 60
"""How many files of the checked tree one program is followed into."""
MAX_MODULE_STEPS = 50_000
"""Expressions and statements looked at in one imported file."""


class Interpreter(Statements):
    """Follows one program once, with the decisions that the run makes."""

    def __init__(self, run: Run, tree: Tree | None = None) -> None:
        self.run = run
        self.tree = tree
        if tree is not None:
            run.lines = tree.lines
        self.modules: dict[str, Module] = {}
        self.depth = 0
        self.objects_deep = 0
        self.active: list[object] = []

    def module(self, name: str, level: int) -> Module | None:
        if self.tree is None or is_keras(canonical(name)) or len(self.modules) > MAX_MODULES:
            return None
        path = self.tree.find(name, level, self.run.path)
        if path is None or path == self.run.path:
            return None
        if path in self.modules:
            return self.modules[path]
        followed = self.tree.modules.get(path)
        if followed is None:
            pieces = self.tree.pieces(path)
            if pieces is None:
                return None
            followed = self._follow_imported(path, pieces, name or "package")
        self.modules[path] = followed.copied()
        return self.modules[path]

    def _follow_imported(self, path: str, pieces: tuple[Piece, ...], name: str) -> Module:
        """Follow a file by itself, once for all that import it unless they can change it."""
        assert self.tree is not None
        reader = Interpreter(Run(Budget(MAX_MODULE_STEPS)), self.tree)
        reader.run.path = path
        scope = new_scope(name)
        followed = Module(scope, path)
        self.tree.modules[path] = followed  # before its end: imports can be circular
        with suppress(OutOfSteps):
            for piece in pieces:
                reader.run.cell = piece.cell
                self.tree.lines[path, piece.cell] = piece.text.split("\n")
                follow(reader, piece.tree, scope)
        if not followed.is_shareable:
            self.tree.modules.pop(path, None)
        return followed

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
        if isinstance(function, Partial):
            given = {**function.kwargs, **kwargs}
            return self.call(function.function, [*function.args, *args], given, node)
        if isinstance(function, External):
            return self._of_library(function, args, kwargs, node)
        if isinstance(function, Method):
            return self._of_method(function.receiver, function.name, args, kwargs, node)
        if isinstance(function, Instance):
            if function.cls.root:
                return use_instance(self, function, args, kwargs, node)
            called = function.cls.find("__call__")
            if called is not None:
                return self.call(called, [function, *args], kwargs, node)
            return Missing("an object that is called is not known")
        if is_model(function):
            return stacks.use(self, function, args, kwargs, node)
        if isinstance(function, Missing):
            stacks.forget(args, kwargs)
        return Missing("a function that is called is not known")

    def _of_library(
        self, function: External, args: list[Any], kwargs: dict[str, Any], node: ast.AST
    ) -> Any:
        if is_keras(function.path):
            return keras_calls.call(self, function, args, kwargs, node)
        if not function.path.startswith("builtins."):
            if any(isinstance(one, Tensor) for one in flatten(args)):
                return operation(self, function.last, args, kwargs, node)
            stacks.forget(args, kwargs)
        return library.call(self, function, args, kwargs, node)

    def _of_method(
        self, receiver: Any, name: str, args: list[Any], kwargs: dict[str, Any], node: ast.AST
    ) -> Any:
        if isinstance(receiver, Stack | Graph | Made | Instance):
            return keras_calls.method(self, receiver, name, args, kwargs, node)
        if isinstance(receiver, Parser):
            return receiver.method(name, args, kwargs)
        if isinstance(receiver, Tensor):
            return operation(self, name, [receiver, *args], kwargs, node)
        return library.method(receiver, name, args, kwargs)

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
        if function.is_generator:
            return Missing("what a generator gives is not known")
        state = self.run.statement, self.run.path, self.run.cell
        self.run.path, self.run.cell = function.path, function.cell
        self.depth += 1
        self.active.append(body)
        try:
            self.block(body.body, scope)
        except Returned as returned:
            return returned.value
        except (Broken, Continued):
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
            return made
        fields = cls.fields()
        for name in fields:
            default = cls.find(name)
            if isinstance(default, FieldOf):
                factory = default.factory
                default = default.default if factory is None else self.call(factory, [], {}, node)
            made.attributes[name] = (
                Missing(f"`{name}` is not given") if default is None else default
            )
        made.attributes.update(zip(fields, args, strict=False))
        made.attributes.update(kwargs)
        started = cls.find("__post_init__")
        if isinstance(started, Function):
            self.enter(started, [made], {}, node)
        return made

    def attribute(self, value: Any, name: str, node: ast.AST) -> Any:
        if isinstance(value, External):
            found = external(f"{value.path}.{name}")
            return CONSTANTS.get(found.path, found)
        if isinstance(value, Module):
            if name in value.scope.names:
                return value.scope.names[name]
            inner = self._submodule(value, name)
            return value.scope.get(name) if inner is None else inner
        if isinstance(value, Bound) and value.function == "super":
            return self._of_super(value.receiver, name)
        if isinstance(value, Instance):
            return self._of_instance(value, name, node)
        if isinstance(value, UserClass):
            found = value.find(name)
            return Missing("an attribute is not known") if found is None else found
        if isinstance(value, Tensor | Array):
            found = library.attribute(value, name)
            return Method(value, name) if found is None else found
        if isinstance(value, Stack | Graph | Made):
            return keras_calls.attribute(self, value, name)
        if isinstance(value, Missing):
            return value.child(name)
        if isinstance(value, Unknown):
            return Missing("an attribute is not known")
        return Method(value, name)

    def _submodule(self, package: Module, name: str) -> Module | None:
        if not package.path.endswith("__init__.py"):
            return None
        path, self.run.path = self.run.path, package.path
        try:
            return self.module(name, 1)
        finally:
            self.run.path = path

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
        return operation(self, function, args, kwargs, node)


def new_scope(name: str) -> Scope:
    """The names that a module begins with."""
    scope = Scope()
    scope.names.update({one: External(f"builtins.{one}") for one in library.BUILTINS})
    scope.names["__name__"] = name
    return scope


def follow(interpreter: Interpreter, tree: ast.Module, scope: Scope) -> None:
    """Follow a module from its first statement to where it ends."""
    try:
        interpreter.block(tree.body, scope)
    except (Stopped, Returned, Broken, Continued):
        return


def enter_alone(interpreter: Interpreter, function: Function, args: list[Any]) -> None:
    """Follow a function that nothing calls."""
    try:
        result = interpreter.enter(function, args, {}, None)
    except (Stopped, Returned):
        return
    if any(isinstance(one, Tensor) for one in flatten(result)):
        interpreter.run.fragments.append(result)
