"""Which earlier use a refusal goes back to."""

from __future__ import annotations

from rnninspect.dims import Shape
from rnninspect.language import said
from rnninspect.rules.finding import Finding
from rnninspect.rules.flow import Refusal, Step, recurrence_of
from rnninspect.structures import flatten


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


def dropper_of(refusal: Refusal) -> Step | None:
    """The use that took away the axis that is missing."""
    if not refusal.lacks_axes:
        return None
    for step in refusal.way:
        if step.drops_axes or (
            recurrence_of(step.operation) is not None and step.before.rank is None
        ):
            return _last_ender(refusal, step)
        if step.changes_rank:
            return None
    return None


def _last_ender(refusal: Refusal, dropper: Step) -> Step:
    """The use that would end the sequence even if the one that did end it gave it on."""
    after = refusal.way[: refusal.way.index(dropper)]
    return next((step for step in after if not step.keeps_sequences), dropper)


def source_of_rank(refusal: Refusal) -> Step | None:
    """The last use that decided how many axes there are; None where it is the input."""
    for step in refusal.way:
        if step.changes_rank or recurrence_of(step.operation) is not None:
            return step
    return None


def shapes_of(refusal: Refusal) -> str:
    """The shapes that were given, in words."""
    call = refusal.application.call
    leaves = flatten([*call.args, *call.kwargs.values()])
    return " and ".join(str(one) for one in leaves if isinstance(one, Shape))
