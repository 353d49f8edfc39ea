"""fix_of and mend: a finding becomes a fix that was tried by reading the mended program."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rnninspect.diagnostics import Change, Diagnostic, Edit, Fix, Place
from rnninspect.errors import RnnInspectError
from rnninspect.fixing.candidates import Candidate, candidates
from rnninspect.fixing.effects import changes_nothing_else
from rnninspect.fixing.text import patched
from rnninspect.reader.code import Piece, pieces_of
from rnninspect.rules.check import check_program
from rnninspect.sources.python.modules import Tree
from rnninspect.sources.python.read import Program, read_program
from rnninspect.sources.python.run import Budget

MAX_CANDIDATES = 40
MAX_STEPS = 1_500_000
"""Expressions and statements looked at in all the mended programs that are read for one file."""
MAX_FIXES = 100
"""How many findings of one file are mended one after the other."""

Start = tuple[int | None, int | None, int | None]


class Reading(NamedTuple):
    """A program as bytes, as text that parses, as models, and what is wrong with them."""

    data: bytes
    path: str
    pieces: tuple[Piece, ...]
    program: Program
    found: tuple[Diagnostic, ...]
    at_hand: tuple[str, ...] = ()
    tree: Tree | None = None


def read_text(
    data: bytes, path: str, at_hand: tuple[str, ...] = (), tree: Tree | None = None
) -> Reading:
    """Follow a program and find what Keras would reject in it.

    Raises UnreadableSource or TooLarge.
    """
    pieces = pieces_of(data, path)
    program = read_program(pieces, path, at_hand=at_hand, tree=tree)
    return Reading(data, path, pieces, program, check_program(program), at_hand, tree)


def with_fixes(reading: Reading) -> tuple[Diagnostic, ...]:
    """The findings of a program, each with the fix that mends it, if there is one."""
    effort = Budget(MAX_STEPS)
    return tuple(
        one._replace(fix=next((fix for fix, _ in _fixes(reading, one, effort)), None))
        for one in reading.found
    )


def mend(
    reading: Reading,
    *,
    unsafe: bool = False,
    wants: Callable[[Diagnostic, Reading], bool] = lambda *_: True,
) -> tuple[Reading, int]:
    """A program after the fixes of its findings, one after the other, and how many there were.

    Only safe fixes are made unless ``unsafe``.
    """
    made = 0
    effort = Budget(MAX_STEPS)
    left: set[Start] = set()
    while made < MAX_FIXES:
        found = next(
            (one for one in reading.found if _at(one.place) not in left and wants(one, reading)),
            None,
        )
        if found is None:
            break
        fix, after = next(_fixes(reading, found, effort), (None, None))
        if fix is None or after is None or not (fix.safe or unsafe):
            left.add(_at(found.place))
            continue
        left = {_moved(one, fix.edits) for one in left}
        reading = after
        made += 1
    return reading, made


def _fixes(reading: Reading, one: Diagnostic, effort: Budget) -> Iterator[tuple[Fix, Reading]]:
    """The fix that mends a finding: a safe one if there is one."""
    change = one.change
    if change is None or change.place.line is None or change.place.path != reading.path:
        return
    unsafe: list[tuple[Fix, Reading]] = []
    tried = candidates(reading.pieces, reading.path, change)
    for candidate in itertools.islice(tried, MAX_CANDIDATES):
        after = _tried(reading, candidate)
        effort.left -= reading.program.steps if after is None else after.program.steps
        if effort.left < 0:
            break
        if after is None or not _mends(one, candidate, reading, after):
            continue
        safe = _is_safe(candidate, change, reading, after)
        fix = Fix(candidate.description, safe, candidate.edits)
        if safe:
            yield fix, after
            return
        unsafe.append((fix, after))
    yield from unsafe[:1]


def _tried(reading: Reading, candidate: Candidate) -> Reading | None:
    try:
        data = patched(reading.data, reading.path, candidate.edits)
        return read_text(data, reading.path, reading.at_hand, reading.tree)
    except (RnnInspectError, LookupError, ValueError):
        return None


def _mends(one: Diagnostic, candidate: Candidate, before: Reading, after: Reading) -> bool:
    """Whether the use is accepted now, and nothing is rejected that was not hidden before."""
    place = _moved(_at(one.place), candidate.edits)
    if place not in after.program.accepted:
        return False
    known = {(_moved(_at(other.place), candidate.edits), other.layer) for other in before.found}
    known.discard((place, one.layer))
    cause = None if one.cause is None else _moved(_at(one.cause.place), candidate.edits)
    for other in after.found:
        where = _at(other.place)
        if (where, other.layer) in known:
            continue
        follows = _order(where) >= _order(place) and other.layer != one.layer
        blamed = None if other.cause is None else _at(other.cause.place)
        if not follows or one.change is None or one.change.value is False:
            return False
        if cause is not None and blamed == cause:
            return False
    return True


def _is_safe(candidate: Candidate, change: Change, before: Reading, after: Reading) -> bool:
    if change.argument == "shape":
        # Data of just the mended shape make it certain.
        return candidate.is_certain or bool(after.program.fed - before.program.fed)
    if not candidate.is_certain:
        return False
    place = _moved(_at(change.place), candidate.edits)
    return changes_nothing_else(
        before.program, after.program, place, change.value, decided=candidate.decides_rounds
    )


def _at(place: Place) -> Start:
    return place.cell, place.line, place.column


def _order(start: Start) -> tuple[int, int, int]:
    cell, line, column = start
    return cell or 0, line or 0, column or 0


def _moved(start: Start, edits: tuple[Edit, ...]) -> Start:
    """Where something stands after edits, which put in no lines."""
    cell, line, column = start
    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        if line is None or column is None or edit.cell != cell or edit.end > (line, column):
            continue
        if edit.end[0] == line:
            column += edit.start[1] + len(edit.text) - edit.end[1]
        line -= edit.end[0] - edit.start[0]
    return cell, line, column
