from __future__ import annotations

from rnninspect.diagnostics import Place, Severity
from rnninspect.ir.shape import Shape
from rnninspect.rules.engine import check
from rnninspect.rules.model_in_training.subject import ModelInTraining
from rnninspect.rules.rule import Finding, Rule, RuleSettings
from tests.rules.subjects import analysed_stack

RULE = Rule("RNN998", Severity.WARNING, "none", lambda training: iter(()))


def test_a_finding_is_where_the_model_is_fed() -> None:
    model = analysed_stack("Input((20, 6)), LSTM(8), Dense(1)").analysis.model
    fed = Place("p.py", 9, 1)
    training = ModelInTraining(
        model, ("mse",), "Adam", (Shape.of(100, 20, 6),), (Shape.of(100, 1),), fed
    )
    found = training.diagnostic(Finding("odd", layer="dense"), RULE, RuleSettings())
    assert (found.place, found.model, found.layer) == (fed, "sequential", "dense")
    assert list(check(training)) == []
