"""How names, shapes, numbers and sizes are written, whatever the format."""

from __future__ import annotations

from rnninspect.analysis.analyse import Row, Total
from rnninspect.comparison.compare import Comparison, Status
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, flatten
from rnninspect.render.letters import printable

MAX_TENSORS_SHOWN = 6


def shape_text(structure: Structure) -> str:
    """A shape as Keras writes it, ``?`` for what is not known; several in brackets."""
    shapes = [str(leaf) if isinstance(leaf, Shape) else "?" for leaf in flatten(structure)]
    return shapes[0] if len(shapes) == 1 else f"[{', '.join(shapes)}]"


def number_text(value: int | None) -> str:
    """A count with thousands separators, ``?`` where it is not known."""
    return "?" if value is None else f"{value:,}"


def total_text(total: Total) -> str:
    """A total, which says so where it is a lower bound."""
    return f"at least {total.value:,}" if total.at_least else f"{total.value:,}"


def bytes_text(size: float) -> str:
    """A size in memory as Keras prints it, in steps of 1,024."""
    units = ["B", "KB", "MB", "GB", "TB"]
    while size >= 1024 and len(units) > 1:
        size /= 1024
        del units[0]
    return f"{size:,.0f} B" if units[0] == "B" else f"{size:,.2f} {units[0]}"


def formula_text(row: Row) -> str:
    """The arithmetic with the user's numbers, or why there is none."""
    if row.unknown:
        return f"{_stored_text(row)} in the file: {row.unknown}" if row.stored else row.unknown
    if row.formula is None:
        return ""
    return row.formula.numbers


def _stored_text(row: Row) -> str:
    """The sizes of the stored tensors, as far as they fit a line."""
    if len(row.stored) > MAX_TENSORS_SHOWN:
        return f"{len(row.stored)} tensors"
    return " + ".join(" × ".join(f"{n:,}" for n in tensor.shape) or "1" for tensor in row.stored)


def connections_text(row: Row) -> str:
    """The layers that a row takes its tensors from, as Keras writes them."""
    return ", ".join(row.connections)


def trainable_text(row: Row) -> str:
    """How much of a row trains: ``all``, ``none``, a count; nothing for a row without weights."""
    if not row.parameters.value or row.trainable_params is None:
        return "" if row.parameters.value == 0 else "?"
    if row.trainable_params == row.parameters.value:
        return "all"
    return f"{row.trainable_params:,}" if row.trainable_params else "none"


def verdict(comparison: Comparison) -> str:
    """One line about what a witness says."""
    who = comparison.engine or comparison.against
    who = f"Keras{who[5:]}" if who.startswith("keras") else who
    if comparison.status is Status.SKIPPED:
        return f"{who}: not compared: {printable(comparison.reason or '')}"
    verb, what = ("agrees", "shapes, counts, trainable counts")
    if comparison.against != "keras":
        verb, what = ("agree", "the shapes of their tensors")
    if comparison.status is Status.DISAGREE:
        count = len(comparison.disagreements)
        return f"{who} dis{verb} in {count} row{'s' if count > 1 else ''}"
    layers = len(comparison.rows)
    return f"{who} {verb} on {layers} layer{'s' if layers != 1 else ''} ({what})"
