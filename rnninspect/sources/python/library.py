"""What builtins and the standard library give: small computations on values that are known."""

from __future__ import annotations

import ast
import itertools
import math
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from rnninspect.ir.dims import Unknown
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten
from rnninspect.sources.python import numpy_calls
from rnninspect.sources.python.arguments import Parser
from rnninspect.sources.python.arrays import sizes_of
from rnninspect.sources.python.run import Stopped, is_true
from rnninspect.sources.python.values import (
    Array,
    External,
    FieldOf,
    Function,
    Instance,
    Missing,
    Partial,
    Tensor,
    UserClass,
)

if TYPE_CHECKING:
    from rnninspect.sources.python.interpreter import Interpreter

MAX_ITEMS = 10_000
"""The longest list, text or number of digits that is worked out."""

_PURE: Mapping[str, Callable[..., Any]] = {
    "int": int, "float": float, "str": str, "bool": bool, "abs": abs, "round": round,
    "min": min, "max": max, "sum": sum, "sorted": sorted, "set": set, "range": range,
    "any": any, "all": all, "divmod": divmod, "pow": pow,
}  # fmt: skip
BUILTINS = frozenset(_PURE) | frozenset(
    "len enumerate zip reversed print isinstance getattr hasattr map filter exit quit super type "
    "open input setattr vars iter next tuple list dict callable object property".split()
)
_MATH = frozenset("ceil floor sqrt log log2 log10 exp trunc fabs prod gcd".split())
_PURE_METHODS: Mapping[type, frozenset[str]] = {
    list: frozenset("append extend insert pop index count copy reverse remove clear".split()),
    dict: frozenset("get items keys values pop update setdefault copy".split()),
    str: frozenset(
        """lower upper strip lstrip rstrip format split join replace startswith endswith title
        capitalize""".split()
    ),
    tuple: frozenset("index count".split()),
}
_SCALERS = frozenset("MinMaxScaler StandardScaler RobustScaler MaxAbsScaler Normalizer".split())
_KINDS: Mapping[str, Any] = {
    "list": list, "tuple": tuple, "dict": dict, "str": str, "int": int, "float": float,
    "bool": bool,
}  # fmt: skip
_LARGE_FORMAT = re.compile(r"\d{4,}|\*|\{[^}]*\{")


def call(
    reader: Interpreter, function: External, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    """A call of a library's function that is not Keras's, or of a builtin."""
    name, path = function.last, function.path
    if path == f"builtins.{name}":
        return _builtin(reader, name, args, kwargs, node)
    if path in ("sys.exit", "os._exit"):
        raise Stopped
    if path == "functools.partial" and args:
        return Partial(args[0], tuple(args[1:]), kwargs)
    if path in ("argparse.ArgumentParser", "optparse.OptionParser"):
        return Parser()
    if path in ("copy.copy", "copy.deepcopy") and args:
        return args[0]
    if path in ("types.SimpleNamespace", "argparse.Namespace"):
        return Instance(UserClass(name, (), {}), dict(kwargs))
    if path == "collections.OrderedDict":
        return _dict(args, kwargs)
    if path == "collections.namedtuple" and len(args) == 2:
        return _named_tuple(args)
    if path == "dataclasses.field":
        return FieldOf(kwargs.get("default"), kwargs.get("default_factory"))
    if path == "dataclasses.asdict" and args and isinstance(args[0], Instance):
        return dict(args[0].attributes)
    if path.startswith("itertools."):
        return _itertools(reader, name, args)
    if name in _MATH and path.partition(".")[0] in ("math", "numpy"):
        found = _numbers(getattr(math, name), args)
        if found is not None:
            return found
    if path.startswith("sklearn.") and name in _SCALERS:
        return External(f"{path}()")
    if path.startswith("numpy.random.") and name in ("default_rng", "RandomState"):
        return External("numpy.random")
    return numpy_calls.of_function(name, args, kwargs)


def _numbers(function: Callable[..., Any], args: list[Any]) -> Any:
    if not args or not all(isinstance(one, int | float) for one in args):
        return None
    try:
        return function(*args) if function is not math.prod else None
    except (ValueError, OverflowError, TypeError):
        return Missing("a number is not known")


def _builtin(
    reader: Interpreter, name: str, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    special = _BUILTIN.get(name)
    if special is not None and args:
        return special(reader, args, kwargs, node)
    if name in ("exit", "quit"):
        raise Stopped
    if name == "zip":
        lists = [reader.items_of(one) for one in args]
        if any(one is None for one in lists):
            return Missing("a list is not known")
        return [tuple(one) for one in zip(*(one or [] for one in lists), strict=False)]
    if name == "dict":
        return _dict(args, kwargs)
    if name in ("list", "tuple", "set"):
        return [] if name != "tuple" else ()
    if name not in _PURE or any(isinstance(one, Unknown) for one in flatten([args, kwargs])):
        return Missing(f"what `{name}` gives is not known")
    if name == "pow" or any(isinstance(n, int) and abs(n) > 10**9 for n in flatten(args)):
        return Missing("a number is too large")
    try:
        found = _PURE[name](*args, **kwargs)
    except (TypeError, ValueError, ArithmeticError):
        return Missing("a value is not known")
    return list(found) if isinstance(found, set) else found


def _len(reader: Interpreter, args: list[Any], *_: Any) -> Any:
    value = args[0]
    if isinstance(value, list | tuple | dict | str | range):
        return len(value)
    if isinstance(value, Array) and value.shape.dims:
        size = value.shape.dims[0].value
        return Missing("how long the data are") if size is None else size
    if isinstance(value, Shape) and value.rank is not None:
        return value.rank
    return value.child("len()") if isinstance(value, Missing) else Missing("how long it is")


def _enumerate(reader: Interpreter, args: list[Any], kwargs: dict[str, Any], *_: Any) -> Any:
    items = reader.items_of(args[0])
    start = args[1] if len(args) > 1 else kwargs.get("start", 0)
    if items is None or not isinstance(start, int):
        return Missing("a list is not known")
    return list(enumerate(items, start))


def _reversed(reader: Interpreter, args: list[Any], *_: Any) -> Any:
    items = reader.items_of(args[0])
    return Missing("a list is not known") if items is None else items[::-1]


def _map(reader: Interpreter, args: list[Any], kwargs: Any, node: ast.AST) -> Any:
    items = reader.items_of(args[1]) if len(args) == 2 else None
    if items is None:
        return Missing("a list is not known")
    return [reader.call(args[0], [one], {}, node) for one in items]


def _getattr(reader: Interpreter, args: list[Any], kwargs: Any, node: ast.AST) -> Any:
    if len(args) > 1 and isinstance(args[1], str):
        return reader.attribute(args[0], args[1], node)
    return Missing("an attribute is not known")


def _setattr(reader: Interpreter, args: list[Any], *_: Any) -> Any:
    if len(args) == 3 and isinstance(args[0], Instance):
        if isinstance(args[1], str):
            args[0].attributes[args[1]] = args[2]
        else:
            args[0].attributes.clear()
    return None


def _list(reader: Interpreter, args: list[Any], *_: Any) -> Any:
    items = reader.items_of(args[0])
    if items is not None:
        return items
    return args[0] if isinstance(args[0], Array) else Missing("a list is not known")


def _tuple(reader: Interpreter, args: list[Any], *_: Any) -> Any:
    items = _list(reader, args)
    return tuple(items) if isinstance(items, list) else items


def _isinstance(reader: Interpreter, args: list[Any], *_: Any) -> Any:
    value, kinds = (args[0], args[1]) if len(args) == 2 else (Missing(), ())
    wanted = kinds if isinstance(kinds, tuple) else (kinds,)
    names = [one.last for one in wanted if isinstance(one, External)]
    plain = isinstance(value, tuple(_KINDS.values())) or value is None
    if plain and len(names) == len(wanted) and all(one in _KINDS for one in names):
        return isinstance(value, tuple(_KINDS[one] for one in names))
    if isinstance(value, Instance) and all(isinstance(one, UserClass) for one in wanted):
        return any(value.cls is one or one in value.cls.ancestors() for one in wanted)
    return Missing("a condition is not known")


def _vars(reader: Interpreter, args: list[Any], *_: Any) -> Any:
    if isinstance(args[0], Instance):
        return dict(args[0].attributes)
    return Missing("the attributes of an object")


def _next(reader: Interpreter, args: list[Any], *_: Any) -> Any:
    items = reader.items_of(args[0])
    return items[0] if items and not isinstance(args[0], str) else Missing("an item is not known")


def _filter(reader: Interpreter, args: list[Any], kwargs: Any, node: ast.AST) -> Any:
    items = reader.items_of(args[1]) if len(args) == 2 else None
    if items is None:
        return Missing("a list is not known")
    met = [is_true(one if args[0] is None else reader.call(args[0], [one], {}, node))
           for one in items]  # fmt: skip
    if None in met:
        return Missing("a list is not known")
    return [one for one, passes in zip(items, met, strict=True) if passes]


_BUILTIN: Mapping[str, Callable[..., Any]] = {
    "len": _len, "enumerate": _enumerate, "reversed": _reversed, "map": _map,
    "getattr": _getattr, "setattr": _setattr, "list": _list, "tuple": _tuple, "iter": _list,
    "set": _list, "isinstance": _isinstance, "vars": _vars, "next": _next, "filter": _filter,
}  # fmt: skip


def _dict(args: list[Any], kwargs: dict[str, Any]) -> Any:
    if not args:
        return dict(kwargs)
    first = args[0]
    if isinstance(first, dict):
        return {**first, **kwargs}
    pairs = isinstance(first, list) and all(
        isinstance(p, tuple | list) and len(p) == 2 for p in first
    )
    if pairs and all(isinstance(key, str | int) for key, _ in first):
        return {**dict(first), **kwargs}
    return Missing("a dict is not known")


def _named_tuple(args: list[Any]) -> Any:
    fields = args[1].replace(",", " ").split() if isinstance(args[1], str) else args[1]
    if not isinstance(fields, list | tuple) or not all(isinstance(one, str) for one in fields):
        return Missing("a named tuple is not known")
    return UserClass(str(args[0]), (), {}, list(fields))


def _itertools(reader: Interpreter, name: str, args: list[Any]) -> Any:
    lists = [reader.items_of(one) for one in args]
    known = [one for one in lists if one is not None]
    if len(known) == len(lists) and math.prod(max(1, len(one)) for one in known) <= MAX_ITEMS:
        if name == "product":
            return list(itertools.product(*known))
        if name == "chain":
            return list(itertools.chain(*known))
    return Missing("a list is not known")


def formatted(text: str, values: Any) -> Any:
    """``text % values``."""
    parts = values if isinstance(values, tuple) else (values,)
    plain = all(isinstance(one, int | float | str) for one in parts)
    if not plain or _LARGE_FORMAT.search(text):
        return Missing("a text is not known")
    try:
        return text % values
    except (TypeError, ValueError, OverflowError):
        return Missing("a text is not known")


def in_format(value: Any, specification: str) -> Any:
    """``f"{value:specification}"``."""
    if not isinstance(value, int | float | str) or _LARGE_FORMAT.search(specification):
        return Missing("a text is not known")
    try:
        return format(value, specification)
    except (TypeError, ValueError, OverflowError):
        return Missing("a text is not known")


def attribute(value: Tensor | Array, name: str) -> Any:
    """``x.shape``, ``df.values``; Missing for what is not followed, None for a method."""
    if name == "shape":
        return value.shape
    if name == "ndim" and value.shape.rank is not None:
        return value.shape.rank
    if isinstance(value, Array):
        if name == "T" and value.shape.dims is not None:
            return Array(Shape(reversed(value.shape.dims)))
        if name in ("values", "loc", "iloc"):
            return Array(value.shape, value.is_frame and name != "values")
        if name == "size" and value.shape.rank == 1:
            return sizes_of(value.shape)[0]
        if name == "columns" and value.shape.rank == 2:
            return Array(value.shape[1:])
    if name in ("dtype", "name", "size", "index", "columns", "ndim"):
        return Missing("an attribute of the data")
    return None


def method(value: Any, name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """A method of a list, a text or data."""
    if isinstance(value, Array):
        if value.is_list and name in ("append", "extend"):
            return None
        return numpy_calls.of_method(value, name, args, kwargs)
    if isinstance(value, Shape) and name in ("as_list", "to_list"):
        sizes = sizes_of(value)
        return list(sizes) if isinstance(sizes, tuple) else sizes
    for kind, names in _PURE_METHODS.items():
        if isinstance(value, kind) and name in names:
            return _pure(value, kind, name, args, kwargs)
    if isinstance(value, Function):
        return Missing("a function's attribute")
    return Missing(f"what `{name}` gives is not known")


def _pure(value: Any, kind: type, name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    given = flatten([args, kwargs])
    by_value = kind is str or name in ("index", "count", "remove")
    if by_value and any(isinstance(one, Unknown) for one in [*given, *flatten(value)]):
        return Missing("a value is not known")
    by_key = kind is dict and name in ("get", "pop", "setdefault") and bool(args)
    if by_key and not isinstance(args[0], str | int | float | bool | tuple | None):
        return Missing("an item is not known")
    if name in ("extend", "update") and not all(
        isinstance(one, list | tuple | dict) for one in args
    ):
        return Missing("a list is not known")
    if name == "format" and _LARGE_FORMAT.search(value):
        return Missing("a text is not known")
    if len(value) + sum(len(one) for one in args if hasattr(one, "__len__")) > MAX_ITEMS:
        return Missing("it is too long to be worked out")
    try:
        found = getattr(value, name)(*args, **kwargs)
    except (AttributeError, LookupError, TypeError, ValueError):
        return Missing("a value is not known")
    if isinstance(found, str) and len(found) > MAX_ITEMS:
        return Missing("a text is too long to be worked out")
    return list(found) if name in ("items", "keys", "values") else found
