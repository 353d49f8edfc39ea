"""The page of a rule, from its docstring and its declarations."""

from __future__ import annotations

from rnninspect.rules.described import described

_FIXES = {
    "safe": "`rnninspect check-stack --fix` mends it where what is meant is certain; "
    "`--unsafe-fixes` also where it is likely.",
    "unsafe": "`rnninspect check-stack --unsafe-fixes` mends it; look at the change with `--diff`.",
    "none": "It is mended by hand: what is meant only the author knows.",
}


def rule_page(code: str) -> str:
    """The lesson of a rule, as Markdown. Raises KeyError for a code that is not known."""
    rule = next(one for one in described() if one.code == code)
    return (
        f"# {code}: {rule.name}\n\n{rule.text}\n\n## Can it be mended?\n"
        f"{_FIXES[rule.fix]}\n\nSeverity: {rule.severity}. "
        f"In a program, `# noqa: {code}` silences the line.\n"
    )
