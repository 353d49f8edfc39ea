from __future__ import annotations

from rnninspect.diagnostics import Cause, Diagnostic, Edit, Fix, Place, Position, Severity
from rnninspect.json_values import expect_list, expect_object


def test_severities_are_in_the_order_of_their_weight() -> None:
    assert list(Severity) == ["error", "warning", "hint"]


def test_a_place_outside_a_text_has_no_json() -> None:
    assert Place("m.json", config_path="config").to_dict() is None
    place = Place("n.ipynb", 3, 4, 2, round=5)
    assert place.to_dict() == {"path": "n.ipynb", "line": 3, "column": 4, "cell": 2}
    assert place.in_any_round == Place("n.ipynb", 3, 4, 2)


def test_a_diagnostic_has_the_form_of_the_contract() -> None:
    fix = Fix("do", True, (Edit("p.py", None, (3, 4), (3, 5), "x"),))
    data = Diagnostic(
        "RNN101", "name", Severity.ERROR, "message", Place("p.py", 3, 4, end_line=3, end_column=9),
        "model", "lstm", "help", [None, 16], 3, 2, Cause("a", Place("p.py", 2, 1)), fix=fix,
    ).to_dict()  # fmt: skip
    assert data["severity"] == "error"
    assert (data["line"], data["column"], data["end_line"], data["end_column"]) == (3, 4, 3, 9)
    assert (data["input_shape"], data["expected_ndim"], data["found_ndim"]) == ([None, 16], 3, 2)
    assert data["cause"] == {"layer": "a", "path": "p.py", "cell": None, "line": 2, "column": 1}
    assert data["keras_error"] is None
    (edit,) = expect_list(expect_object(data["fix"])["edits"])
    assert edit == {"path": "p.py", "cell": None, "start": [3, 4], "end": [3, 5], "text": "x"}


def test_what_is_not_there_is_null() -> None:
    data = Diagnostic("RNN901", "name", Severity.HINT, "message", Place("p.py")).to_dict()
    assert data["fix"] is data["cause"] is data["verified"] is None


def test_positions_come_in_the_order_of_reading() -> None:
    places = [
        Place("b.py", 1, 1),
        Place("a.ipynb", 9, 1, cell=1),
        Place("a.ipynb", 2, 5, cell=2),
        Place("a.ipynb", 2, 3, cell=2),
        Place("a.ipynb"),
        Place(),
    ]
    assert [place.position for place in sorted(places, key=lambda place: place.position)] == [
        Position(),
        Position("a.ipynb"),
        Position("a.ipynb", 1, 9, 1),
        Position("a.ipynb", 2, 2, 3),
        Position("a.ipynb", 2, 2, 5),
        Position("b.py", 0, 1, 1),
    ]
