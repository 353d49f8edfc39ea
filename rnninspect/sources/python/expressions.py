"""What an expression of the program comes to, as far as it is known."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rnninspect.ir.dims import Unknown
from rnninspect.ir.shape import Shape
from rnninspect.sources.python.arrays import (
    combined,
    element_of,
    item_of,
    item_of_shape,
    rows_of,
    size_of,
)
from rnninspect.sources.python.conditions import Conditions, is_hashable
from rnninspect.sources.python.library import MAX_ITEMS, formatted, in_format
from rnninspect.sources.python.names import canonical
from rnninspect.sources.python.run import is_true
from rnninspect.sources.python.scopes import Scope
from rnninspect.sources.python.values import (
    Array,
    Bound,
    External,
    Function,
    Graph,
    Instance,
    Made,
    Missing,
    Stack,
    Tensor,
)

_BINARY: Mapping[type, tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Add: ("add", operator.add),
    ast.Sub: ("subtract", operator.sub),
    ast.Mult: ("multiply", operator.mul),
    ast.Div: ("divide", operator.truediv),
    ast.FloorDiv: ("floordiv", operator.floordiv),
    ast.Mod: ("mod", operator.mod),
    ast.Pow: ("pow", operator.pow),
    ast.BitAnd: ("logical_and", operator.and_),
    ast.BitOr: ("logical_or", operator.or_),
}


class Expressions(Conditions):
    """The half of the interpreter that evaluates; statements and calls are the other half."""

    def call(self, function: Any, args: list[Any], kwargs: dict[str, Any], node: ast.AST) -> Any:
        """Call a value; what it gives."""
        raise NotImplementedError

    def attribute(self, value: Any, name: str, node: ast.AST) -> Any:
        """An attribute of a value."""
        raise NotImplementedError

    def operation(
        self, function: str, args: list[Any], kwargs: dict[str, Any], node: ast.AST
    ) -> Any:
        """An operation on tensors as a row of the model."""
        raise NotImplementedError

    def value(self, node: ast.AST | None, scope: Scope) -> Any:
        """What an expression comes to; Missing where that is not known."""
        if node is None:
            return None
        self.run.budget.spend()
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            return Missing(f"{type(node).__name__} is not followed")
        return method(node, scope)

    def _constant(self, node: ast.Constant, scope: Scope) -> Any:
        return node.value

    def _name(self, node: ast.Name, scope: Scope) -> Any:
        return scope.get(node.id)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Any:
        return self.attribute(self.value(node.value, scope), node.attr, node)

    def _namedexpr(self, node: ast.NamedExpr, scope: Scope) -> Any:
        value = self.value(node.value, scope)
        scope.set(node.target.id, value)
        return value

    def _await(self, node: ast.Await, scope: Scope) -> Any:
        return self.value(node.value, scope)

    def _tuple(self, node: ast.Tuple, scope: Scope) -> Any:
        items = self._items(node.elts, scope)
        return items if isinstance(items, Missing) else tuple(items)

    def _list(self, node: ast.List, scope: Scope) -> Any:
        return self._items(node.elts, scope)

    def _set(self, node: ast.Set, scope: Scope) -> Any:
        return self._items(node.elts, scope)

    def _items(self, nodes: list[ast.expr], scope: Scope) -> Any:
        items: list[Any] = []
        for one in nodes:
            if isinstance(one, ast.Starred):
                inner = self.items_of(self.value(one.value, scope))
                if inner is None:
                    return Missing("how many items a list has is not known")
                items += inner
            else:
                items.append(self.value(one, scope))
        return items

    def _dict(self, node: ast.Dict, scope: Scope) -> Any:
        found: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            got = self.value(value, scope)
            if key is None:
                if not isinstance(got, dict):
                    return Missing("a dict is not known")
                found.update(got)
                continue
            name = self.value(key, scope)
            if not is_hashable(name):
                return Missing("a key of a dict is not known")
            found[name] = got
        return found

    def _joinedstr(self, node: ast.JoinedStr, scope: Scope) -> Any:
        pieces = [self.value(one, scope) for one in node.values]
        if all(isinstance(one, str) for one in pieces):
            return "".join(pieces)
        return Missing("a text is not known")

    def _formattedvalue(self, node: ast.FormattedValue, scope: Scope) -> Any:
        value = self.value(node.value, scope)
        form = "" if node.format_spec is None else self.value(node.format_spec, scope)
        if node.conversion == ord("r") and isinstance(value, str):
            value = repr(value)
        return in_format(value, form) if isinstance(form, str) else Missing("a text is not known")

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Any:
        return self.function(node, scope, "<lambda>")

    def function(self, node: Any, scope: Scope, name: str) -> Function:
        """A function value with its default arguments worked out."""
        made = Function(node, scope, name, path=self.run.path, cell=self.run.cell)
        given = node.args.defaults
        for argument, default in zip(
            [*node.args.posonlyargs, *node.args.args][-len(given) :] if given else [],
            given,
            strict=True,
        ):
            made.defaults[argument.arg] = self.value(default, scope)
        for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if default is not None:
                made.defaults[argument.arg] = self.value(default, scope)
        return made

    def _unaryop(self, node: ast.UnaryOp, scope: Scope) -> Any:
        value = self.value(node.operand, scope)
        if isinstance(node.op, ast.Not):
            known = is_true(value)
            if known is None:
                inner = value if isinstance(value, Missing) else Missing("a condition")
                return Missing("a condition is not known", ("not", inner))
            return not known
        if isinstance(value, int | float):
            if isinstance(node.op, ast.USub):
                return -value
            return +value if isinstance(node.op, ast.UAdd) else Missing()
        if isinstance(value, Tensor):
            return self.operation("negative", [value], {}, node)
        return value if isinstance(value, Array) else Missing("a number is not known")

    def _binop(self, node: ast.BinOp, scope: Scope) -> Any:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        return self.binary(node.op, left, right, node)

    def binary(self, op: ast.operator, left: Any, right: Any, node: ast.AST) -> Any:
        """``left op right``."""
        name, function = _BINARY.get(type(op), ("", None))
        if isinstance(left, Tensor) or isinstance(right, Tensor):
            if isinstance(op, ast.MatMult):
                return self.operation("matmul", [left], {"b": right}, node)
            return self.operation(name or "add", [left, right], {}, node)
        if isinstance(left, Array) or isinstance(right, Array):
            return combined(left, right)
        if function is None or isinstance(left, Unknown) or isinstance(right, Unknown):
            return Missing("a number is not known")
        if isinstance(left, str) and isinstance(op, ast.Mod):
            return formatted(left, right)
        if not _is_small(left, right, op):
            return Missing("a number is too large to be worked out")
        try:
            return function(left, right)
        except (TypeError, ValueError, ArithmeticError, AttributeError, MemoryError):
            return Missing("a number is not known")

    def _slice(self, node: ast.Slice, scope: Scope) -> Any:
        return slice(*(self.value(one, scope) for one in (node.lower, node.upper, node.step)))

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Any:
        value, key = self.value(node.value, scope), self.value(node.slice, scope)
        return self.item(value, key, node)

    def item(self, value: Any, key: Any, node: ast.AST) -> Any:
        """``value[key]``."""
        if isinstance(value, Tensor):
            return self.operation("getitem", [value], {"slice_spec": key}, node)
        if isinstance(value, Array):
            return item_of(value, key)
        if isinstance(value, Missing):
            return value.child(key) if isinstance(key, str | int) else Missing(value.reason)
        if isinstance(value, Shape):
            return item_of_shape(value, key)
        if isinstance(key, Unknown) or not isinstance(value, list | tuple | dict | str | range):
            return Missing("an item is not known")
        try:
            return value[key]
        except (LookupError, TypeError, ValueError):
            return Missing("an item is not known")

    def items_of(self, value: Any) -> list[Any] | None:
        """The items of something one can loop over; None where they are not known."""
        if isinstance(value, list | tuple | str | range | dict):
            return list(value) if len(value) <= MAX_ITEMS else None
        if isinstance(value, Shape) and value.dims is not None:
            return [size_of(dim) for dim in value.dims]
        return None

    def _listcomp(self, node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> Any:
        found: list[Any] = []
        inner = Scope(scope)
        for known in self._rounds(list(node.generators), inner):
            item = self.value(node.elt, inner)
            if not known:
                if isinstance(item, Array | list | tuple):
                    return rows_of(item, "a list of unknown length")
                return Missing("how many items a list has is not known")
            found.append(item)
        return found

    _generatorexp = _listcomp
    _setcomp = _listcomp

    def _dictcomp(self, node: ast.DictComp, scope: Scope) -> Any:
        found: dict[Any, Any] = {}
        inner = Scope(scope)
        for known in self._rounds(list(node.generators), inner):
            key, value = self.value(node.key, inner), self.value(node.value, inner)
            if not known or not is_hashable(key):
                return Missing("a dict is not known")
            found[key] = value
        return found

    def _rounds(self, generators: list[ast.comprehension], scope: Scope) -> Iterator[bool]:
        """One item for each round; False for the one round of which the number is not known."""
        if not generators:
            yield True
            return
        first, rest = generators[0], generators[1:]
        source = self.value(first.iter, scope)
        items = self.items_of(source)
        outer = self.run.round
        for number, item in enumerate([self.element_of(source)] if items is None else items, 1):
            self.run.round = outer if items is None else number
            self.assign(first.target, item, scope)
            known = items is not None
            passes = True
            for condition in first.ifs:
                met = is_true(self.value(condition, scope))
                known = known and met is not None
                passes = passes and met is not False
            if passes:
                for inner in self._rounds(rest, scope):
                    yield known and inner
        self.run.round = outer

    def element_of(self, value: Any) -> Any:
        """One item of something of which the number of items is not known."""
        return element_of(value) if isinstance(value, Array) else Missing("an item is not known")

    def assign(self, target: ast.AST, value: Any, scope: Scope) -> None:
        """Bind a value to a target."""
        raise NotImplementedError

    def _yield(self, node: ast.Yield, scope: Scope) -> Any:
        self.value(node.value, scope)
        return Missing("what is sent to a generator is not known")

    def _call(self, node: ast.Call, scope: Scope) -> Any:
        if isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args:
            return Bound("super", scope.get("self"))
        function = self.value(node.func, scope)
        args = self._items(node.args, scope)
        kwargs: dict[str, Any] = {}
        open_keywords = False
        for keyword in node.keywords:
            given = self.value(keyword.value, scope)
            if keyword.arg is not None:
                kwargs[keyword.arg] = given
            elif isinstance(given, dict) and all(isinstance(key, str) for key in given):
                kwargs.update(given)
            else:
                open_keywords = True
        if isinstance(args, Missing) or open_keywords:
            return Missing("the arguments of a call are not known")
        return self.call(function, args, kwargs, node)


def external(path: str) -> External:
    """A library's name by its canonical path."""
    return External(canonical(path))


def is_model(value: object) -> bool:
    """Whether a value can be used like a layer."""
    return isinstance(value, Made | Stack | Graph) or (
        isinstance(value, Instance) and bool(value.cls.root)
    )


def _is_small(left: Any, right: Any, op: ast.operator) -> bool:
    if isinstance(op, ast.Pow):
        return (
            isinstance(left, int | float)
            and isinstance(right, int | float)
            and (abs(left) < 10**6 and abs(right) < 64)
        )
    if isinstance(op, ast.Mult):
        for one, other in ((left, right), (right, left)):
            if isinstance(one, list | tuple | str | bytes):
                return isinstance(other, int) and len(one) * max(other, 0) <= MAX_ITEMS
    if isinstance(left, list | tuple | str | bytes) and isinstance(right, type(left)):
        return len(left) + len(right) <= MAX_ITEMS
    return all(not isinstance(one, int) or abs(one) < 2**200 for one in (left, right))
