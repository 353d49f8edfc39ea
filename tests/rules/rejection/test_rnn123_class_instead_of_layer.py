from __future__ import annotations

import pytest

from rnninspect.fixing.fix import read_text, with_fixes
from tests.rules.subjects import HEAD, error_in, errors_in


@pytest.mark.parametrize(
    ("body", "keras_error"),
    [
        ("m = Sequential()\nm.add(LSTM)\n", "ValueError: Only instances of `keras.Layer`"),
        ("m = Sequential([Dense])\n", "ValueError: Only instances of `keras.Layer`"),
        ("Bidirectional(LSTM)\n", "ValueError: Please initialize `Bidirectional` layer with"),
        ("TimeDistributed(layer=Dense)\n", "ValueError: Please initialize `TimeDistributed`"),
        (
            "class Mine(Layer):\n    pass\nm = Sequential([Mine])\n",
            "ValueError: Only instances of `keras.Layer`",
        ),
    ],
)
def test_a_class_is_not_a_layer(body: str, keras_error: str) -> None:
    error = error_in(body)
    assert error.code == "RNN123"
    assert error.keras_error.startswith(keras_error)


def test_a_class_that_needs_no_argument_is_called() -> None:
    body = "m = Sequential([Input((4, 6)), Flatten, Dense(3)])\n"
    (error,) = with_fixes(read_text((HEAD + body).encode(), "p.py"))
    assert error.fix is not None
    assert (error.fix.safe, error.fix.edits[0].text) == (True, "Flatten()")


def test_a_class_that_needs_an_argument_has_no_fix() -> None:
    error = error_in("m = Sequential([LSTM])\n")
    assert (error.change, error.help) == (None, "make a layer of the class: LSTM(units)")


@pytest.mark.parametrize(
    "body",
    [
        "kinds = [Dense, Dropout]\nm = Sequential([kind(1) for kind in kinds])\n",
        "m = Sequential()\nm.add(unknown)\n",
        "m = Sequential()\ntry:\n    m.add(LSTM)\nexcept ValueError:\n    pass\n",
    ],
)
def test_other_uses_of_classes(body: str) -> None:
    assert errors_in(body) == ()
