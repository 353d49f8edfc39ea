"""analyse_printed: a printed summary becomes rows, with the readings of each count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rnninspect.analysis.analyse import Analysis, Row, Total, row_from
from rnninspect.analysis.guesses import HOLDS_WEIGHTS, Printed
from rnninspect.analysis.readings import Reading, readings_of
from rnninspect.dims import Dim, Shape
from rnninspect.graph import Model
from rnninspect.language import said
from rnninspect.layers import registry
from rnninspect.sources.dialects import modern
from rnninspect.sources.printed_summary import PrintedRow, PrintedTable

CERTAIN = frozenset("Dense LSTM GRU SimpleRNN BatchNormalization".split())
"""Classes of which every possible count is among the readings once the input is known."""
NESTED = ("Functional", "Sequential", "Model")


class Impossible(NamedTuple):
    """A row whose count cannot be right for its shapes, and what would explain it."""

    layer: str
    class_name: str
    params: int
    explanations: tuple[str, ...]


def analyse_printed(model: Model, table: PrintedTable) -> Analysis:
    """What a printed summary says, each count with the layer that explains it.

    The counts are the printed ones; ``readings`` of a row has every explanation, the likeliest
    first, and the row shows that one's weights and formula.
    """
    rows, _ = _worked_out(table)
    known = [row.parameters.value for row in rows]
    total = table.total if table.total is not None else sum(n or 0 for n in known)
    trainable = table.trainable if table.trainable is not None else total
    return Analysis(
        model=model,
        layers=tuple(rows),
        total=Total(total, None in known and table.total is None),
        trainable=Total(trainable),
        non_trainable=Total(total - trainable),
        bytes=Total(4 * total),
    )


def impossible_rows(table: PrintedTable) -> tuple[Impossible, ...]:
    """The rows whose counts cannot be right, with the nearest explanations."""
    return _worked_out(table)[1]


def _worked_out(table: PrintedTable) -> tuple[list[Row], tuple[Impossible, ...]]:
    shapes: dict[str, tuple[Shape, ...]] = {}
    rows: list[Row] = []
    wrong: list[Impossible] = []
    before: PrintedRow | None = None
    for printed in table.rows:
        shapes[printed.name] = printed.shapes
        inputs = _inputs_of(printed, before, shapes, linear=not table.states_connections)
        row, impossible = _row(printed, inputs)
        if printed.depth == 0:
            before = printed
            if printed.class_name != "InputLayer":
                rows.append(row)
                wrong += impossible
        elif rows and printed.class_name != "InputLayer":
            rows[-1] = rows[-1]._replace(children=(*rows[-1].children, row))
    return rows, tuple(wrong)


def _inputs_of(
    row: PrintedRow,
    before: PrintedRow | None,
    shapes: Mapping[str, tuple[Shape, ...]],
    *,
    linear: bool,
) -> tuple[Shape, ...]:
    if row.depth:
        return ()
    if row.connections:
        return tuple(
            known[min(tensor, len(known) - 1)] if (known := _known(name, shapes)) else _UNKNOWN
            for name, tensor in row.connections
        )
    if linear and before is not None and before.shapes:
        return before.shapes[:1]
    return ()


def _known(name: str, shapes: Mapping[str, tuple[Shape, ...]]) -> tuple[Shape, ...]:
    """The shapes of a layer by its name, of which a narrow column may have cut off the end."""
    if name in shapes:
        return shapes[name]
    for other in reversed(list(shapes)):
        whole = other.rstrip("…")
        if whole.startswith(name) or (other != whole and name.startswith(whole)):
            return shapes[other]
    return ()


_UNKNOWN = Shape.unknown("it is not in the text")


def _row(printed: PrintedRow, inputs: tuple[Shape, ...]) -> tuple[Row, list[Impossible]]:
    if printed.params is None:
        return _plain(printed, inputs, "the layer was not built"), []
    class_name, _ = modern(printed.class_name, {}, 3)
    if printed.params == 0 and class_name not in (*HOLDS_WEIGHTS, *NESTED):
        plain = _plain(printed, inputs, "")._replace(trainable_params=0)
        return plain._replace(readings=(({}, plain),)), []
    row = Printed(printed.name, printed.class_name, inputs, printed.shapes, printed.params)
    readings = readings_of(row)
    if not readings:
        return _without(printed, row, inputs)
    first = readings[0]
    made = row_from(printed.name, first.application)
    return made._replace(
        class_name=printed.class_name,
        input_shape=_structure(inputs) if inputs else first.input_shape,
        output_shape=_structure(printed.shapes) if printed.shapes else made.output_shape,
        inbound=tuple(dict.fromkeys(name for name, _ in printed.connections)),
        connections=tuple(dict.fromkeys(name for name, _ in printed.connections)),
        readings=tuple((_shown(one), row_from(printed.name, one.application)) for one in readings),
    ), []


def _shown(one: Reading) -> dict[str, object]:
    """The arguments of a reading, and the input where only the count tells it."""
    found: dict[str, object] = {}
    for key, value in one.arguments.items():
        if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], dict):
            found[key] = {"class_name": value[0], **value[1]}
        else:
            found[key] = list(value) if isinstance(value, tuple) else value
    return found


def _structure(shapes: Sequence[Shape]) -> Shape | tuple[Shape, ...]:
    return shapes[0] if len(shapes) == 1 else tuple(shapes) or _UNKNOWN


def _plain(printed: PrintedRow, inputs: tuple[Shape, ...], reason: str) -> Row:
    """A row of which no more is known than what is printed."""
    count = Dim.unknown(reason) if printed.params is None else Dim.of(printed.params)
    return Row(
        name=printed.name,
        class_name=printed.class_name,
        inbound=tuple(dict.fromkeys(name for name, _ in printed.connections)),
        connections=tuple(dict.fromkeys(name for name, _ in printed.connections)),
        input_shape=_structure(inputs),
        output_shape=_structure(printed.shapes),
        parameters=count,
        trainable_params=None,
        trainable=True,
        formula=None,
        weights=(),
        bytes=None if printed.params is None else 4 * printed.params,
        unknown=reason,
    )


def _without(
    printed: PrintedRow, row: Printed, inputs: tuple[Shape, ...]
) -> tuple[Row, list[Impossible]]:
    """A row without a reading: because its class says nothing, or because it cannot be right."""
    class_name, _ = modern(printed.class_name, {}, 3)
    if class_name in NESTED:
        return _plain(printed, inputs, "a nested model: its layers are not in the text"), []
    declared = registry.find(class_name)
    if class_name not in HOLDS_WEIGHTS and (declared is None or row.params):
        is_free = declared is not None and not _can_hold(class_name)
        reason = f"what weights {printed.class_name} has cannot be told from its count"
        if not is_free:
            return _plain(printed, inputs, reason), []
    if not printed.shapes:
        return _plain(printed, inputs, "its output shape is not in the text"), []
    explanations = tuple(_explanations(row))
    reason = "no layer of its class has this count with these shapes"
    impossible = Impossible(printed.name, printed.class_name, row.params, explanations)
    sizes = inputs[0].sizes if inputs else None
    known = sizes is not None and sizes[-1] is not None and class_name in CERTAIN
    return _plain(printed, inputs, reason), [impossible] if known or class_name in _FREE else []


def _can_hold(class_name: str) -> bool:
    """Whether a layer of this class may hold weights."""
    return class_name not in _FREE


_FREE = frozenset(
    "Activation Dropout SpatialDropout1D GaussianNoise GaussianDropout Flatten Reshape Permute "
    "RepeatVector Masking Add Subtract Multiply Average Maximum Minimum Concatenate Dot "
    "MaxPooling1D MaxPooling2D AveragePooling1D AveragePooling2D GlobalMaxPooling1D "
    "GlobalAveragePooling1D GlobalMaxPooling2D GlobalAveragePooling2D ZeroPadding1D "
    "ZeroPadding2D Cropping1D Cropping2D UpSampling1D UpSampling2D ReLU LeakyReLU Softmax".split()
)


def _explanations(row: Printed) -> Iterator[str]:
    """What would explain the count: another input, or the counts that would be right."""
    class_name, _ = modern(row.class_name, {}, 3)
    if class_name in _FREE:
        yield said("{kind} has no weights: 0", kind=row.class_name)
        return
    for one in readings_of(row._replace(inputs=()))[:3]:
        width = (one.input_shape.sizes or (None,))[-1]
        unusual = [key for key in ("use_bias", "reset_after") if key in one.arguments]
        if unusual:
            argument = f"{unusual[0]}=False"
            yield said(
                "it would be right for an input of width {n} and {argument}",
                n=width,
                argument=argument,
            )
        else:
            yield said("it would be right for an input of width {n}", n=width)
