"""Evidence: a notebook's own output shows that a statement ran, so that it is no certain error."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from rnninspect.diagnostics import Diagnostic, Place, Severity
from rnninspect.language import said
from rnninspect.reader.text.code import Piece
from rnninspect.reader.text.notebook import read_notebook
from rnninspect.reader.text.outputs import ran_to_its_end


def with_evidence(
    errors: Iterable[Diagnostic], pieces: Iterable[Piece], data: bytes, path: str
) -> Iterator[Diagnostic]:
    """Yield errors; where the cell of one ran to its end when it was saved, it becomes a hint.

    Statements in functions run when something calls them, which may be another cell.
    """
    errors = tuple(errors)
    if not errors or not path.endswith(".ipynb"):
        yield from errors
        return
    ran = {cell.number for cell in read_notebook(data, path).cells if ran_to_its_end(cell)}
    trees = {piece.cell: piece.tree for piece in pieces}
    for error in errors:
        cell = error.place.cell
        is_known = error.place.path == path and cell in ran and cell in trees
        if not is_known or _is_in_a_function(trees[cell], error.place):
            yield error
            continue
        message = said(
            "{message}; but cell {cell} ran to its end when the notebook was saved",
            message=error.message,
            cell=cell,
        )
        yield error._replace(severity=Severity.HINT, message=message)


def _is_in_a_function(tree: ast.Module, place: Place) -> bool:
    line = place.line or 0
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        and node.lineno <= line <= (node.end_lineno or node.lineno)
        for node in ast.walk(tree)
    )
