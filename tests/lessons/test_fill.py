from __future__ import annotations

import pytest

from rnninspect.lessons.fill import Numbers, count_of_one_gate, evaluate, fill, number_text
from rnninspect.lessons.rows import row_of

VALUES = {"units": 16, "features": 6, "timesteps": 20}
LSTM = "LSTM(units) on (timesteps, features)"


def filled(text: str, layer: str = "", language: str = "en") -> str:
    return fill(text, Numbers(VALUES, row_of(layer, VALUES) if layer else None, language))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{{units}} units", "16 units"),
        ("{{ = 4 * units }}", "64"),
        ("{{= 1000 * units}}", "16,000"),
        ("{{params: LSTM(units) on (timesteps, features)}}", "1,472"),
        ("{{formula: LSTM(units) on (timesteps, features)}}", "4 × (6 + 16 + 1) × 16"),
        ("{{symbols: LSTM(units) on (timesteps, features)}}", "4 × (features + units + 1) × units"),
        (
            "{{output: LSTM(units, return_sequences=True) on (timesteps, features)}}",
            "(None, 20, 16)",
        ),
        ("{{params: Flatten() on (timesteps, features)}}", "0"),
        ("nothing to fill in {here}", "nothing to fill in {here}"),
    ],
)
def test_a_place_gets_its_number(text: str, result: str) -> None:
    assert filled(text) == result


def test_without_a_layer_in_the_place_it_is_that_of_the_lesson() -> None:
    assert filled("{{params}} on {{input}}", LSTM) == "1,472 on (None, 20, 6)"
    assert "(None, 20, 6)  ──▶  LSTM  ──▶  (None, 16)" in filled("{{drawing}}", LSTM)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{colour}}", "'colour' is not a property"),
        ("{{params}}", "not about a layer"),
        ("{{= units ** __import__('os')}}", "cannot evaluate"),
        ("{{= 'text'}}", "cannot evaluate"),
        ("{{= unknown + 1}}", "cannot evaluate unknown"),
        ("{{params: LSTM(units) on (features,)}}", "LSTM"),
    ],
)
def test_an_unknown_place_is_an_error_of_the_lesson(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        filled(text)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("7 // 2", 3),
        ("2 ** 10", 1024),
        ("units - 1 / 4", 15.75),
    ],
)
def test_expressions_are_arithmetic(expression: str, value: float) -> None:
    assert evaluate(expression, VALUES) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(1472, "1,472"), (2.0, "2"), (0.349, "0.35"), (3.3e-5, "3.3e-05"), (6.4e8, "6.4e+08")],
)
def test_numbers_are_written_as_a_person_would(value: float, text: str) -> None:
    assert number_text(value) == text


def test_the_weights_of_a_layer_with_their_gates() -> None:
    lines = filled("{{weights}}", LSTM).splitlines()
    assert "| `kernel` (input, forget, cell, output) | (6, 64) | 384 |" in lines
    assert "| `bias` (input, forget, cell, output) | (64,) | 64 |" in lines
    assert filled("{{weights}}", "Flatten() on (timesteps, features)").startswith(
        "It holds no weights"
    )


def test_the_count_of_one_gate_and_the_columns_of_each() -> None:
    # kernel 6 × 16 = 96, recurrent kernel 16 × 16 = 256, bias 16
    assert count_of_one_gate(row_of(LSTM, VALUES)) == "96 + 256 + 16 = 368"
    assert filled("{{gates}}", LSTM).splitlines()[2:4] == [
        "| input | 368 | 0 … 15 |",
        "| forget | 368 | 16 … 31 |",
    ]


def test_tables_are_computed_from_the_numbers_after_the_colon() -> None:
    assert filled("{{powers: 0.5 2.0 over 1 3}}").splitlines()[2:] == [
        "| 0.5 | 0.50 | 0.12 |",
        "| 2.0 | 2 | 8 |",
    ]
    assert filled("{{costs: 10 1000}}").splitlines()[2:] == [
        "| 10 | 10 | 100 |",
        "| 1,000 | 1,000 | 1,000,000 |",
    ]


def test_what_is_filled_in_is_translated() -> None:
    text = filled("{{weights}}", "Flatten() on (timesteps, features)", "ko")
    assert "weights" not in text and "0" in text
