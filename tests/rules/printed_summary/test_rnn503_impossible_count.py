from __future__ import annotations

from rnninspect.rules.engine import check
from tests.rules.printed_summary.table import summary_of

LSTM = ("lstm (LSTM)", "(None, 32)", 6272)


def test_a_count_that_some_arguments_explain_is_possible() -> None:
    """(32 + 1) × 1 = 33 with a bias, 32 without one."""
    for count in (33, 32):
        assert list(check(summary_of(LSTM, ("dense (Dense)", "(None, 1)", count)))) == []


def test_a_count_that_nothing_explains_is_an_error_with_what_would() -> None:
    (found,) = check(summary_of(LSTM, ("dense (Dense)", "(None, 1)", 40)))
    assert (found.code, found.layer) == ("RNN503", "dense")
    assert found.message == "`dense` (Dense) cannot have 40 parameters here"
    assert found.help.startswith("it would be right for an input of width 39")  # 39 + 1


def test_each_row_is_a_finding_of_its_own() -> None:
    rows = [("dense (Dense)", "(None, 1)", 40), ("drop (Dropout)", "(None, 1)", 7)]
    found = list(check(summary_of(LSTM, *rows)))
    assert [one.layer for one in found] == ["dense", "drop"]
    assert found[1].help == "Dropout has no weights: 0"
