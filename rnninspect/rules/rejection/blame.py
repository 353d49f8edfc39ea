"""Which earlier layer call a rejection goes back to."""

from __future__ import annotations

from rnninspect.diagnostics import Cause, Change, Place
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten
from rnninspect.language import said
from rnninspect.rules.rejection.subject import Rejection, Step, recurrence_of
from rnninspect.rules.rule import Finding


def finding_about(
    cause: Step | None, message: str, advice: str, advice_to: str, change: Change
) -> Finding:
    """Return a finding whose cause, if it is a recurrent layer, is the place of the change.

    ``advice_to`` is a template with a place for that ``layer``.
    """
    if cause is None:
        return Finding(message, advice)
    label = said("returns {shape}", shape=cause.after)
    if recurrence_of(cause.operation) is None:
        return Finding(message, advice, cause_of(cause, label))
    advice = said(advice_to, layer=cause.node.layer)
    return Finding(message, advice, cause_of(cause, label), change)


def cause_of(step: Step, label: str) -> Cause:
    """Return a layer call as a cause, at the place where its layer is made if that is known."""
    node = step.node
    return Cause(node.layer, node.made_at if node.made_at != Place() else node.place, label)


def dropper_of(rejection: Rejection) -> Step | None:
    """Return the layer call that took away the axis that is missing; None if nothing did."""
    if not rejection.lacks_axes:
        return None
    for step in rejection.upstream:
        if step.drops_axes or (
            recurrence_of(step.operation) is not None and step.before.rank is None
        ):
            return _last_dropper(rejection, step)
        if step.changes_rank:
            return None
    return None


def _last_dropper(rejection: Rejection, dropper: Step) -> Step:
    """Return the last layer call that would end the sequence even if the earlier ones kept it."""
    after = rejection.upstream[: rejection.upstream.index(dropper)]
    return next((step for step in after if not step.keeps_sequences), dropper)


def source_of_rank(rejection: Rejection) -> Step | None:
    """Return the last layer call that decided the number of axes; None if it is the input's."""
    for step in rejection.upstream:
        if step.changes_rank or recurrence_of(step.operation) is not None:
            return step
    return None


def shapes_of(rejection: Rejection) -> str:
    """Return the shapes of all inputs in words."""
    call = rejection.application.call
    leaves = flatten([*call.args, *call.kwargs.values()])
    return " and ".join(str(leaf) for leaf in leaves if isinstance(leaf, Shape))
