from __future__ import annotations

import pytest

from rnninspect.fixing.fix import read_text, with_fixes
from tests.rules.subjects import HEAD, errors_in


@pytest.mark.parametrize(
    ("shape", "fixed"), [("(20)", "20,"), ("20", "(20,)"), ("(n)", "n,"), ("n", "(n,)")]
)
def test_a_number_becomes_a_tuple(shape: str, fixed: str) -> None:
    body = f"n = 20\nm = Sequential([Dense(3, input_shape={shape})])\n"
    (error,) = with_fixes(read_text((HEAD + body).encode(), "p.py"))
    assert (error.code, error.keras_error) == (
        "RNN124",
        "ValueError: Cannot convert '20' to a shape.",
    )
    assert error.fix is not None
    assert (error.fix.safe, error.fix.edits[0].text) == (True, fixed)


def test_a_recurrent_layer_needs_more_than_a_comma() -> None:
    body = "m = Sequential([LSTM(3, input_shape=(20))])\n"
    (error,) = with_fixes(read_text((HEAD + body).encode(), "p.py"))
    assert (error.code, error.fix) == ("RNN124", None)


@pytest.mark.parametrize(
    "body",
    [
        "m = Sequential([Dense(3, input_shape=(20,))])\n",
        "m = Sequential([Dense(3, input_shape=unknown)])\n",
        "m = Sequential([Input((20,)), Dense(3, input_shape=(20))])\n",
        "Dense(3, input_shape=(20))(Input((20,)))\n",
    ],
)
def test_what_keras_3_accepts(body: str) -> None:
    assert errors_in(body) == ()
