"""The page of a rule, from its docstring and its declaration."""

from __future__ import annotations

from collections.abc import Mapping

from rnninspect.language import ENGLISH, translated
from rnninspect.lessons.language import in_language
from rnninspect.rules.registry import load_rule
from rnninspect.rules.rule import Fixability

FIXES: Mapping[Fixability, str] = {
    "safe": "`rnninspect check-stack --fix` fixes it where what is meant is certain; "
    "`--unsafe-fixes` also where it is likely.",
    "unsafe": "`rnninspect check-stack --unsafe-fixes` fixes it; look at the change with `--diff`.",
    "none": "It has to be fixed by hand: only the author can decide what is meant.",
}
FIXABLE = "Can it be fixed?"
SEVERITY = "Severity: {severity}. In a program, `# noqa: {code}` silences the line."


def rule_page(code: str, language: str = ENGLISH) -> str:
    """Return the lesson of a rule, as Markdown. Raises KeyError for a code that no rule has."""
    rule = load_rule(code)
    severity = translated(SEVERITY, language).format(severity=rule.severity, code=code)
    return (
        f"# {code}: {rule.name}\n\n{in_language(rule.text, language)}\n\n"
        f"## {translated(FIXABLE, language)}\n{translated(FIXES[rule.fix], language)}\n\n"
        f"{severity}\n"
    )
