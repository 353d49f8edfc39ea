"""Constructor calls that Keras rejects, in every version that the program can be for."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from rnninspect.ir.dims import Unknown
from rnninspect.ir.operation import Rejected
from rnninspect.layers import registry
from rnninspect.layers.base import Layer
from rnninspect.layers.calls import (
    Misfit,
    accepted_keywords,
    check_call,
    positions,
    reject_class_as_layer,
    reject_class_in_wrapper,
    reject_input_shape,
)
from rnninspect.layers.core import InputLayer
from rnninspect.layers.identifiers import Era
from rnninspect.layers.miscalled import Miscalled, path_of_class
from rnninspect.reader.context import Context
from rnninspect.reader.keras.applying import reject_constructor
from rnninspect.reader.keras.plain import plain
from rnninspect.reader.values import ClassRef, External, LayerRef, Value, is_constant
from rnninspect.sources.dialects import CLASSES

_WRAPPERS = frozenset("Bidirectional TimeDistributed".split())
_BASES = ("keras.layers.", "keras.Layer", "keras.Model", "keras.models.")


class _Unwritten:
    """Stands in a message for a value that is not known."""

    def __repr__(self) -> str:
        return "..."


def meant_and_misfit(
    ctx: Context, written: str, args: Sequence[Value], kwargs: Mapping[str, Value]
) -> tuple[Era, Misfit | None]:
    """Return in which era's sense a constructor call is meant, and why every era rejects it.

    Values that are not known are never wrong.
    """
    eras = ctx.record.eras
    declaration = registry.find(written)
    if declaration is None or written in CLASSES:
        return eras.meant, None
    if _is_keras_1_window(ctx, written, args):
        return "1", None
    given = [_shown(ctx, value) for value in args]
    words = {name: _shown(ctx, value) for name, value in kwargs.items()}
    order = sorted(eras.possible, key=lambda era: (era != eras.meant, era != eras.quoted))
    misfits = {era: _misfit(ctx, declaration, given, words, era) for era in order}
    for era, misfit in misfits.items():
        if misfit is None:
            return era, _class_in_wrapper(ctx, declaration, args, kwargs, era)
    return order[0], misfits.get(eras.quoted, misfits[order[0]])


def _is_keras_1_window(ctx: Context, written: str, args: Sequence[Value]) -> bool:
    """Whether ``Convolution2D(16, 3, 3)`` states a window of 3 × 3 and not the strides.

    Keras 2.0 to 2.3 still took it so (``keras/legacy/interfaces.py``); TensorFlow's never did.
    """
    eras = ctx.record.eras
    if len(args) < 3 or not all(type(arg) is int for arg in args[:3]) or "2D" not in written:
        return False
    if "1" not in eras.possible or "Conv" not in written or "Transpose" in written:
        return False
    if written.startswith(("Depthwise", "Separable")):
        return False
    is_old = written.startswith("Convolution") or eras.meant != "3"
    return eras.is_plain_keras and is_old


def _misfit(
    ctx: Context,
    declaration: type[Layer],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    era: Era,
) -> Misfit | None:
    misfit = check_call(declaration, args, kwargs, era)
    if misfit is not None and misfit.kind == "unknown name" and ctx.record.eras.registers_names:
        misfit = None
    if misfit is None and era != "3" and not issubclass(declaration, InputLayer):
        shape = kwargs.get("input_shape")
        if reject_input_shape(shape) is not None:
            said = f"'{type(shape).__name__}' object is not iterable"
            return Misfit("not a tuple", "input_shape", "TypeError", said)
    return misfit


def _class_in_wrapper(
    ctx: Context,
    declaration: type[Layer],
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    era: Era,
) -> Misfit | None:
    """Return what Keras says of ``Bidirectional(LSTM)``."""
    names = positions(declaration, era)
    held = {**dict(zip(names, args, strict=False)), **kwargs}.get("layer")
    name = name_of_layer_class(held)
    if declaration.__name__ not in _WRAPPERS or name is None:
        return None
    path = _path(held)
    message = reject_class_in_wrapper(
        declaration.__name__, path.rpartition(".")[2], path.rpartition(".")[0]
    )
    return Misfit("class for layer", name, "ValueError", message)


def name_of_layer_class(value: Value) -> str | None:
    """Return the name of a class of layers; None for every other value."""
    if isinstance(value, External):
        module = value.path.rpartition(".")[0]
        is_layer = module == "keras" or f"{module}.".startswith("keras.layers.")
        return value.last if is_layer and registry.find(value.last) is not None else None
    if isinstance(value, ClassRef) and not value.has_unknown_base:
        bases = value.library_bases
        return value.name if bases and all(base.startswith(_BASES) for base in bases) else None
    return None


def _path(value: Value) -> str:
    return path_of_class(value.last) if isinstance(value, External) else f"__main__.{value.name}"


def class_as_layer(ctx: Context, value: Value) -> Misfit | None:
    """Return what Sequential says of a class in place of a layer: ``model.add(LSTM)``."""
    name = name_of_layer_class(value)
    if name is None:
        return None
    module, _, last = _path(value).rpartition(".")
    if ctx.record.eras.quoted == "3":
        return Misfit("class for layer", name, "ValueError", reject_class_as_layer(last, module))
    message = (
        "The added layer must be an instance of class Layer. Received: "
        f"layer=<class '{module}.{last}'> of type <class 'type'>."
    )
    return Misfit("class for layer", name, "TypeError", message)


def shape_that_is_a_number(ctx: Context, layer: LayerRef) -> Misfit | None:
    """Return what Sequential says of the ``input_shape=(20)`` of its first layer."""
    shape = ctx.record.written.get(layer.operation, {}).get("input_shape")
    message = reject_input_shape(shape)
    if message is None or isinstance(layer.operation, InputLayer):
        return None
    return Misfit("not a tuple", "input_shape", "ValueError", message)


def _shown(ctx: Context, value: Value) -> Any:
    found = plain(ctx, value)
    return found if is_constant(found) and not isinstance(found, Unknown) else _Unwritten()


def miscalled(
    ctx: Context,
    name: str,
    written: str,
    misfit: Misfit,
    node: ast.AST | None,
    kwargs: Mapping[str, Value] | None = None,
    held: Value = None,
) -> LayerRef:
    """Return the layer that is not made, after remembering that Keras rejects its constructor.

    ``held`` is the layer that it wraps.
    """
    inner = ""
    if isinstance(held, LayerRef) and isinstance(held.operation, Layer):
        kind = type(held.operation)
        if misfit.argument in accepted_keywords(kind, ctx.record.eras.quoted):
            inner = kind.__name__
    operation = Miscalled(
        name=name,
        written_class=written,
        misfit=misfit,
        passed=tuple(kwargs or ()),
        inner_class=inner,
    )
    layer: LayerRef = ctx.create(lambda: LayerRef(operation, ctx.place(node), node))
    layer.is_rejected = True
    reject_constructor(ctx, layer, Rejected(misfit.message))
    return layer
