"""analyse_printed: a printed summary becomes rows, with the readings of each count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rnninspect.analysis.guesses import Printed
from rnninspect.analysis.readings import Reading, readings_of
from rnninspect.analysis.result import Analysis, Row, Total
from rnninspect.analysis.rows import row_from
from rnninspect.ir.dims import Dim
from rnninspect.ir.model import Model
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten
from rnninspect.language import said
from rnninspect.layers import registry
from rnninspect.layers.base import Layer
from rnninspect.sources.dialects import modern
from rnninspect.sources.printed_table import PrintedRow, PrintedTable

IMPOSSIBLE = "no layer of its class has this count with these shapes"
"""Why a count that cannot be right is not explained."""
NESTED = ("Functional", "Sequential", "Model")


def analyse_printed(model: Model, table: PrintedTable) -> Analysis:
    """Return the analysis of a printed summary, each count with the layer that explains it.

    The counts are the printed ones; ``readings`` of a row has every explanation, the likeliest
    first, and the row shows that one's weights and formula.
    """
    rows = _rows(table)
    counts = [row.parameters.value for row in rows]
    total = table.total if table.total is not None else sum(n or 0 for n in counts)
    trainable = table.trainable if table.trainable is not None else total
    return Analysis(
        model=model,
        layers=tuple(rows),
        total=Total(total, None in counts and table.total is None),
        trainable=Total(trainable),
        non_trainable=Total(total - trainable),
        bytes=Total(4 * total),
    )


def explanations_of(row: Row) -> tuple[str, ...] | None:
    """Return what would explain a count that cannot be right; None for a row that can be."""
    if row.unknown != IMPOSSIBLE or row.parameters.value is None:
        return None
    outputs = tuple(shape for shape in flatten(row.output_shape) if isinstance(shape, Shape))
    printed = Printed(row.name, row.class_name, (), outputs, row.parameters.value)
    return tuple(_explanations(printed))


def _rows(table: PrintedTable) -> list[Row]:
    shapes: dict[str, tuple[Shape, ...]] = {}
    rows: list[Row] = []
    before: PrintedRow | None = None
    for printed in table.rows:
        shapes[printed.name] = printed.shapes
        inputs = _inputs_of(printed, before, shapes, linear=not table.states_connections)
        if printed.depth == 0:
            before = printed
        if printed.class_name == "InputLayer":
            continue
        row = _row(printed, inputs)
        if printed.depth == 0:
            rows.append(row)
        elif rows:
            rows[-1] = rows[-1]._replace(children=(*rows[-1].children, row))
    return rows


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
            outputs[min(tensor, len(outputs) - 1)]
            if (outputs := _shapes_of(name, shapes))
            else _UNKNOWN
            for name, tensor in row.connections
        )
    if linear and before is not None and before.shapes:
        return before.shapes[:1]
    return ()


def _shapes_of(name: str, shapes: Mapping[str, tuple[Shape, ...]]) -> tuple[Shape, ...]:
    """Return the shapes of a layer by its name, whose end a narrow column may have cut off."""
    if name in shapes:
        return shapes[name]
    for other in reversed(list(shapes)):
        whole = other.rstrip("…")
        if whole.startswith(name) or (other != whole and name.startswith(whole)):
            return shapes[other]
    return ()


_UNKNOWN = Shape.unknown("it is not in the text")


def _row(printed: PrintedRow, inputs: tuple[Shape, ...]) -> Row:
    if printed.params is None:
        return _plain(printed, inputs, "the layer was not built")
    class_name, _ = modern(printed.class_name, {}, 3)
    if printed.params == 0 and class_name not in NESTED and not _reading_of(class_name):
        plain = _plain(printed, inputs, "")._replace(trainable_params=0)
        return plain._replace(readings=(({}, plain),))
    row = Printed(printed.name, printed.class_name, inputs, printed.shapes, printed.params)
    readings = readings_of(row)
    if not readings:
        return _plain(printed, inputs, _why_not(class_name, row))
    first = readings[0]
    made = row_from(printed.name, first.application)
    return made._replace(
        class_name=printed.class_name,
        input_shape=_structure(inputs) if inputs else first.input_shape,
        output_shape=_structure(printed.shapes) if printed.shapes else made.output_shape,
        inbound=tuple(dict.fromkeys(name for name, _ in printed.connections)),
        connections=tuple(dict.fromkeys(name for name, _ in printed.connections)),
        readings=tuple(
            (_shown(reading), row_from(printed.name, reading.application)) for reading in readings
        ),
    )


def _shown(reading: Reading) -> dict[str, object]:
    """Return the arguments of a reading, and the input where only the count determines it."""
    arguments: dict[str, object] = {}
    for key, value in reading.arguments.items():
        if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], dict):
            arguments[key] = {"class_name": value[0], **value[1]}
        else:
            arguments[key] = list(value) if isinstance(value, tuple) else value
    return arguments


def _structure(shapes: Sequence[Shape]) -> Shape | tuple[Shape, ...]:
    return shapes[0] if len(shapes) == 1 else tuple(shapes) or _UNKNOWN


def _plain(printed: PrintedRow, inputs: tuple[Shape, ...], reason: str) -> Row:
    """Return a row with only what is printed."""
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


def _why_not(class_name: str, row: Printed) -> str:
    """Return why a row has no reading: its class does not say, or the count cannot be right."""
    if class_name in NESTED:
        return "a nested model: its layers are not in the text"
    if _is_free(class_name):
        return IMPOSSIBLE
    if not _reading_of(class_name):
        return f"what weights {row.class_name} has cannot be told from its count"
    if not row.outputs:
        return "its output shape is not in the text"
    sizes = row.inputs[0].sizes if row.inputs else None
    if _is_certain(class_name) and sizes is not None and sizes[-1] is not None:
        return IMPOSSIBLE
    return "no layer of its class was found that has this count"


def _reading_of(class_name: str) -> str:
    """Return how the arguments are found from a count; empty if the declaration does not say."""
    declaration = registry.find(class_name)
    return "" if declaration is None else declaration.reading


def _is_certain(class_name: str) -> bool:
    """Whether every possible count is among the readings once the input is known."""
    declaration = registry.find(class_name)
    return declaration is not None and declaration.reading_is_complete


def _is_free(class_name: str) -> bool:
    """Whether no layer of a class has weights: its declaration holds nothing."""
    declaration = registry.find(class_name)
    return (
        declaration is not None
        and issubclass(declaration, Layer)
        and (declaration.parts, declaration.use, declaration.apply)
        == (Layer.parts, Layer.use, Layer.apply)
    )


def _explanations(row: Printed) -> Iterator[str]:
    """Yield what would explain the count: another input, or the counts that would be right."""
    class_name, _ = modern(row.class_name, {}, 3)
    if _is_free(class_name):
        yield said("{kind} has no weights: 0", kind=row.class_name)
        return
    for reading in readings_of(row._replace(inputs=()))[:3]:
        width = (reading.input_shape.sizes or (None,))[-1]
        unusual = [key for key in ("use_bias", "reset_after") if key in reading.arguments]
        if unusual:
            argument = f"{unusual[0]}=False"
            yield said(
                "it would be right for an input of width {n} and {argument}",
                n=width,
                argument=argument,
            )
        else:
            yield said("it would be right for an input of width {n}", n=width)
