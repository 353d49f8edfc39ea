from __future__ import annotations

import pytest

from rnninspect.layers.convolution import Conv2D
from rnninspect.reader.program import Program, read_program
from rnninspect.reader.text.code import pieces_of

PLAIN = "from keras.models import Sequential\nfrom keras.layers import *\n"
TENSORFLOW = "from tensorflow.keras import Sequential\nfrom tensorflow.keras.layers import *\n"


def program_of(text: str, keras_major: int | None = 3) -> Program:
    return read_program(pieces_of(text.encode(), "p.py"), "p.py", keras_major=keras_major)


def convolution_in(text: str) -> Conv2D:
    """Return the convolution of the only model of a program."""
    (model,) = program_of(text).models
    (layer,) = (layer for layer in model.layers.values() if isinstance(layer, Conv2D))
    return layer


def as_tuple(size: object) -> object:
    """Return the sizes of a window as a tuple; one number stands for all."""
    return tuple(size) if isinstance(size, list) else size


@pytest.mark.parametrize(
    ("head", "layer", "window", "strides"),
    [
        (PLAIN, "Convolution2D(16, 3, 3, input_shape=(9, 9, 1))", (3, 3), (1, 1)),
        (PLAIN, "Conv2D(16, 3, 3, border_mode='same', input_shape=(9, 9, 1))", (3, 3), (1, 1)),
        (PLAIN, "Conv2D(16, 3, 3, input_shape=(9, 9, 1))", 3, 3),
        (TENSORFLOW, "Convolution2D(16, 3, 3, input_shape=(9, 9, 1))", 3, 3),
    ],
)
def test_a_window_by_position(head: str, layer: str, window: object, strides: object) -> None:
    found = convolution_in(
        f"{head}model = Sequential()\nmodel.add({layer})\nmodel.add(Flatten())\n"
    )
    assert (as_tuple(found.kernel_size), found.strides) == (window, strides)


def test_old_modules_have_the_layers_of_keras() -> None:
    text = (
        "from keras.layers.core import Dense\nfrom keras.layers.wrappers import TimeDistributed\n"
        "from keras.models import Sequential\n"
        "m = Sequential([TimeDistributed(Dense(3), input_shape=(4, 5)), Dense(2)])\n"
    )
    (model,) = program_of(text).models
    assert [layer.class_name for layer in model.layers.values()][1:] == ["TimeDistributed", "Dense"]


def test_experimental_layers_have_their_own_arguments() -> None:
    text = (
        "from tensorflow.keras.layers.experimental.preprocessing import CategoryEncoding\n"
        "layer = CategoryEncoding(max_tokens=5)\n"
    )
    assert program_of(text).rejected == ()


def test_a_wrapper_of_a_layer_that_is_not_made_is_not_a_second_mistake() -> None:
    text = f"{PLAIN}layer = Bidirectional(LSTM(8, return_sequence=True))\n"
    (model,) = program_of(text).rejected
    assert model.place.column == 23


def test_old_versions_looked_at_no_value() -> None:
    text = "from keras.layers{} import Dropout\nlayer = Dropout(3)\n"
    assert program_of(text.format(".core")).rejected == ()
    assert len(program_of(text.format("")).rejected) == 1
