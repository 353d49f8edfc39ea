"""RNN5xx: what a model may weigh."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.analysis.analyse import Total, analyse
from rnninspect.diagnostics import Diagnostic, Severity
from rnninspect.ir.model import Model
from rnninspect.language import said


def too_many_params() -> None:
    """A model has more parameters than the settings allow.

    ## Why is this bad?
    The project sets `max-params`, most often because a device or a service has no room for more.
    Only what is known is counted: a model of which a part is not known is reported when the known
    part alone is too large.

    ## What to do
    Use fewer units, a GRU instead of an LSTM (three quarters of the weights), or raise `max-params`
    in `[tool.rnninspect]`.
    """


def too_many_bytes() -> None:
    """The weights of a model take more bytes than the settings allow.

    ## Why is this bad?
    The project sets `max-bytes`, most often because a device or a service has no room for more.

    ## What to do
    Use fewer units or a smaller dtype, or raise `max-bytes` in `[tool.rnninspect]`.
    """


BUDGETS = {"RNN501": too_many_params, "RNN502": too_many_bytes}
"""The rules by code; they hold where the settings state a budget."""


def over_budget(
    model: Model, max_params: int | None, max_bytes: int | None
) -> Iterator[Diagnostic]:
    """Which budgets a model exceeds by what is known of it."""
    if max_params is None and max_bytes is None:
        return
    analysis = analyse(model)
    for code, total, limit, what in (
        ("RNN501", analysis.total, max_params, "params"),
        ("RNN502", analysis.bytes, max_bytes, "bytes"),
    ):
        if limit is None or total.value <= limit:
            continue
        yield Diagnostic(
            code=code,
            name=BUDGETS[code].__name__.replace("_", "-"),
            severity=Severity.ERROR,
            message=_too_much(analysis.name, total, limit, what),
            place=model.place,
            model=model.name,
            help=said("make the model smaller, or raise max-{what}", what=what),
        )


def _too_much(name: str, total: Total, limit: int, what: str) -> str:
    given = {"model": name, "count": f"{total.value:,}", "limit": f"{limit:,}", "what": what}
    if total.at_least:
        return said("`{model}` has at least {count} {what}; {limit} are allowed", **given)
    return said("`{model}` has {count} {what}; {limit} are allowed", **given)
