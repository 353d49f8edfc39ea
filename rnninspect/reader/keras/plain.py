"""Values of the program as a layer's declaration takes them, and as a layer's call takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import DictCell, ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.values import (
    Array,
    DictRef,
    EnumMember,
    External,
    FrameRef,
    GraphRef,
    LayerRef,
    LibraryObject,
    ListRef,
    NativeMethod,
    SequentialRef,
    Tensor,
    Unresolved,
    Value,
    is_constant,
)

Tensors = Any
"""Symbolic tensors and data, alone or in nested lists and dicts, as a layer's call takes them."""

MAX_DEPTH = 6


def plain(ctx: Context, value: Value, depth: int = MAX_DEPTH) -> Any:
    """Return an argument as a declaration takes it: constants, tuples, dicts, references."""
    if isinstance(value, Unresolved) or depth == 0:
        return value if isinstance(value, Unknown) else Unknown("an argument is not known")
    if isinstance(value, EnumMember):
        return plain(ctx, value.value, depth)
    if isinstance(value, tuple):
        return tuple(plain(ctx, item, depth - 1) for item in value)
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        if not cell.exact:
            return Unknown("a list is not known")
        return tuple(plain(ctx, item, depth - 1) for item in cell.items)
    if isinstance(value, DictRef):
        items: DictCell = ctx.state.get(value)
        if not items.exact or not all(isinstance(key, str) for key in items.items):
            return Unknown("a dict is not known")
        return {key: plain(ctx, item, depth - 1) for key, item in items.items.items()}
    if isinstance(value, Array | External | NativeMethod | LibraryObject | FrameRef):
        return Unknown("an argument is not known")
    return value


def structure(ctx: Context, value: Value, depth: int = MAX_DEPTH) -> Any:
    """Return what is given to a layer's call: nested lists and dicts of tensors and constants.

    What is not known stands for a tensor.
    """
    if isinstance(value, Unresolved):
        return tensor_of(value)
    if depth == 0 or isinstance(value, EnumMember):
        return Tensor(Shape.unknown("it is nested too deeply"))
    if isinstance(value, tuple):
        return [structure(ctx, item, depth - 1) for item in value]
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        if not cell.exact:
            return Tensor(Shape.unknown("a list of tensors is not known"))
        return [structure(ctx, item, depth - 1) for item in cell.items]
    if isinstance(value, DictRef):
        items: DictCell = ctx.state.get(value)
        if not items.exact or not all(isinstance(key, str) for key in items.items):
            return Tensor(Shape.unknown("a dict of tensors is not known"))
        return {key: structure(ctx, item, depth - 1) for key, item in items.items.items()}
    if isinstance(value, FrameRef):
        return Array(ctx.state.get(value).shape)
    if isinstance(value, LibraryObject | External):
        return Tensor(Shape.unknown("a tensor is not known"))
    return value


def tensor_of(value: Unresolved) -> Tensor:
    """Return the tensor that an unknown value is where a layer takes it: the same each time."""
    known: object = value.tensor
    if isinstance(known, Tensor):
        return known
    made = Tensor(Shape.unknown(value.reason), is_single=not value.is_summary)
    if not value.is_summary:
        value.tensor = made
    return made


def shape_of(value: Any) -> Any:
    """Return the shape of a tensor or array; plain values as they are."""
    if isinstance(value, Tensor | Array):
        return value.shape
    if isinstance(value, Unknown):
        return Shape.unknown(value.reason)
    return value


def shape_from(ctx: Context, sizes: Value) -> Shape:
    """Return the input shape that a program states: None and what is not known stay so."""
    if isinstance(sizes, Shape):
        return sizes
    items = plain(ctx, sizes)
    if isinstance(items, Shape):
        return items
    if not isinstance(items, tuple):
        return Shape.unknown("an input shape is not known")
    return Shape(
        Dim.of(None)
        if size is None
        else Dim.named("input", size if isinstance(size, int | Unknown) else Unknown("a size"))
        for size in items
    )


def leaves(value: Any) -> Iterator[Any]:
    """Yield what is in nested lists, tuples and dicts."""
    if isinstance(value, list | tuple) and not isinstance(value, EnumMember):
        for item in value:
            yield from leaves(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    else:
        yield value


def holds_tensor(ctx: Context, values: Any) -> bool:
    """Whether a symbolic tensor is among values, or in a list of them."""
    for value in values:
        if isinstance(value, Tensor):
            return True
        if isinstance(value, ListRef):
            cell: ListCell = ctx.state.get(value)
            items = cell.items if cell.exact else (cell.element,)
        elif isinstance(value, DictRef):
            items = ctx.state.get(value).items.values()
        elif isinstance(value, tuple) and not isinstance(value, EnumMember):
            items = value
        else:
            continue
        if any(isinstance(item, Tensor) for item in items):
            return True
    return False


def is_model(value: Value) -> bool:
    """Whether a value is a layer or a model of Keras."""
    return isinstance(value, LayerRef | SequentialRef | GraphRef)


def as_value(ctx: Context, value: Any) -> Value:
    """Return plain data as a value of the program: lists and dicts get their place in the store."""
    if isinstance(value, list):
        return ctx.new_list([as_value(ctx, item) for item in value])
    if isinstance(value, dict):
        return ctx.new_dict({key: as_value(ctx, item) for key, item in value.items()})
    if isinstance(value, tuple) and not is_constant(value):
        return tuple(as_value(ctx, item) for item in value)
    return value
