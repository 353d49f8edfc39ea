"""check: a model becomes its diagnostics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rnninspect.diagnostics import Cause, Change, Diagnostic, Place, Severity
from rnninspect.ir.model import Model
from rnninspect.ir.structures import sizes_of
from rnninspect.rules.flow import Rejection, rejections
from rnninspect.rules.shapes import RULES
from rnninspect.rules.words import as_installed

if TYPE_CHECKING:
    from rnninspect.sources.python.read import Program


def check_model(model: Model) -> Iterator[Diagnostic]:
    """What Keras would reject in a model: one diagnostic for each mistake."""
    for rejection in rejections(model):
        yield _diagnostic(rejection)


def check_program(program: Program) -> tuple[Diagnostic, ...]:
    """What Keras would reject in a program, each mistake once."""
    found = [one for model in program.rejected for one in check_model(model)]
    return tuple({(one.place.in_any_round, one.code): one for one in found}.values())


def _diagnostic(rejection: Rejection) -> Diagnostic:
    said = ((code, rule, rule(rejection)) for code, rule in RULES.items())
    code, rule, finding = next(one for one in said if one[2] is not None)
    assert finding is not None
    cause = None
    if finding.cause is not None:
        node = finding.cause.node
        made = node.made_at if node.made_at != Place() else node.place
        cause = Cause(node.layer, made, finding.cause_label)
    change = None
    if finding.change is not None:
        argument, value = finding.change
        change = Change(argument, value, rejection.node.place if cause is None else cause.place)
    return Diagnostic(
        code=code,
        name=rule.__name__.replace("_", "-"),
        severity=Severity.ERROR,
        message=finding.message,
        place=rejection.node.place,
        model=rejection.model.name,
        layer=rejection.node.layer,
        help=finding.help,
        input_shape=sizes_of(rejection.found),
        expected_ndim=rejection.rejected.expected_ndim,
        found_ndim=rejection.rejected.found_ndim,
        cause=cause,
        keras_error=f"ValueError: {as_installed(rejection.rejected.message)}",
        flow=tuple(_flow(rejection)),
        change=change,
    )


def _flow(rejection: Rejection) -> Iterator[str]:
    """The shapes from the input to the failure, as words to be joined by arrows."""
    way = tuple(reversed(rejection.way))
    yield str(way[0].before if way else rejection.found)
    for step in way:
        yield step.node.layer
        yield str(step.after)
    yield rejection.node.layer
