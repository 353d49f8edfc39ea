from __future__ import annotations

import pytest

from rnninspect.diagnostics import Change, ChangeKind, Place
from rnninspect.fixing.candidates import Candidate, candidates
from rnninspect.fixing.text import patched
from rnninspect.reader.text.code import pieces_of


def place(text: str, layer: str) -> Place:
    """Return the place of a call that is written like this."""
    before, _, _ = text.partition(layer)
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    return Place("p.py", line, column, end_line=line, end_column=column + len(layer))


def proposals(text: str, layer: str, argument: str, value: object) -> list[tuple[Candidate, str]]:
    change = Change(ChangeKind(argument), value, place(text, layer))
    return [
        (candidate, patched(text.encode(), "p.py", candidate.edits).decode())
        for candidate in candidates(pieces_of(text.encode(), "p.py"), "p.py", change)
    ]


@pytest.mark.parametrize(
    ("text", "layer", "after"),
    [
        ("LSTM(4)", "LSTM(4)", "LSTM(4, return_sequences=True)"),
        (
            "LSTM(4, return_sequences=False)",
            "LSTM(4, return_sequences=False)",
            "LSTM(4, return_sequences=True)",
        ),
        (
            "Bidirectional(LSTM(4))",
            "Bidirectional(LSTM(4))",
            "Bidirectional(LSTM(4, return_sequences=True))",
        ),
        (
            "cell = GRU(4)\nBidirectional(cell)",
            "Bidirectional(cell)",
            "cell = GRU(4, return_sequences=True)\nBidirectional(cell)",
        ),
        (
            "args = {'units': 4}\nLSTM(**args)",
            "LSTM(**args)",
            "args = {'units': 4, \"return_sequences\": True}\nLSTM(**args)",
        ),
        (
            "for i in range(n + 1):\n    LSTM(4)",
            "LSTM(4)",
            "for i in range(n + 1):\n    LSTM(4, return_sequences=i < n + 1 - 1)",
        ),
        (
            "x = [LSTM(n) for n in sizes]",
            "LSTM(n)",
            "x = [LSTM(n, return_sequences=i < len(sizes) - 1) for i, n in enumerate(sizes)]",
        ),
        (
            "for a, b in zip(s, t):\n    LSTM(a)",
            "LSTM(a)",
            "for i, (a, b) in enumerate(zip(s, t)):\n    LSTM(a, return_sequences=i < len(s) - 1)",
        ),
        (
            "for j, n in enumerate((4, 2)):\n    LSTM(n)",
            "LSTM(n)",
            "for j, n in enumerate((4, 2)):\n    LSTM(n, return_sequences=j < 1)",
        ),
    ],
)
def test_return_sequences_is_first_set_where_a_person_would(
    text: str, layer: str, after: str
) -> None:
    candidate, first = proposals(text, layer, "return_sequences", True)[0]
    assert first == after
    assert candidate.decides_iterations is ("for " in text)


def test_a_new_name_for_the_index_does_not_hide_another() -> None:
    text = "i = 3\nfor n in sizes:\n    LSTM(n)\nindex = i\n"
    first = proposals(text, "LSTM(n)", "return_sequences", True)[0][1]
    assert "for iteration, n in enumerate(sizes)" in first


def test_a_parameter_is_set_by_its_callers_each_by_itself() -> None:
    text = "def f(keep=False):\n    return LSTM(4, return_sequences=keep)\nf()\nf(False)\n"
    layer = "LSTM(4, return_sequences=keep)"
    after = [result for _, result in proposals(text, layer, "return_sequences", True)]
    assert text.replace("f()\n", "f(keep=True)\n") in after
    assert text.replace("f(False)", "f(True)") in after


@pytest.mark.parametrize(
    ("text", "layer", "after"),
    [
        (
            "Sequential([LSTM(4), Flatten(), LSTM(4)])",
            "Flatten()",
            "Sequential([LSTM(4), LSTM(4)])",
        ),
        ("Sequential([LSTM(4), Flatten()])", "Flatten()", "Sequential([LSTM(4)])"),
        ("m.add(Flatten())\nm.add(LSTM(4))\n", "Flatten()", "m.add(LSTM(4))\n"),
        ("if a:\n    x = Flatten()(x)\n", "Flatten()", "if a:\n    pass\n"),
    ],
)
def test_a_layer_is_removed_from_its_list_or_with_its_statement(
    text: str, layer: str, after: str
) -> None:
    ((candidate, result),) = proposals(text, layer, "omit", None)
    assert result == after
    assert not candidate.is_certain


def test_a_layer_whose_result_has_another_name_is_not_removed() -> None:
    assert proposals("y = Flatten()(x)\n", "Flatten()", "omit", None) == []


@pytest.mark.parametrize(
    ("text", "value", "after", "is_certain"),
    [
        ("Input((20,))", "feature", "Input((20, 1))", False),
        ("Input(shape=[20])", "feature", "Input(shape=[20, 1])", False),
        ("Input(X.shape[1:])", "feature", "Input((*X.shape[1:], 1))", False),
        ("Input(X.shape)", "batch", "Input(X.shape[1:])", True),
        ("Input((None, 20, 6))", "batch", "Input((20, 6))", True),
        ("Input((len(X), 20, 6))", "batch", "Input((20, 6))", True),
        ("Input((50, 20, 6))", "batch", "Input((20, 6))", False),
    ],
)
def test_input_shapes(text: str, value: str, after: str, is_certain: bool) -> None:
    ((candidate, result),) = proposals(text, text, "shape", value)
    assert (result, candidate.is_certain) == (after, is_certain)
