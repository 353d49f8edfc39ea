"""What an expression of the program comes to, as far as it is known."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rnninspect.dims import Dim, Shape, Unknown
from rnninspect.sources.python.names import canonical
from rnninspect.sources.python.run import Run, is_true, shape_of
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

MAX_ITEMS = 10_000
"""The longest list, text or number of digits that is worked out."""

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
_COMPARE: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_PLAIN = (int, float, str, bytes, bool, type(None))


class Expressions:
    """The half of the interpreter that evaluates; statements and calls are the other half."""

    run: Run

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
            if not _is_hashable(name):
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
        if node.format_spec is None and isinstance(value, _PLAIN):
            return str(value)
        return Missing("a text is not known")

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Any:
        return self.function(node, scope, "<lambda>")

    def function(self, node: Any, scope: Scope, name: str) -> Function:
        """A function value with its default arguments worked out."""
        made = Function(node, scope, name)
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

    def _ifexp(self, node: ast.IfExp, scope: Scope) -> Any:
        condition = self.value(node.test, scope)
        known = is_true(condition)
        if known is None and isinstance(condition, Missing):
            known = self.run.decide(condition, id(node), True)
        return self.value(node.body if known is not False else node.orelse, scope)

    def _boolop(self, node: ast.BoolOp, scope: Scope) -> Any:
        value: Any = None
        for one in node.values:
            value = self.value(one, scope)
            known = is_true(value)
            if known is None:
                return Missing("a condition is not known", ("text", ast.dump(node), scope))
            if known is isinstance(node.op, ast.Or):
                return value
        return value

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
            return _of_arrays(left, right)
        if function is None or isinstance(left, Unknown) or isinstance(right, Unknown):
            return Missing("a number is not known")
        if isinstance(left, str) and isinstance(op, ast.Mod):
            return Missing("a text is not known")
        if not _is_small(left, right, op):
            return Missing("a number is too large to be worked out")
        try:
            return function(left, right)
        except (TypeError, ValueError, ArithmeticError, AttributeError, MemoryError):
            return Missing("a number is not known")

    def _compare(self, node: ast.Compare, scope: Scope) -> Any:
        left = self.value(node.left, scope)
        result: Any = True
        for op, right_node in zip(node.ops, node.comparators, strict=True):
            right = self.value(right_node, scope)
            result = self._compared(op, left, right)
            if is_true(result) is not True:
                return result
            left = right
        return result

    def _compared(self, op: ast.cmpop, left: Any, right: Any) -> Any:
        if isinstance(op, ast.Is | ast.IsNot):
            if isinstance(left, Unknown) or isinstance(right, Unknown):
                return self._unknown_comparison(op, left, right)
            same = left is right
            return same if isinstance(op, ast.Is) else not same
        if isinstance(op, ast.In | ast.NotIn):
            if isinstance(right, Unknown) or not _is_hashable(left):
                return Missing("a condition is not known")
            try:
                inside = left in right
            except TypeError:
                return Missing("a condition is not known")
            return inside if isinstance(op, ast.In) else not inside
        known = all(isinstance(one, (*_PLAIN, tuple, list)) for one in (left, right))
        if not known or any(isinstance(i, Unknown) for s in (left, right) for i in _inside(s)):
            return self._unknown_comparison(op, left, right)
        try:
            return bool(_COMPARE[type(op)](left, right))
        except TypeError:
            return Missing("a condition is not known")

    @staticmethod
    def _unknown_comparison(op: ast.cmpop, left: Any, right: Any) -> Missing:
        """A condition that is known by what it compares, so that it can be met again."""
        if isinstance(right, Missing) and not isinstance(left, Missing):
            left, right = right, left
        if not isinstance(left, Missing) or not isinstance(right, _PLAIN):
            return Missing("a condition is not known")
        if isinstance(op, ast.Eq | ast.Is):
            return Missing("a condition is not known", ("==", left, right))
        if isinstance(op, ast.NotEq | ast.IsNot):
            equal = Missing("a condition is not known", ("==", left, right))
            return Missing("a condition is not known", ("not", equal))
        return Missing("a condition is not known", (type(op).__name__, left, right))

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
            return _of_array(value, key)
        if isinstance(value, Missing):
            return value.child(key) if isinstance(key, str | int) else Missing(value.reason)
        if isinstance(value, Shape):
            return _dim_value(value, key)
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
            return [_size(dim) for dim in value.dims]
        return None

    def _listcomp(self, node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> Any:
        found: list[Any] = []
        inner = Scope(scope)
        for known in self._rounds(list(node.generators), inner):
            item = self.value(node.elt, inner)
            if not known:
                if isinstance(item, Array | list | tuple):
                    return Array(_row_shape(item))
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
            if not known or not _is_hashable(key):
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
        for item in [self.element_of(source)] if items is None else items:
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

    def element_of(self, value: Any) -> Any:
        """One item of something of which the number of items is not known."""
        if isinstance(value, Array):
            return Array(value.shape[1:]) if value.shape.rank else Missing("an item is not known")
        return Missing("an item is not known")

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


def _inside(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


def _is_hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return not isinstance(value, Unknown | Tensor | Array | Made | UserClass | Method)


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
    return all(not isinstance(one, int) or abs(one) < 2**200 for one in (left, right))


def _size(dim: Dim) -> Any:
    if dim.value is not None:
        return dim.value
    return None if dim.flexible else Missing(dim.reason or "a size is not known")


def _dim_value(shape: Shape, key: Any) -> Any:
    if isinstance(key, slice):
        parts = (key.start, key.stop, key.step)
        if shape.dims is None or any(isinstance(one, Unknown) for one in parts):
            return Missing("a shape is not known")
        return tuple(_size(dim) for dim in shape.dims[key])
    if not isinstance(key, int):
        return Missing("a size is not known")
    try:
        return _size(shape[key])
    except IndexError:
        return Missing("a size is not known")


def _row_shape(item: Any) -> Shape:
    inner = item.shape if isinstance(item, Array) else Shape((Dim.of(len(item)),))
    return Shape(None) if inner.dims is None else Shape((Dim.unknown("rows"), *inner.dims))


def _of_arrays(left: Any, right: Any) -> Any:
    shapes = [shape_of(one) for one in (left, right) if isinstance(one, Array)]
    if len(shapes) == 1:
        other = right if isinstance(left, Array) else left
        known = isinstance(other, int | float)
        return Array(shapes[0]) if known else Array(Shape.unknown("an array is not known"))
    if shapes[0].rank is not None and shapes[0].rank == shapes[1].rank:
        dims = [
            one if one.value == two.value else Dim.unknown("a size is not known")
            for one, two in zip(shapes[0], shapes[1], strict=True)
        ]
        return Array(Shape(dims))
    return Array(Shape.unknown("an array is not known"))


def _of_array(value: Array, key: Any) -> Any:
    dims = value.shape.dims
    if dims is None:
        return Array(Shape.unknown(value.shape.reason))
    keys = list(key) if isinstance(key, tuple) else [key]
    left, made = list(dims), []
    for one in keys:
        if one is None:
            made.append(Dim.of(1))
        elif one is Ellipsis or not left:
            return Array(Shape.unknown("an array is not known"))
        elif isinstance(one, slice):
            dim = left.pop(0)
            whole = one == slice(None)
            made.append(dim if whole else Dim.unknown("a slice of the data"))
        elif isinstance(one, int) and not isinstance(one, bool):
            left.pop(0)
        else:
            return Array(Shape.unknown("an array is not known"))
    rest = (*made, *left)
    return Array(Shape(rest)) if rest else Missing("a number of the data")
