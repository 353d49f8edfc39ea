from __future__ import annotations

from rnninspect.analysis.result import Total
from rnninspect.rules.analysed_model.budget import over_budget


def test_only_more_than_the_limit_is_over_it() -> None:
    assert list(over_budget("m", Total(1000), 1000, "params")) == []
    assert list(over_budget("m", Total(1000), None, "params")) == []
    (found,) = over_budget("m", Total(1001), 1000, "params")
    assert found.message == "`m` has 1,001 params; 1,000 are allowed"
    assert found.help == "make the model smaller, or raise max-params"


def test_a_part_that_is_known_can_be_over_the_limit() -> None:
    (found,) = over_budget("m", Total(1001, at_least=True), 1000, "bytes")
    assert found.message == "`m` has at least 1,001 bytes; 1,000 are allowed"
