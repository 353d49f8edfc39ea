from __future__ import annotations

from rnninspect.rules.analysed_model.rnn501_too_many_params import too_many_params
from rnninspect.rules.rule import RuleSettings
from tests.rules.subjects import analysed_stack


def test_the_parameters_of_the_whole_model_count() -> None:
    """4 × (6 + 8 + 1) × 8 + (8 + 1) × 2 = 480 + 18 = 498."""
    model = analysed_stack("Input((20, 6)), LSTM(8), Dense(2)")
    assert list(too_many_params.findings(model, RuleSettings(max_params=498))) == []
    (found,) = too_many_params.findings(model, RuleSettings(max_params=497))
    assert found.message == "`sequential` has 498 params; 497 are allowed"
    assert not too_many_params.applies(RuleSettings(max_bytes=1))
