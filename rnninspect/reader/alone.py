"""Functions that nothing calls: followed by themselves, with arguments that are not known."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from rnninspect.reader.attributes import find_in_class
from rnninspect.reader.classes import instantiate
from rnninspect.reader.context import Frame, OutOfSteps
from rnninspect.reader.functions import follow, unknown_arguments
from rnninspect.reader.interpreter import Interpreter
from rnninspect.reader.keras.plain import leaves, structure
from rnninspect.reader.relevance import Relevance
from rnninspect.reader.store import State
from rnninspect.reader.syntax import every_part
from rnninspect.reader.values import (
    ClassRef,
    Descriptor,
    Function,
    InstanceRef,
    ScopeRef,
    Tensor,
    Unresolved,
    Value,
)

MAX_STEPS_ALONE = 40_000
"""Expressions and statements looked at in one function that nothing calls."""
MAX_STARTS = 2
"""From how many states of the module's end such a function is followed."""


def follow_alone(
    interpreter: Interpreter,
    states: list[State],
    scope: ScopeRef,
    path: str,
    relevance: Relevance,
) -> None:
    """Follow each function and method that nothing called and that can have to do with layers."""
    for start in states[:MAX_STARTS]:
        entered = set(interpreter.entered)
        values = list(start.names(scope).values.values())
        functions = [found for value in values for found in _uncalled(start, value)]
        functions += _decorated(interpreter, scope)
        for owner, function in functions:
            node = function.node
            if id(node) in entered or function.path != path or not relevance.holds(node):
                continue
            interpreter.frame = Frame(scope, path, None)
            _follow_one(interpreter, start.forked(), owner, function)


def _decorated(
    interpreter: Interpreter, scope: ScopeRef
) -> Iterator[tuple[ClassRef | None, Function]]:
    """Yield the functions of the module and its classes of which a decorator made something."""
    for function in interpreter.record.decorated:
        if function.scope is scope:
            yield None, function
        elif function.scope.is_class and function.scope.outer is scope:
            yield function.owner, function


def _uncalled(state: State, value: Value) -> Iterator[tuple[ClassRef | None, Function]]:
    """Yield the functions that code elsewhere might call: of the module, and of its classes."""
    if isinstance(value, Function):
        yield None, value
    elif isinstance(value, ClassRef):
        for name, member in state.names(value).values.items():
            if isinstance(member, Descriptor):
                member = member.function
            if isinstance(member, Function) and name != "__init__":
                yield value, member
        initializer = state.names(value).values.get("__init__")
        if isinstance(initializer, Function):
            yield value, initializer


def _follow_one(
    interpreter: Interpreter, state: State, owner: ClassRef | None, function: Function
) -> None:
    budget = interpreter.steps_left
    interpreter.steps_left = min(budget, MAX_STEPS_ALONE)
    granted = interpreter.steps_left
    outer = interpreter.frame
    interpreter.frame = outer._replace(cell=function.cell)
    try:
        for start, receiver in _receivers(interpreter, state, owner, function):
            if id(function.node) in interpreter.entered:  # making the object called it
                _note(interpreter, start, None)
                continue
            results = interpreter.outcomes(
                start,
                lambda: _followed(interpreter, function, receiver),  # noqa: B023
            )
            for end, result in results:
                _note(interpreter, end, result)
    except OutOfSteps:
        interpreter.not_followed(function.node, "it is too long to be followed to its end")
        if interpreter.steps_left < 0 and budget <= granted:
            raise
    except RecursionError:
        interpreter.not_followed(function.node, "it is nested too deeply")
    finally:
        interpreter.frame = outer
        interpreter.logs.clear()
        interpreter.active.clear()
        interpreter.caught = 0
        interpreter.objects_deep = 0
        interpreter.loops_unknown = 0
        interpreter.steps_left = budget - (granted - max(interpreter.steps_left, 0))


def _note(interpreter: Interpreter, state: State, result: Value) -> None:
    """Keep the models of a state in which a function ends, and the tensors that it returns."""
    for end in interpreter.settled([state]):
        interpreter.record.keep_all(end)
    interpreter.state = state
    tensors = structure(interpreter, result)
    if any(isinstance(leaf, Tensor) and leaf.use is not None for leaf in leaves(tensors)):
        interpreter.record.fragments.append(tensors)


def _receivers(
    interpreter: Interpreter, state: State, owner: ClassRef | None, function: Function
) -> list[tuple[State, Value]]:
    """Return the objects on which a method is followed: newly made, with unknown arguments."""
    if owner is None or _is_static(state, owner, function):
        return [(state, None)]
    if function.name == "__init__":
        return [(state, owner)]

    def made() -> Value:
        initializer = find_in_class(interpreter, owner, "__init__")
        arguments: dict[str, Value] = {}
        if isinstance(initializer, Function):
            arguments = unknown_arguments(initializer)
            arguments |= _left_out(initializer)
            arguments.pop(next(iter(_parameters(initializer)), ""), None)
        return instantiate(interpreter, owner, [], arguments, None)

    receivers = interpreter.outcomes(state, made)
    for end, receiver in receivers:
        if isinstance(receiver, InstanceRef):
            _open_what_methods_set(end, receiver, function)
    return receivers


def _left_out(initializer: Function) -> dict[str, Value]:
    """Return the arguments whose default is None, unknown: None says that a caller may give one.

    Who makes the object is not seen, and a method that needs the argument is called on one that
    was made with it.
    """
    return {
        name: Unresolved(f"the argument `{name}` is not known")
        for name, default in initializer.defaults.items()
        if default is None
    }


def _parameters(function: Function) -> list[str]:
    arguments = function.node.args
    return [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]


def _is_static(state: State, owner: ClassRef, function: Function) -> bool:
    return any(
        isinstance(member, Descriptor)
        and member.function is function
        and member.kind in ("staticmethod", "classmethod")
        for member in state.names(owner).values.values()
    )


def _open_what_methods_set(state: State, receiver: InstanceRef, followed: Function) -> None:
    """Let be unknown what methods called before may have set, here and in what it holds."""
    waiting, seen = [receiver], {receiver}
    while waiting:
        instance = waiting.pop()
        for value in list(state.names(instance).values.values()):
            if isinstance(value, InstanceRef) and value not in seen:
                seen.add(value)
                waiting.append(value)
        _open_what_its_methods_set(state, instance, followed)


def _open_what_its_methods_set(state: State, receiver: InstanceRef, followed: Function) -> None:
    for cls in receiver.cls.ancestors():
        for name, member in list(state.names(cls).values.items()):
            function = member.function if isinstance(member, Descriptor) else member
            if not isinstance(function, Function) or name == "__init__" or function is followed:
                continue
            set_anew, changed = _attributes_set(function.node)
            for attribute in changed:
                held = state.names(receiver).values.get(attribute)
                if held is not None:
                    state.escape(held, f"another method may have changed `{attribute}`")
            for attribute in set_anew:
                unknown = Unresolved(f"another method may have set `{attribute}`")
                state.set_name(receiver, attribute, unknown)


_CHANGING = frozenset(
    """append appendleft extend extendleft insert add update setdefault pop popitem clear remove
    discard sort reverse difference_update intersection_update""".split()
)
"""Methods of containers that change them."""


def _attributes_set(node: Any) -> tuple[frozenset[str], frozenset[str]]:
    """Return the attributes that a method sets on its first argument, and changes in place."""
    known: tuple[frozenset[str], frozenset[str]] | None = getattr(node, "attributes_set", None)
    if known is None:
        parameters = [*node.args.posonlyargs, *node.args.args]
        own = parameters[0].arg if parameters else ""
        set_anew, changed = set(), set()
        for part in every_part(node):
            if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
                if _is_of(part.value, own):
                    set_anew.add(part.attr)
                continue
            container = _container_changed(part)
            if isinstance(container, ast.Attribute) and _is_of(container.value, own):
                changed.add(container.attr)
        known = frozenset(set_anew), frozenset(changed)
        node.attributes_set = known
    return known


def _container_changed(part: ast.AST) -> ast.expr | None:
    """Return the container that an expression changes in place: ``c[…] = …``, ``c.append``."""
    if isinstance(part, ast.Subscript) and not isinstance(part.ctx, ast.Load):
        return part.value
    if isinstance(part, ast.Attribute) and part.attr in _CHANGING:
        return part.value
    return None


def _is_of(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _followed(interpreter: Interpreter, function: Function, receiver: Value) -> Value:
    arguments = unknown_arguments(function)
    if isinstance(receiver, ClassRef):
        arguments.pop(next(iter(_parameters(function)), ""), None)
        return instantiate(interpreter, receiver, [], arguments, None)
    if receiver is None:
        return follow(interpreter, function, [], arguments, None, alone=True)
    arguments.pop(next(iter(_parameters(function)), ""), None)
    return follow(interpreter, function, [receiver], arguments, None, alone=True)
