from __future__ import annotations

import pytest

from rnninspect.fixing.fix import read_text, with_fixes
from rnninspect.rules.rule import RuleSettings
from tests.rules.subjects import HEAD, error_in, error_in_stack, errors_in


def test_the_name_that_was_meant_is_said() -> None:
    error = error_in_stack("Input((20, 6)), LSTM(8, return_sequence=True), LSTM(3)")
    assert (error.code, error.place.line, error.place.column) == ("RNN120", 3, 37)
    assert error.message == "LSTM has no argument `return_sequence`"
    assert error.help == "did you mean `return_sequences`?"
    assert error.keras_error == (
        "ValueError: Unrecognized keyword arguments passed to LSTM: {'return_sequence': True}"
    )


def test_nothing_is_said_of_what_follows() -> None:
    body = "x = Input((20, 6))\ny = LSTM(8, sequences=True)(x)\nLSTM(3)(y)\nDense(3)(y)\n"
    error = error_in(body)
    assert (error.code, error.place.line) == ("RNN120", 4)


def fix_of(body: str) -> tuple[str, bool] | None:
    """Return the fixed text of a program with one error, and whether the fix is safe."""
    reading = read_text((HEAD + body).encode(), "p.py")
    (error,) = with_fixes(reading)
    if error.fix is None:
        return None
    (edit,) = error.fix.edits
    (line, start), (_, end) = edit.start, edit.end
    text = (HEAD + body).split("\n")[line - 1]
    return text[: start - 1] + edit.text + text[end - 1 :], error.fix.safe


def test_a_spelling_mistake_is_renamed() -> None:
    fixed = fix_of("m = Sequential([Input((20, 6)), LSTM(8, return_sequence=True), LSTM(3)])\n")
    assert fixed == (
        "m = Sequential([Input((20, 6)), LSTM(8, return_sequences=True), LSTM(3)])",
        True,
    )


def test_a_guess_is_not_safe() -> None:
    fixed = fix_of("m = Sequential([Input((20, 6)), LSTM(8, dropout_rate=0.5)])\n")
    assert fixed == ("m = Sequential([Input((20, 6)), LSTM(8, dropout=0.5)])", False)


def test_a_name_that_is_like_no_other_has_no_fix() -> None:
    error = error_in_stack("Input((20, 6)), LSTM(8, colour='red')")
    assert (error.help, error.change) == ("remove the argument `colour`", None)


def test_a_name_that_is_given_already_is_not_proposed() -> None:
    error = error_in_stack("Input((20, 6)), LSTM(8, return_sequences=True, return_sequence=1)")
    assert "`return_sequences`?" not in error.help


@pytest.mark.parametrize(
    "layer",
    [
        "Dense(8, implementation=2)",
        "LSTM(8, implementation=2, batch_input_shape=(2, 20, 6))",
        "Dense(output_dim=8, init='uniform')",
        "Dense(units=8, init='uniform')",
        "MaxPooling1D(dim_ordering='th')",
        "LSTM(8, consume_less='gpu')",
    ],
)
def test_what_another_era_accepts_is_not_a_mistake(layer: str) -> None:
    body = f"model = Sequential([Input((20, 6)), {layer}])\n"
    assert errors_in(body) == ()
    stated = RuleSettings(keras_major=3, is_keras_stated=True)
    if "batch_input_shape" not in body:
        (error,) = errors_in(body, stated)
        assert error.code in ("RNN120", "RNN122")


def test_the_stated_version_is_quoted() -> None:
    body = "model = Sequential([Input((20, 6)), LSTM(8, return_sequence=True)])\n"
    (error,) = errors_in(body, RuleSettings(keras_major=2, is_keras_stated=True))
    assert error.keras_error == (
        "TypeError: ('Keyword argument not understood:', 'return_sequence')"
    )


@pytest.mark.parametrize(
    "body",
    [
        "layer = LSTM(8, **options)\n",
        "def make(**options):\n    return LSTM(8, **options)\n",
        "class LSTM:\n    pass\nlayer = LSTM(8, return_sequence=True)\n",
        "class Mine(LSTM):\n    pass\nlayer = Mine(8, return_sequence=True)\n",
        "try:\n    layer = LSTM(8, return_sequence=True)\nexcept Exception:\n    layer = LSTM(8)\n",
    ],
)
def test_what_is_not_certain_is_not_a_mistake(body: str) -> None:
    assert errors_in(body) == ()
