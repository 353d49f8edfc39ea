from __future__ import annotations

from rnninspect.rules.analysed_model.rnn502_too_many_bytes import too_many_bytes
from rnninspect.rules.rule import RuleSettings
from tests.rules.subjects import analysed_stack


def test_the_bytes_of_the_weights_count_in_their_dtype() -> None:
    """(6 + 1) × 2 = 14 numbers: 56 bytes as float32."""
    model = analysed_stack("Input((6,)), Dense(2)")
    assert list(too_many_bytes.findings(model, RuleSettings(max_bytes=56))) == []
    (found,) = too_many_bytes.findings(model, RuleSettings(max_bytes=55))
    assert found.message == "`sequential` has 56 bytes; 55 are allowed"
    assert not too_many_bytes.applies(RuleSettings(max_params=1))
