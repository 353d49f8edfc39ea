"""Fixes: edits for a finding, each tried by reading the edited program again."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rnninspect.diagnostics import Change, Diagnostic, Edit, Fix, Place
from rnninspect.errors import RnnInspectError
from rnninspect.fixing.candidates import Candidate, candidates
from rnninspect.fixing.effects import Start, changes_nothing_else
from rnninspect.fixing.text import patched
from rnninspect.rules.check import check_program
from rnninspect.sources.python.code import Piece, pieces_of
from rnninspect.sources.python.modules import Tree
from rnninspect.sources.python.read import Program, read_program
from rnninspect.sources.python.run import Budget

MAX_CANDIDATES = 40
MAX_STEPS = 1_500_000
"""Expressions and statements evaluated in all the edited programs that are read for one file."""
MAX_FIXES = 100
"""How many findings of one file are fixed one after the other."""


class Reading(NamedTuple):
    """A program as bytes, as text that parses, as models, and with its findings."""

    data: bytes
    path: str
    pieces: tuple[Piece, ...]
    program: Program
    diagnostics: tuple[Diagnostic, ...]
    at_hand: tuple[str, ...] = ()
    tree: Tree | None = None


def read_text(
    data: bytes, path: str, at_hand: tuple[str, ...] = (), tree: Tree | None = None
) -> Reading:
    """Read a program and find what Keras would reject in it.

    Raises UnreadableSource or TooLarge.
    """
    pieces = pieces_of(data, path)
    program = read_program(pieces, path, at_hand=at_hand, tree=tree)
    return Reading(data, path, pieces, program, check_program(program), at_hand, tree)


def with_fixes(reading: Reading) -> tuple[Diagnostic, ...]:
    """Return the findings of a program, each with its fix if there is one."""
    budget = Budget(MAX_STEPS)
    return tuple(
        diagnostic._replace(fix=next((fix for fix, _ in _fixes(reading, diagnostic, budget)), None))
        for diagnostic in reading.diagnostics
    )


def apply_fixes(
    reading: Reading,
    *,
    unsafe: bool = False,
    wants: Callable[[Diagnostic, Reading], bool] = lambda *_: True,
) -> tuple[Reading, int]:
    """Fix the findings of a program one after the other; return it with the number of fixes.

    Only safe fixes are applied unless ``unsafe``.
    """
    fixes = 0
    budget = Budget(MAX_STEPS)
    skipped: set[Start] = set()
    while fixes < MAX_FIXES:
        diagnostic = next(
            (
                candidate
                for candidate in reading.diagnostics
                if _at(candidate.place) not in skipped and wants(candidate, reading)
            ),
            None,
        )
        if diagnostic is None:
            break
        fix, after = next(_fixes(reading, diagnostic, budget), (None, None))
        if fix is None or after is None or not (fix.safe or unsafe):
            skipped.add(_at(diagnostic.place))
            continue
        skipped = {_moved(start, fix.edits) for start in skipped}
        reading = after
        fixes += 1
    return reading, fixes


def _fixes(
    reading: Reading, diagnostic: Diagnostic, budget: Budget
) -> Iterator[tuple[Fix, Reading]]:
    """Yield at most one fix of a finding, with the program after it: a safe one if there is one."""
    change = diagnostic.change
    if change is None or change.place.line is None or change.place.path != reading.path:
        return
    unsafe: list[tuple[Fix, Reading]] = []
    tried = candidates(reading.pieces, reading.path, change)
    for candidate in itertools.islice(tried, MAX_CANDIDATES):
        after = _reading_after(reading, candidate)
        budget.left -= reading.program.steps if after is None else after.program.steps
        if budget.left < 0:
            break
        if after is None or not _resolves(diagnostic, candidate, reading, after):
            continue
        safe = _is_safe(candidate, change, reading, after)
        fix = Fix(candidate.description, safe, candidate.edits)
        if safe:
            yield fix, after
            return
        unsafe.append((fix, after))
    yield from unsafe[:1]


def _reading_after(reading: Reading, candidate: Candidate) -> Reading | None:
    try:
        data = patched(reading.data, reading.path, candidate.edits)
        return read_text(data, reading.path, reading.at_hand, reading.tree)
    except (RnnInspectError, LookupError, ValueError):
        return None


def _resolves(
    diagnostic: Diagnostic, candidate: Candidate, before: Reading, after: Reading
) -> bool:
    """Whether the layer call is accepted now, and only what it hid before is rejected newly."""
    place = _moved(_at(diagnostic.place), candidate.edits)
    if place not in after.program.accepted:
        return False
    earlier = {
        (_moved(_at(other.place), candidate.edits), other.layer) for other in before.diagnostics
    }
    earlier.discard((place, diagnostic.layer))
    cause = (
        None if diagnostic.cause is None else _moved(_at(diagnostic.cause.place), candidate.edits)
    )
    for other in after.diagnostics:
        where = _at(other.place)
        if (where, other.layer) in earlier:
            continue
        follows = _order(where) >= _order(place) and other.layer != diagnostic.layer
        blamed = None if other.cause is None else _at(other.cause.place)
        if not follows or diagnostic.change is None or diagnostic.change.value is False:
            return False
        if cause is not None and blamed == cause:
            return False
    return True


def _is_safe(candidate: Candidate, change: Change, before: Reading, after: Reading) -> bool:
    if change.argument == "shape":
        # Data of exactly the new shape make it certain.
        return candidate.is_certain or bool(after.program.fed - before.program.fed)
    if not candidate.is_certain:
        return False
    place = _moved(_at(change.place), candidate.edits)
    return changes_nothing_else(
        before.program, after.program, place, change.value, decided=candidate.decides_iterations
    )


def _at(place: Place) -> Start:
    return place.cell, place.line, place.column


def _order(start: Start) -> tuple[int, int, int]:
    cell, line, column = start
    return cell or 0, line or 0, column or 0


def _moved(start: Start, edits: tuple[Edit, ...]) -> Start:
    """Return where a place is after edits, which insert no lines."""
    cell, line, column = start
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        if line is None or column is None or edit.cell != cell or edit.end > (line, column):
            continue
        if edit.end[0] == line:
            column += edit.start[1] + len(edit.text) - edit.end[1]
        line -= edit.end[0] - edit.start[0]
    return cell, line, column
