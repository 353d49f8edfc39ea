"""readings_of: what the count of a printed row says about the layer, by its own declaration.

A printed row has a class, an output shape and a count. Each reading is a layer with arguments on an
input that leads to just this count; there may be several.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rnninspect.analysis.counting import number_of
from rnninspect.analysis.guesses import Arguments, Printed, candidates
from rnninspect.ir.dims import DYNAMIC, Dim, UnknownValue
from rnninspect.ir.operation import Application, Call
from rnninspect.ir.shape import Shape
from rnninspect.layers import registry
from rnninspect.layers.base import UNFORESEEN, Layer
from rnninspect.sources.dialects import modern

MAX_READINGS = 12
MAX_CANDIDATES = 4000


class Reading(NamedTuple):
    """One explanation of a count: the arguments of the layer, and what it then is."""

    arguments: Mapping[str, Any]
    application: Application
    input_shape: Shape


def readings_of(row: Printed) -> tuple[Reading, ...]:
    """Return every reading of a row, the likeliest first; none where no layer of its class fits."""
    readings: dict[str, Reading] = {}
    class_name, _ = modern(row.class_name, {}, 3)
    layer = registry.find(class_name)
    if layer is None:
        return ()
    for arguments in itertools.islice(candidates(layer, row), MAX_CANDIDATES):
        for shape in _inputs(layer, arguments, row):
            reading = _reading(layer, arguments, shape, row)
            if reading is not None:
                readings.setdefault(
                    repr((sorted(map(repr, arguments.items())), str(shape))), reading
                )
        if len(readings) >= MAX_READINGS:
            break
    return tuple(readings.values())


def _application(
    declaration: type[Layer], name: str, arguments: Mapping[str, Any], inputs: Sequence[Shape]
) -> Application | None:
    constructed = {
        key: _made(value) if isinstance(value, tuple) and _is_inner(value) else value
        for key, value in arguments.items()
    }
    try:
        layer = declaration(name=name, **constructed)
    except TypeError:
        return None
    several = isinstance(layer, Layer) and layer.takes_several
    call = Call.on(list(inputs)) if several else Call.on(*inputs)
    try:
        return layer.apply(call)
    except (UnknownValue, *UNFORESEEN):
        return None


def _is_inner(value: tuple[Any, ...]) -> bool:
    return len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict)


def _made(value: tuple[str, Arguments]) -> Any:
    declaration = registry.find(value[0])
    assert declaration is not None
    return declaration(name=value[0].lower(), **value[1])


def _reading(
    layer: type[Layer], arguments: Arguments, shape: Shape, row: Printed
) -> Reading | None:
    inputs = (shape, *row.inputs[1:]) if row.inputs else (shape,)
    if layer.reading == "heads" and len(inputs) == 1:
        inputs = (shape, shape)
    application = _application(layer, row.name, arguments, inputs)
    if application is None or application.rejected or application.unknown:
        return None
    if number_of(application.all_weights()) != row.params or not _fits(
        application.output, row.outputs
    ):
        return None
    return Reading(arguments, application, shape)


def _fits(output: Any, printed: Sequence[Shape]) -> bool:
    """Whether an output can be what is printed: of equal rank, and of equal sizes where known."""
    first = output if isinstance(output, Shape) else output[0] if output else None
    if not printed or not isinstance(first, Shape) or first.sizes is None:
        return True
    sizes = printed[0].sizes or ()
    return len(sizes) == len(first.sizes) and all(
        None in (a, b) or a == b for a, b in zip(first.sizes[1:], sizes[1:], strict=True)
    )


def _inputs(layer: type[Layer], arguments: Arguments, row: Printed) -> Iterator[Shape]:
    """Yield the inputs to try: the known input, else those whose width leads to the count."""
    if row.inputs and row.inputs[0].dims is not None:
        yield row.inputs[0]
        return
    narrow, wide = (_guess(layer, row, width) for width in (1, 2))
    if narrow is None or wide is None:
        return
    counts = []
    for shape in (narrow, wide):
        application = _application(layer, row.name, arguments, (shape,))
        count = None if application is None else number_of(application.all_weights())
        if count is None:
            return
        counts.append(count)
    if counts[0] == counts[1]:
        yield narrow
        return
    width, rest = divmod(row.params - counts[0], counts[1] - counts[0])
    input_shape = _guess(layer, row, width + 1)
    if rest == 0 and width >= 0 and input_shape is not None:
        yield input_shape


def _guess(layer: type[Layer], row: Printed, width: int) -> Shape | None:
    """Return an input of this width that leads to the printed output, if its rank is clear."""
    if not row.outputs or row.outputs[0].dims is None:
        return None
    out = row.outputs[0].require()
    if layer.reading in ("bidirectional", "recurrent"):
        length = out[1] if len(out) == 3 else DYNAMIC
        return Shape((out[0], length, Dim.of(width)))
    if layer.reading == "embedding":
        return Shape(out[:-1])
    if layer.reading == "conv_lstm":
        axes = layer.spatial_axes
        inner = out[-1 - axes : -1]
        length = out[1] if len(out) == axes + 3 else DYNAMIC
        return Shape((out[0], length, *inner, Dim.of(width)))
    return Shape((*out[:-1], Dim.of(width)))
