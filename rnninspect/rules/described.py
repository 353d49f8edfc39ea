"""described: the rules as their docstrings and declarations tell them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from rnninspect.diagnostics import Severity
from rnninspect.rules.budgets import BUDGETS
from rnninspect.rules.confidence import CONFIDENCE
from rnninspect.rules.printed import impossible_count
from rnninspect.rules.shapes import FIXED, RULES

EVERY: Mapping[str, Callable[..., Any]] = {
    **RULES,
    **BUDGETS,
    "RNN503": impossible_count,
    **CONFIDENCE,
}
CODES = tuple(sorted(EVERY))
_SEVERITIES = {"RNN9": Severity.HINT}
"""Of families that are not errors."""


class Rule(NamedTuple):
    """One rule in words."""

    code: str
    name: str
    severity: str
    fix: str
    """``safe``: --fix mends it where it is certain; ``unsafe``: --unsafe-fixes; else ``none``."""
    summary: str
    text: str
    """The whole documentation, in Markdown."""

    def to_dict(self) -> dict[str, Any]:
        """The form of ``rnninspect rules --format json``."""
        return {key: value for key, value in self._asdict().items() if key != "text"}


def described() -> tuple[Rule, ...]:
    """All rules, by code."""
    return tuple(_rule(code, inspect.getdoc(EVERY[code]) or "") for code in CODES)


def _rule(code: str, text: str) -> Rule:
    return Rule(
        code,
        EVERY[code].__name__.replace("_", "-"),
        str(_SEVERITIES.get(code[:4], Severity.ERROR)),
        FIXED.get(code, "none"),
        text.partition("\n")[0],
        text,
    )
