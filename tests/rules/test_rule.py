from __future__ import annotations

from collections.abc import Iterator

import pytest

from rnninspect.diagnostics import Severity
from rnninspect.rules.checked_file.subject import CheckedFile
from rnninspect.rules.rule import Finding, Rule, RuleSettings, rule


@rule("RNN999", Severity.WARNING, fix="unsafe", setting="max_params")
def too_long(file: CheckedFile, settings: RuleSettings) -> Iterator[Finding]:
    """A file is too long.

    ## Why is this bad?
    Nobody reads it.
    """
    yield Finding(f"{file.path}: {settings.max_params}")


@rule("RNN998", Severity.HINT)
def too_short(file: CheckedFile) -> Iterator[Finding]:
    """A file is too short."""
    yield Finding(file.path)


def test_everything_said_about_a_rule_follows_from_its_declaration() -> None:
    assert isinstance(too_long, Rule)
    assert too_long.to_dict() == {
        "code": "RNN999",
        "name": "too-long",
        "severity": "warning",
        "fix": "unsafe",
        "summary": "A file is too long.",
    }
    assert too_long.text == "A file is too long.\n\n## Why is this bad?\nNobody reads it."
    assert too_long.subject == too_short.subject == "CheckedFile"


def test_a_rule_asks_for_the_settings_or_not() -> None:
    settings = RuleSettings(max_params=5)
    assert [one.message for one in too_long.findings(CheckedFile("p.py"), settings)] == ["p.py: 5"]
    assert [one.message for one in too_short.findings(CheckedFile("p.py"), settings)] == ["p.py"]


def test_a_rule_with_a_setting_needs_it() -> None:
    assert too_long.applies(RuleSettings(max_params=5))
    assert not too_long.applies(RuleSettings(max_bytes=5))
    assert too_short.applies(RuleSettings())


def test_a_declaration_that_cannot_be_right_raises() -> None:
    with pytest.raises(ValueError, match="not a code"):
        rule("RNN1", Severity.ERROR)
    with pytest.raises(ValueError, match="no setting"):
        rule("RNN997", Severity.ERROR, setting="max_layers")
