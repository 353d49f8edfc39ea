"""What a model exceeds: the findings of the rules on budgets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rnninspect.language import said
from rnninspect.rules.rule import Finding

if TYPE_CHECKING:  # as in subject.py
    from rnninspect.analysis.result import Total


def over_budget(name: str, total: Total, limit: int | None, what: str) -> Iterator[Finding]:
    """Yield a finding if the known part of a total is over its limit; None means unlimited."""
    if limit is None or total.value <= limit:
        return
    words = {"model": name, "count": f"{total.value:,}", "limit": f"{limit:,}", "what": what}
    if total.at_least:
        message = said("`{model}` has at least {count} {what}; {limit} are allowed", **words)
    else:
        message = said("`{model}` has {count} {what}; {limit} are allowed", **words)
    yield Finding(message, said("make the model smaller, or raise max-{what}", what=what))
