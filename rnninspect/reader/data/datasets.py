"""``tf.data.Dataset``: the structure of one element through a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import DictCell, ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import operand_shape
from rnninspect.reader.iteration import make_iterator
from rnninspect.reader.library.calling import Args, Kwargs, argument, joined
from rnninspect.reader.values import (
    Array,
    BoundMethod,
    Dataset,
    DictRef,
    Function,
    Partial,
    Parts,
    Unresolved,
    Value,
)

BATCH = "how many elements a batch has"
_SAME = frozenset(
    """prefetch cache shuffle repeat take skip with_options shard apply_options snapshot
    ignore_errors rejection_resample""".split()
)


def dataset_method(
    ctx: Context, value: Dataset, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of a data set gives."""
    element = value.element
    if name in _SAME:
        return value
    if name in ("batch", "padded_batch", "ragged_batch"):
        return Dataset(_batched(ctx, element, name, args, kwargs))
    if name == "unbatch":
        return Dataset(mapped(element, lambda array: _without_first(array)))
    if name == "map":
        function = argument(args, kwargs, 0, "map_func")
        return Dataset(_result_of(ctx, function, element, node))
    if name == "filter":
        ctx.call_back([*args, *kwargs.values()], "elements are chosen by a function")
        return value
    if name == "enumerate":
        return Dataset((Array(Shape(()), "int64"), element))
    if name == "concatenate" and args and isinstance(args[0], Dataset):
        return Dataset(joined(ctx, [element, args[0].element]))
    if name == "window":
        return Dataset(_windows(element))
    if name in ("flat_map", "interleave"):
        function = argument(args, kwargs, 0, "map_func")
        inner = _result_of(ctx, function, element, node)
        return Dataset(inner.element if isinstance(inner, Dataset) else Unresolved("an element"))
    if name == "as_numpy_iterator":
        return iterator_of(ctx, element)
    if name in ("cardinality", "element_spec"):
        return Unresolved("how many elements there are")
    ctx.call_back([*args, *kwargs.values()], f"`{name}` of a data set is not followed")
    if name in ("apply", "group_by_window"):
        return Dataset(Unresolved("an element"))
    return Unresolved(f"what `{name}` of a data set gives is not known")


def iterator_of(ctx: Context, element: Value) -> Value:
    """Return an iterator over a data set."""
    return make_iterator(ctx, ctx.new_list_of(ListCell.of_unknown_length(element)))


def mapped(element: Value, function: Callable[[Array], Value]) -> Value:
    """Return the structure of an element with every array in it changed."""
    if isinstance(element, Array):
        return function(element)
    if type(element) is tuple:
        return tuple(mapped(part, function) for part in element)
    if isinstance(element, Parts):
        return Parts({key: mapped(part, function) for key, part in element.parts.items()})
    return Unresolved("a part of an element")


def _without_first(array: Array) -> Array:
    dims = array.shape.dims
    return Array(Shape(dims[1:]) if dims else array.shape, array.dtype)


def _batched(ctx: Context, element: Value, name: str, args: Args, kwargs: Kwargs) -> Value:
    size = argument(args, kwargs, 0, "batch_size")
    drops = kwargs.get("drop_remainder", args[1] if name == "batch" and len(args) > 1 else False)
    batch = Dim.of(size) if drops is True and type(size) is int else Dim.unknown(BATCH)

    def grown(array: Array) -> Array:
        shape = array.shape
        if name != "batch" and shape.dims is not None:
            shape = Shape(Dim.unknown("the longest of a batch") for _ in shape.dims)
        return Array(Shape((batch,)) + shape.dims if shape.dims is not None else shape, array.dtype)

    return mapped(element, grown)


def _windows(element: Value) -> Value:
    """Return the element of ``window``: data sets in the structure of the element."""
    if type(element) is tuple:
        return tuple(Dataset(part) for part in element)
    return Dataset(element)


def _result_of(ctx: Context, function: Value, element: Value, node: Any) -> Value:
    """Return what a function of the program gives for an element."""
    if not isinstance(function, Function | BoundMethod | Partial):
        ctx.call_back([function], "elements are changed by a function")
        return Unresolved("an element")
    arguments = list(element) if type(element) is tuple else [element]
    values = [_as_argument(ctx, part) for part in arguments]
    result = ctx.repeat(lambda: ctx.call(function, values, {}, node), "elements of a data set")
    ctx.call_back([function], "elements are changed by a function")
    return _as_element(ctx, result)


def _as_argument(ctx: Context, part: Value) -> Value:
    if isinstance(part, Parts):
        return ctx.new_dict({key: _as_argument(ctx, inner) for key, inner in part.parts.items()})
    if type(part) is tuple:
        return tuple(_as_argument(ctx, inner) for inner in part)
    return part


def _as_element(ctx: Context, value: Value) -> Value:
    """Return the structure of an element that a function returned."""
    if isinstance(value, Array | Dataset | Parts):
        return value
    if type(value) is tuple:
        return tuple(_as_element(ctx, part) for part in value)
    if isinstance(value, DictRef):
        cell: DictCell = ctx.state.get(value)
        if cell.exact:
            return Parts({key: _as_element(ctx, part) for key, part in cell.items.items()})
    if isinstance(value, bool | int | float | str):
        return Array(Shape(()))
    return Unresolved("a part of an element")


def element_from(ctx: Context, value: Value, *, sliced: bool) -> Value:
    """Return the structure of an element of ``from_tensor_slices`` or ``from_tensors``."""
    if type(value) is tuple:
        return tuple(element_from(ctx, part, sliced=sliced) for part in value)
    if isinstance(value, DictRef):
        cell: DictCell = ctx.state.get(value)
        if not cell.exact:
            return Unresolved("an element")
        return Parts(
            {key: element_from(ctx, part, sliced=sliced) for key, part in cell.items.items()}
        )
    shape = operand_shape(ctx, value)
    array = Array(shape, value.dtype if isinstance(value, Array) else None)
    return _without_first(array) if sliced else array
