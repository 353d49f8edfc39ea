from __future__ import annotations

import pytest

from tests.rules.subjects import error_in, errors_in


@pytest.mark.parametrize(
    ("call", "help"),
    [
        ("Dense(3, activation='rellu')", "did you mean `relu`?"),
        ("Dense(3, 'sofmax')", "did you mean `softmax`?"),
        ("LSTM(3, kernel_initializer='glorot')", "pass a name that Keras knows"),
        ("Activation('zzz')", "pass a name that Keras knows"),
    ],
)
def test_a_name_is_not_known(call: str, help: str) -> None:
    error = error_in(f"layer = {call}\n")
    assert error.code == "RNN125"
    assert error.help.startswith(help)
    assert error.keras_error.startswith("ValueError: Could not interpret ")


@pytest.mark.parametrize(
    "body",
    [
        "layer = Dense(3, activation=name)\n",
        "layer = Dense(3, activation='swish')\n",
        "from keras.utils import get_custom_objects\n"
        "get_custom_objects().update({'mine': f})\nlayer = Dense(3, activation='mine')\n",
        "@saving.register_keras_serializable()\ndef mine(x):\n    return x\n"
        "layer = Dense(3, activation='mine')\n",
        "import my_activations\nlayer = Dense(3, activation='mine')\n",
    ],
)
def test_a_name_may_be_known(body: str) -> None:
    assert errors_in(body) == ()
