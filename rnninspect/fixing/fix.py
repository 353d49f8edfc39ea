"""Fixes: edits for an error, each tried by reading the edited program again."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rnninspect.diagnostics import Change, ChangeKind, Diagnostic, Edit, Fix, Place, Severity
from rnninspect.errors import RnnInspectError
from rnninspect.fixing.candidates import Candidate, candidates
from rnninspect.fixing.constructor_calls import OF_CALLS
from rnninspect.fixing.effects import Start, changes_nothing_else, keeps_models
from rnninspect.fixing.text import patched
from rnninspect.reader.program import Program, read_program
from rnninspect.reader.text.code import Piece, pieces_of
from rnninspect.reader.tree import Tree
from rnninspect.rules.evidence import with_evidence
from rnninspect.rules.models import check_layer_calls
from rnninspect.rules.rule import DEFAULT_SETTINGS, RuleSettings

MAX_CANDIDATES = 40
MAX_STEPS = 1_500_000
"""Expressions and statements looked at in all the fixed programs that are read for one file."""
MAX_FIXES = 100
"""How many findings of one file are fixed one after the other."""


class Reading(NamedTuple):
    """A program as bytes, as text that parses, as models, and what Keras rejects in it.

    What other rules find in it is not here: a warning never blocks the fix of an error.
    """

    data: bytes
    path: str
    pieces: tuple[Piece, ...]
    program: Program
    errors: tuple[Diagnostic, ...]
    at_hand: tuple[str, ...] = ()
    tree: Tree | None = None
    settings: RuleSettings = DEFAULT_SETTINGS


def read_text(
    data: bytes,
    path: str,
    at_hand: tuple[str, ...] = (),
    tree: Tree | None = None,
    settings: RuleSettings = DEFAULT_SETTINGS,
) -> Reading:
    """Read a program and find what Keras would reject in it.

    Raises UnreadableSource or TooLarge.
    """
    pieces = pieces_of(data, path)
    program = read_program(
        pieces,
        path,
        at_hand=at_hand,
        tree=tree,
        keras_major=settings.keras_major,
        is_keras_stated=settings.is_keras_stated,
    )
    errors = tuple(with_evidence(_errors_of(program, settings), pieces, data, path))
    return Reading(data, path, pieces, program, errors, at_hand, tree, settings)


class Effort:
    """How many steps of the reader may still be spent on trying edits."""

    def __init__(self, steps: int) -> None:
        self.left = steps


def _errors_of(program: Program, settings: RuleSettings) -> tuple[Diagnostic, ...]:
    """Return what Keras would reject in a program, each mistake once."""
    errors: dict[tuple[Place, str], Diagnostic] = {}
    for model in program.rejected:
        for error in check_layer_calls(model, settings):
            errors[error.place.in_any_round, error.code] = error
    return tuple(errors.values())


def with_fixes(reading: Reading) -> tuple[Diagnostic, ...]:
    """Return the errors of a program, each with its fix if there is one."""
    effort = Effort(MAX_STEPS)
    return tuple(
        error._replace(fix=next((fix for fix, _ in _fixes(reading, error, effort)), None))
        for error in reading.errors
    )


def apply_fixes(
    reading: Reading,
    *,
    unsafe: bool = False,
    wants: Callable[[Diagnostic, Reading], bool] = lambda *_: True,
) -> tuple[Reading, int]:
    """Fix the errors of a program one after the other; return the program and how many were fixed.

    Only safe fixes are made unless ``unsafe``.
    """
    made = 0
    effort = Effort(MAX_STEPS)
    left: set[Start] = set()
    while made < MAX_FIXES:
        error = next(
            (e for e in reading.errors if _at(e.place) not in left and wants(e, reading)), None
        )
        if error is None:
            break
        fix, after = next(_fixes(reading, error, effort), (None, None))
        if fix is None or after is None or not (fix.safe or unsafe):
            left.add(_at(error.place))
            continue
        left = {_moved(start, fix.edits) for start in left}
        reading = after
        made += 1
    return reading, made


def _fixes(reading: Reading, error: Diagnostic, effort: Effort) -> Iterator[tuple[Fix, Reading]]:
    """Yield a fix of an error with the fixed program: a safe one if there is one."""
    change = error.change
    if change is None or change.place.line is None or change.place.path != reading.path:
        return
    unsafe: list[tuple[Fix, Reading]] = []
    tried = candidates(reading.pieces, reading.path, change)
    for candidate in itertools.islice(tried, MAX_CANDIDATES):
        after = _tried(reading, candidate)
        effort.left -= reading.program.steps if after is None else after.program.steps
        if effort.left < 0:
            break
        if after is None or not _resolves(error, candidate, reading, after):
            continue
        # What ran as it is needs no fix: its output would be another one.
        is_certain = error.severity is Severity.ERROR
        safe = is_certain and _is_safe(candidate, change, reading, after)
        fix = Fix(candidate.description, safe, candidate.edits)
        if safe:
            yield fix, after
            return
        unsafe.append((fix, after))
    yield from unsafe[:1]


def _tried(reading: Reading, candidate: Candidate) -> Reading | None:
    try:
        data = patched(reading.data, reading.path, candidate.edits)
        return read_text(data, reading.path, reading.at_hand, reading.tree, reading.settings)
    except (RnnInspectError, LookupError, ValueError):
        return None


def _resolves(error: Diagnostic, candidate: Candidate, before: Reading, after: Reading) -> bool:
    """Whether the layer call is accepted now, and no other is rejected that was not hidden."""
    place = _moved(_at(error.place), candidate.edits)
    if error.change is not None and error.change.kind in OF_CALLS:
        # A class that is passed is no constructor call before it is fixed.
        if error.change.kind != "call" and place not in after.program.constructed:
            return False
    elif place not in after.program.accepted:
        return False
    earlier = {(_moved(_at(other.place), candidate.edits), other.layer) for other in before.errors}
    earlier.discard((place, error.layer))
    cause = None if error.cause is None else _moved(_at(error.cause.place), candidate.edits)
    for other in after.errors:
        where = _at(other.place)
        if (where, other.layer) in earlier:
            continue
        follows = _order(where) >= _order(place) and other.layer != error.layer
        blamed = None if other.cause is None else _at(other.cause.place)
        if not follows or error.change is None or error.change.value is False:
            return False
        if cause is not None and blamed == cause:
            return False
    return True


def _is_safe(candidate: Candidate, change: Change, before: Reading, after: Reading) -> bool:
    if change.kind is ChangeKind.SHAPE:
        # Data of just the fixed shape make it certain.
        return candidate.is_certain or bool(after.program.fed - before.program.fed)
    if not candidate.is_certain:
        return False
    if change.kind in OF_CALLS:
        return len(after.errors) < len(before.errors) and keeps_models(
            before.program, after.program
        )
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
    """Return where a start is after edits, which insert no lines."""
    cell, line, column = start
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        if line is None or column is None or edit.cell != cell or edit.end > (line, column):
            continue
        if edit.end[0] == line:
            column += edit.start[1] + len(edit.text) - edit.end[1]
        line -= edit.end[0] - edit.start[0]
    return cell, line, column
