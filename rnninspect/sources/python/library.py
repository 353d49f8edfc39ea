"""What builtins, NumPy, pandas and scikit-learn give: small computations, and shapes of data."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from rnninspect.dims import Dim, Shape, Unknown
from rnninspect.sources.python import keras_calls
from rnninspect.sources.python.run import Stopped
from rnninspect.sources.python.values import (
    Array,
    External,
    Function,
    Graph,
    Instance,
    Made,
    Method,
    Missing,
    Stack,
    Tensor,
)

if TYPE_CHECKING:
    from rnninspect.sources.python.interpreter import Interpreter

_PURE: Mapping[str, Callable[..., Any]] = {
    "int": int, "float": float, "str": str, "bool": bool, "abs": abs, "round": round,
    "min": min, "max": max, "sum": sum, "sorted": sorted, "tuple": tuple, "list": list,
    "set": set, "dict": dict, "range": range,
}  # fmt: skip
BUILTINS = frozenset(_PURE) | frozenset(
    "len enumerate zip reversed print isinstance getattr hasattr map filter exit quit super type "
    "open input setattr any all vars iter next".split()
)
_DATA = ("numpy", "jax.numpy", "tensorflow", "keras.ops", "keras.backend", "keras.random")
_PURE_METHODS = {
    list: "append extend insert pop index count copy reverse remove clear".split(),
    dict: "get items keys values pop update setdefault copy".split(),
    str: "lower upper strip format split join replace startswith endswith title".split(),
    tuple: "index count".split(),
}


def call(
    run: Interpreter, function: External, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    """A call of a library's function that is not Keras's, or of a builtin."""
    name = function.last
    if function.path == f"builtins.{name}":
        return _builtin(run, name, args, kwargs, node)
    if function.path in ("sys.exit", "os._exit"):
        raise Stopped
    root = function.path.partition(".")[0]
    if any(isinstance(one, Tensor) for one in _leaves(args)):
        return keras_calls.operation(run, name, args, kwargs, node)
    if name in ("pad_sequences", "sequence_to_matrix"):
        length = kwargs.get("maxlen", args[1] if len(args) > 1 else Missing("the longest text"))
        return Array(Shape((Dim.unknown("samples"), Dim.named("maxlen", length))))
    if name in ("to_categorical", "np_utils.to_categorical"):
        return _to_categorical(args, kwargs)
    if name == "train_test_split":
        return [_fewer(one) for one in args for _ in range(2)]
    if name == "partial" and args and isinstance(args[0], External):
        return Missing("a partial function")
    if root in ("numpy", "tensorflow", "jax") or function.path.startswith(_DATA):
        return _array(name, args, kwargs)
    keras_calls.forget(args, kwargs)
    return Missing(f"what `{name}` gives is not known")


def _leaves(values: Any) -> list[Any]:
    found: list[Any] = []
    for one in values:
        found += one if isinstance(one, list | tuple) else [one]
    return found


def _builtin(
    run: Interpreter, name: str, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    if name == "len" and args:
        return _length(args[0])
    if name in ("exit", "quit"):
        raise Stopped
    if name == "enumerate" and args:
        items = run.items_of(args[0])
        start = args[1] if len(args) > 1 else kwargs.get("start", 0)
        if items is None or not isinstance(start, int):
            return Missing("a list is not known")
        return list(enumerate(items, start))
    if name == "zip":
        lists = [run.items_of(one) for one in args]
        if any(one is None for one in lists):
            return Missing("a list is not known")
        return [tuple(one) for one in zip(*(one or [] for one in lists), strict=False)]
    if name == "reversed" and args:
        items = run.items_of(args[0])
        return Missing("a list is not known") if items is None else items[::-1]
    if name == "map" and len(args) == 2:
        items = run.items_of(args[1])
        if items is None:
            return Missing("a list is not known")
        return [run.call(args[0], [one], {}, node) for one in items]
    if name == "getattr" and len(args) > 1 and isinstance(args[1], str):
        return run.attribute(args[0], args[1], node)
    if name in ("list", "tuple") and args:
        items = run.items_of(args[0])
        if items is None:
            return args[0] if isinstance(args[0], Array) else Missing("a list is not known")
        return items if name == "list" else tuple(items)
    if name == "dict" and not args:
        return dict(kwargs)
    if name in _PURE and not any(isinstance(one, Unknown) for one in _leaves(args)):
        if any(isinstance(one, int) and abs(one) > 10**9 for one in _leaves(args)):
            return Missing("a number is too large")
        try:
            return _PURE[name](*args, **kwargs)
        except (TypeError, ValueError, ArithmeticError):
            return Missing("a value is not known")
    return Missing(f"what `{name}` gives is not known")


def _length(value: Any) -> Any:
    if isinstance(value, list | tuple | dict | str | range | set):
        return len(value)
    if isinstance(value, Array) and value.shape.dims:
        size = value.shape.dims[0].value
        return Missing("how long the data are") if size is None else size
    if isinstance(value, Shape) and value.rank is not None:
        return value.rank
    return Missing("how long it is")


def _sizes(value: Any) -> Shape:
    if isinstance(value, int):
        return Shape((Dim.of(value),))
    if isinstance(value, Missing):
        return Shape.unknown("the shape of the data is not known")
    if isinstance(value, list | tuple):
        if any(not isinstance(one, int | Unknown) for one in value):
            return Shape.unknown("the shape of the data is not known")
        return Shape(
            Dim.unknown("data") if isinstance(one, Unknown) or one < 0 else Dim.of(one)
            for one in value
        )
    return Shape.unknown("the shape of the data is not known")


def shape_of_data(value: Any) -> Shape:
    """The shape that ``np.array(value)`` has."""
    if isinstance(value, Array):
        return value.shape
    if isinstance(value, list | tuple) and value:
        inner = shape_of_data(value[0])
        return Shape(None) if inner.dims is None else Shape((Dim.of(len(value)), *inner.dims))
    if isinstance(value, int | float | bool):
        return Shape(())
    return Shape.unknown("the shape of the data is not known")


def _array(name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    first = args[0] if args else next(iter(kwargs.values()), None)
    if name in ("zeros", "ones", "empty", "full", "random_sample", "random", "ranf"):
        return Array(_sizes(kwargs.get("shape", kwargs.get("size", first))))
    if name in ("rand", "randn"):
        return Array(_sizes(list(args)))
    if name in ("normal", "uniform", "randint", "standard_normal", "binomial", "choice"):
        size = kwargs.get("size", kwargs.get("shape", args[-1] if len(args) > 1 else first))
        return Array(_sizes(size)) if isinstance(size, list | tuple) else Array(Shape(None))
    if name in ("array", "asarray", "float32", "constant", "convert_to_tensor", "copy"):
        return Array(shape_of_data(first))
    if name == "arange" and len(args) == 1 and isinstance(first, int):
        return Array(Shape((Dim.of(first),)))
    if name == "reshape":
        target = args[1:] if len(args) > 2 else (args[1] if len(args) > 1 else kwargs.get("shape"))
        return Array(_sizes(list(target) if isinstance(target, tuple) else target))
    if name == "expand_dims" and isinstance(first, Array):
        axis = args[1] if len(args) > 1 else kwargs.get("axis", 0)
        return Array(_expanded(first.shape, axis))
    if name in ("zeros_like", "ones_like") and isinstance(first, Array):
        return Array(first.shape)
    if name == "prod" and isinstance(first, list | tuple) and _are_numbers(first):
        return math.prod(first)
    if name in ("sin", "cos", "exp", "log", "sqrt") and isinstance(first, Array):
        return Array(first.shape)
    return Missing(f"what `{name}` gives is not known")


def _are_numbers(values: Any) -> bool:
    return all(isinstance(one, int) for one in values)


def _expanded(shape: Shape, axis: Any) -> Shape:
    dims = shape.dims
    if dims is None or not isinstance(axis, int) or not -len(dims) - 1 <= axis <= len(dims):
        return Shape.unknown("the shape of the data is not known")
    at = axis % (len(dims) + 1)
    return Shape((*dims[:at], Dim.of(1), *dims[at:]))


def _to_categorical(args: list[Any], kwargs: dict[str, Any]) -> Array:
    shape = shape_of_data(args[0]) if args else Shape(None)
    count = kwargs.get("num_classes", args[1] if len(args) > 1 else Missing("classes"))
    if shape.dims is None:
        return Array(Shape.unknown("the shape of the data is not known"))
    dims = shape.dims
    if len(dims) > 1 and dims[-1].value == 1:
        dims = dims[:-1]
    return Array(Shape((*dims, Dim.named("classes", count))))


def _fewer(value: Any) -> Any:
    if isinstance(value, Array) and value.shape.dims:
        return Array(Shape((Dim.unknown("samples"), *value.shape.dims[1:])))
    return Missing("a part of the data")


def rows_of(shape: Shape | None, item: Any, reason: str) -> Any:
    """A list of unknown length whose items are like this one."""
    if isinstance(item, list | tuple) and shape is None:
        shape = shape_of_data(item)
    if shape is None or shape.dims is None:
        return Missing(reason)
    return Array(Shape((Dim.unknown(reason), *shape.dims)))


def attribute_of_tensor(value: Tensor | Array, name: str) -> Any:
    """``x.shape``, ``df.values``."""
    if name == "shape":
        return value.shape
    if name == "T" and isinstance(value, Array) and value.shape.dims is not None:
        return Array(Shape(reversed(value.shape.dims)))
    if name == "values":
        return value
    if name == "ndim" and value.shape.rank is not None:
        return value.shape.rank
    if name in ("dtype", "name", "size", "index", "columns", "ndim"):
        return Missing("an attribute of the data")
    return Method(value, name)


def method(
    run: Interpreter, value: Any, name: str, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    """A method of a list, a text, an array or a model."""
    if isinstance(value, Stack | Graph | Made | Instance):
        return keras_calls.method(run, value, name, args, kwargs, node)
    if isinstance(value, Array):
        if name == "reshape":
            target = args[0] if len(args) == 1 else list(args)
            return Array(_sizes(list(target) if isinstance(target, tuple) else target))
        if name in ("astype", "copy", "numpy"):
            return value
        return Missing("what a method of the data gives")
    for kind, names in _PURE_METHODS.items():
        if isinstance(value, kind) and name in names:
            if kind is str and any(isinstance(one, Unknown) for one in _leaves(args)):
                return Missing("a text is not known")
            try:
                return getattr(value, name)(*args, **kwargs)
            except (LookupError, TypeError, ValueError):
                return Missing("a value is not known")
    if isinstance(value, Function):
        return Missing("a function's attribute")
    return Missing(f"what `{name}` gives is not known")
