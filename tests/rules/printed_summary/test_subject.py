from __future__ import annotations

from rnninspect.diagnostics import Place, Severity
from rnninspect.rules.rule import Finding, Rule, RuleSettings
from tests.rules.printed_summary.table import summary_of

RULE = Rule("RNN998", Severity.WARNING, "none", lambda summary: iter(()))


def test_a_finding_has_the_file_and_the_layer() -> None:
    summary = summary_of(("lstm (LSTM)", "(None, 32)", 6272))
    found = summary.diagnostic(Finding("odd", layer="lstm"), RULE, RuleSettings())
    assert (found.place, found.layer, found.model) == (Place("log.txt"), "lstm", "model")
    assert found.severity is Severity.WARNING
