"""A comparison as data."""

from __future__ import annotations

from rnninspect.comparison.compare import Against, ComparedRow, Comparison, Status, skipped

SAME = ComparedRow("a", 3, 3, agrees=True)
OTHER = ComparedRow("b", 3, 4, agrees=False, differs_in="params")


def test_rows_and_totals_that_differ_are_disagreements() -> None:
    comparison = Comparison(Against.KERAS, Status.DISAGREE, rows=(SAME, OTHER), totals=(OTHER,))
    assert comparison.disagreements == (OTHER, OTHER)


def test_the_form_of_the_contract() -> None:
    comparison = Comparison(Against.STORED, Status.DISAGREE, None, None, 7, (SAME, OTHER))
    assert comparison.to_dict() == {
        "against": "stored weights",
        "engine": None,
        "status": "disagree",
        "reason": None,
        "params": 7,
        "rows": [
            {"layer": "a", "ours": 3, "theirs": 3},
            {"layer": "b", "ours": 3, "theirs": 4, "differs_in": "params"},
        ],
        "totals": [],
    }


def test_what_was_not_compared_has_a_reason() -> None:
    comparison = skipped(Against.KERAS, "Keras is not installed", "keras 3")
    assert comparison[:4] == ("keras", "skipped", "keras 3", "Keras is not installed")
    assert comparison.disagreements == ()
