"""Which earlier use a rejection goes back to."""

from __future__ import annotations

from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten
from rnninspect.language import said
from rnninspect.rules.finding import Finding
from rnninspect.rules.flow import Rejection, Step, recurrence_of


def blaming(
    cause: Step | None, message: str, advice: str, advice_to: str, change: tuple[str, bool]
) -> Finding:
    """A finding whose cause, if it is a recurrent layer, can be told what to return.

    ``advice_to`` is a template with a place for that ``layer``.
    """
    if cause is None:
        return Finding(message, advice)
    if recurrence_of(cause.operation) is None:
        return Finding(message, advice, cause, said("gives {shape}", shape=cause.after))
    advice = said(advice_to, layer=cause.node.layer)
    return Finding(message, advice, cause, said("gives {shape}", shape=cause.after), change)


def dropper_of(rejection: Rejection) -> Step | None:
    """The use that took away the axis that is missing."""
    if not rejection.lacks_axes:
        return None
    for step in rejection.way:
        if step.drops_axes or (
            recurrence_of(step.operation) is not None and step.before.rank is None
        ):
            return _last_ender(rejection, step)
        if step.changes_rank:
            return None
    return None


def _last_ender(rejection: Rejection, dropper: Step) -> Step:
    """The use that would end the sequence even if the one that did end it gave it on."""
    after = rejection.way[: rejection.way.index(dropper)]
    return next((step for step in after if not step.keeps_sequences), dropper)


def source_of_rank(rejection: Rejection) -> Step | None:
    """The last use that decided how many axes there are; None where it is the input."""
    for step in rejection.way:
        if step.changes_rank or recurrence_of(step.operation) is not None:
            return step
    return None


def shapes_of(rejection: Rejection) -> str:
    """The shapes that were given, in words."""
    call = rejection.application.call
    leaves = flatten([*call.args, *call.kwargs.values()])
    return " and ".join(str(one) for one in leaves if isinstance(one, Shape))
