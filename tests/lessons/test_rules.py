from __future__ import annotations

import pytest

from rnninspect.lessons.rules import FIXES, rule_page
from rnninspect.rules.registry import codes, load_rule


@pytest.mark.parametrize("code", codes())
def test_a_page_is_the_docstring_with_severity_and_fix(code: str) -> None:
    rule, page = load_rule(code), rule_page(code)
    assert page.startswith(f"# {code}: {rule.name}\n\n{rule.summary}\n")
    assert "## Why is this bad?" in page and "## Example" in page and "## Use instead" in page
    assert f"## Can it be fixed?\n{FIXES[rule.fix]}\n" in page
    assert page.endswith(
        f"Severity: {rule.severity}. In a program, `# noqa: {code}` silences the line.\n"
    )


def test_a_page_in_another_language_keeps_the_code() -> None:
    page = rule_page("RNN101", "ko")
    assert "## 자동으로 수정할 수 있는가?" in page
    assert "SimpleRNN(16, return_sequences=True), LSTM(32)" in page


def test_a_code_without_a_rule_raises() -> None:
    with pytest.raises(KeyError):
        rule_page("RNN999")
