"""The page of a rule, from its docstring and its declarations."""

from __future__ import annotations

from rnninspect.language import ENGLISH, translated
from rnninspect.lessons.language import in_language
from rnninspect.rules.described import described

FIXES = {
    "safe": "`rnninspect check-stack --fix` mends it where what is meant is certain; "
    "`--unsafe-fixes` also where it is likely.",
    "unsafe": "`rnninspect check-stack --unsafe-fixes` mends it; look at the change with `--diff`.",
    "none": "It is mended by hand: what is meant only the author knows.",
}
MENDED = "Can it be mended?"
SEVERITY = "Severity: {severity}. In a program, `# noqa: {code}` silences the line."


def rule_page(code: str, language: str = ENGLISH) -> str:
    """The lesson of a rule, as Markdown. Raises StopIteration for a code that is not known."""
    rule = next(one for one in described() if one.code == code)
    severity = translated(SEVERITY, language).format(severity=rule.severity, code=code)
    return (
        f"# {code}: {rule.name}\n\n{in_language(rule.text, language)}\n\n"
        f"## {translated(MENDED, language)}\n{translated(FIXES[rule.fix], language)}\n\n"
        f"{severity}\n"
    )
