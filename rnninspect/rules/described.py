"""described: the rules as their docstrings and declarations tell them."""

from __future__ import annotations

import inspect
from typing import NamedTuple

from rnninspect.diagnostics import Severity
from rnninspect.rules.shapes import FIXED, RULES


class Rule(NamedTuple):
    """One rule in words."""

    code: str
    name: str
    severity: str
    fix: str
    """``safe``: --fix mends it where it is certain; ``unsafe``: --unsafe-fixes; else ``none``."""
    summary: str


def described() -> tuple[Rule, ...]:
    """All rules, by code."""
    return tuple(
        Rule(
            code,
            rule.__name__.replace("_", "-"),
            str(Severity.ERROR),
            FIXED.get(code, "none"),
            (inspect.getdoc(rule) or "").partition("\n")[0],
        )
        for code, rule in sorted(RULES.items())
    )
