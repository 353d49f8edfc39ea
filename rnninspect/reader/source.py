"""Programs, notebooks and expressions as sources of models."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from rnninspect.errors import NotAModel
from rnninspect.ir.model import Model
from rnninspect.reader.naming import AT_HAND, EXPRESSION
from rnninspect.reader.program import Program, doubts_of, read_program
from rnninspect.reader.text.code import pieces_of
from rnninspect.reader.text.notebook import read_notebook
from rnninspect.reader.text.outputs import printed_tables
from rnninspect.sources.formats import SourceFormat
from rnninspect.sources.models import Models
from rnninspect.sources.printed_table import PrintedTable
from rnninspect.sources.recipe import recipe_of

MAX_NOTES = 20
"""How many places that were not followed are named in notes."""


def read_file(path: Path, shown: str) -> Models:
    """The models that a program or a notebook builds; nothing of it is run.

    Raises UnreadableSource or TooLarge, and NotAModel where it builds none that can be followed.
    """
    data = path.read_bytes()
    program = read_program(pieces_of(data, shown), shown)
    if not shown.endswith(".ipynb"):
        return _models(program, SourceFormat.PYTHON)
    models = _models(program, SourceFormat.NOTEBOOK)
    return models._replace(beside=_printed_by_cells(program, data, shown))


def _printed_by_cells(
    program: Program, data: bytes, shown: str
) -> dict[Model, tuple[PrintedTable, ...]]:
    """Return what was printed by the cells that print the summary of a model."""
    cells = {cell.number: cell for cell in read_notebook(data, shown).cells}
    return {
        model: tables
        for model, place in program.printed_at.items()
        if place.path == shown
        and place.cell in cells
        and (tables := printed_tables(cells[place.cell]))
    }


def read_expression(text: str) -> Models:
    """The models of one expression, in which every name of Keras is at hand.

    Raises as ``read_file``.
    """
    pieces = pieces_of(text.encode(), EXPRESSION)
    return _models(read_program(pieces, EXPRESSION, at_hand=AT_HAND), SourceFormat.EXPRESSION)


def _models(program: Program, form: SourceFormat) -> Models:
    built = [
        model
        for model in program.models
        if all(use.rejected is None for use in model.reference.values())
    ]
    models = sorted([*built, *program.rejected], key=lambda one: one.place.position[1:3])
    if not models:
        reason = next(iter(program.unknown), program.incomplete or "it calls no model of Keras")
        raise NotAModel(
            f"{program.path}: no model is built here that can be followed ({reason})",
            "Give the file that builds the model, or package.module:attribute, which runs it.",
        )
    notes = [f"a model that cannot be followed: {reason}" for reason in program.unknown]
    if program.incomplete:
        notes.append(f"{program.path} was not read to its end: {program.incomplete}")
    if any(True for _ in doubts_of(program)):
        notes += map(str, program.not_followed[:MAX_NOTES])
        more = len(program.not_followed) - MAX_NOTES
        if more > 0:
            notes.append(
                f"{more} more places were not followed; check-stack --show-unknown has all"
            )
    return Models(
        path=program.path,
        format=form,
        models=tuple(models),
        recipe=partial(recipe_of, written=program.written),
        notes=tuple(dict.fromkeys(notes)),
    )
