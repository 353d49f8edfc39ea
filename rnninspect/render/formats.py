"""The formats of check-stack, by name; each renderer is imported only where it is asked for."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from rnninspect.linting.result import CheckResult


class Format(NamedTuple):
    """A format of findings: where its renderer is, and who reads it."""

    renderer: str
    """``module:function`` below ``rnninspect.render``."""
    is_for_people: bool = False
    """Whether it is printed with colours and in the user's language, with a closing line."""
    shows_fixes: bool = False

    @property
    def render(self) -> Any:
        """The function ``(CheckResult) -> str``; for people, ``(Printer, CheckResult) -> None``."""
        module, _, name = self.renderer.partition(":")
        return getattr(importlib.import_module(f"rnninspect.render.{module}"), name)


FORMATS: Mapping[str, Format] = {
    "full": Format("findings:show_full", is_for_people=True, shows_fixes=True),
    "concise": Format("findings:show_concise", is_for_people=True),
    "json": Format("formats:as_json", shows_fixes=True),
    "sarif": Format("sarif:as_sarif", shows_fixes=True),
    "github": Format("ci:as_github"),
    "gitlab": Format("ci:as_gitlab"),
    "junit": Format("ci:as_junit"),
}


def as_json(result: CheckResult) -> str:
    """Return the JSON of the contract."""
    return json.dumps(result.to_dict(), indent=2, ensure_ascii=False)
