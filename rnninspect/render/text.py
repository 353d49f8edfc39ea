"""Names, shapes, numbers and sizes as text, the same in all formats."""

from __future__ import annotations

from rnninspect.analysis.result import Row, Total
from rnninspect.comparison.compare import Against, Comparison, Status
from rnninspect.diagnostics import Place
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, flatten
from rnninspect.render.letters import printable

MAX_TENSORS_SHOWN = 6


def shape_text(structure: Structure) -> str:
    """Write a shape as Keras does, ``?`` for an unknown one; several in brackets."""
    shapes = [str(leaf) if isinstance(leaf, Shape) else "?" for leaf in flatten(structure)]
    return shapes[0] if len(shapes) == 1 else f"[{', '.join(shapes)}]"


def line_text(place: Place) -> str:
    """Write where a statement is: ``train.py:5``, in a notebook ``train.ipynb:cell 2:5``."""
    cell = "" if place.cell is None else f"cell {place.cell}:"
    return f"{place.path}:{cell}{place.line}"


def number_text(value: int | None) -> str:
    """Write a count with thousands separators, ``?`` if it is unknown."""
    return "?" if value is None else f"{value:,}"


def total_text(total: Total) -> str:
    """Write a total, with "at least" if it is a lower bound."""
    return f"at least {total.value:,}" if total.at_least else f"{total.value:,}"


def bytes_text(size: float) -> str:
    """Write a size in bytes as Keras does, with units of 1,024 bytes, KB and so on."""
    units = ["B", "KB", "MB", "GB", "TB"]
    while size >= 1024 and len(units) > 1:
        size /= 1024
        del units[0]
    return f"{size:,.0f} B" if units[0] == "B" else f"{size:,.2f} {units[0]}"


def formula_text(row: Row) -> str:
    """Return the formula of a row with the user's numbers, or the reason why it is unknown."""
    if row.unknown:
        return f"{_stored_text(row)} in the file: {row.unknown}" if row.stored else row.unknown
    if row.formula is None:
        return ""
    return row.formula.numbers


def _stored_text(row: Row) -> str:
    """Return the sizes of the stored tensors; only their number if there are many."""
    if len(row.stored) > MAX_TENSORS_SHOWN:
        return f"{len(row.stored)} tensors"
    return " + ".join(" × ".join(f"{n:,}" for n in tensor.shape) or "1" for tensor in row.stored)


def connections_text(row: Row) -> str:
    """Return the names of the layers whose outputs a row takes, as Keras writes them."""
    return ", ".join(row.connections)


def trainable_text(row: Row) -> str:
    """Return what of a row trains: ``all``, ``none`` or a count; empty without weights."""
    if not row.parameters.value or row.trainable_params is None:
        return "" if row.parameters.value == 0 else "?"
    if row.trainable_params == row.parameters.value:
        return "all"
    return f"{row.trainable_params:,}" if row.trainable_params else "none"


def verdict(comparison: Comparison) -> str:
    """Return one line with the result of a comparison."""
    who = comparison.engine or comparison.against
    who = f"Keras{who[5:]}" if who.startswith("keras") else who
    if comparison.status is Status.SKIPPED:
        return f"{who}: not compared: {printable(comparison.reason or '')}"
    verb, what = ("agrees", "shapes, counts, trainable counts")
    if comparison.against is Against.PRINTED:
        verb, what = ("agrees", "shapes, counts, totals")
    elif comparison.against is not Against.KERAS:
        verb, what = ("agree", "the shapes of their tensors")
    if comparison.status is Status.DISAGREE:
        count = len(comparison.disagreements)
        return f"{who} dis{verb} in {count} row{'s' if count > 1 else ''}"
    layers = len(comparison.rows)
    return f"{who} {verb} on {layers} layer{'s' if layers != 1 else ''} ({what})"
