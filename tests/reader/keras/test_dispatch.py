"""Calls of Keras's names, and methods of its objects."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, known
from tests.reader.following import program_of
from tests.reader.keras.reading import lines, rejections

STACK = "m = Sequential([Input((5, 3)), LSTM(4)])\n"


@pytest.mark.parametrize(
    "call",
    [
        "m.compile('adam', 'mse')",
        "m.summary()",
        "m.save('m.keras')",
        "w = m.get_weights()",
        "m.load_weights('w.h5')",
        "keras.utils.plot_model(m)",
        "keras.models.save_model(m, 'm.h5')",
        "history = m.fit(np.zeros((8, 5, 3)), np.zeros((8, 4)), callbacks=[keras.callbacks.X()])",
        "p = m.predict(np.zeros((8, 5, 3)))",
        "print(m)",
    ],
)
def test_what_leaves_a_model_as_it_is(call: str) -> None:
    assert rejections(f"{STACK}{call}\nm.add(LSTM(2))") == [(3, "lstm")]


@pytest.mark.parametrize(
    "call", ["m.custom()", "from elsewhere import f\nf(m)", "m.layers.clear()"]
)
def test_what_may_change_a_model_leaves_nothing_certain(call: str) -> None:
    found = rejections(f"{STACK}{call}\nm.add(LSTM(2))")
    assert found == [] or call == "m.layers.clear()"  # ``layers`` is a copy


@pytest.mark.parametrize(
    ("function", "sizes"),
    [
        ("keras.layers.concatenate([a, b])", (None, 8)),
        ("keras.layers.add([a, b])", (None, 4)),
        ("keras.layers.dot([a, b], axes=1)", (None, 1)),
        ("keras.ops.concatenate([a, b], axis=1)", (None, 8)),
        ("keras.activations.relu(a)", (None, 4)),
    ],
)
def test_functions_of_keras_on_tensors(function: str, sizes: tuple[int | None, ...]) -> None:
    text = f"a, b = Input((4,)), Input((4,))\nm = Model([a, b], {function})"
    assert lines(text)[-1][1] == sizes


def test_the_data_format_is_what_was_set() -> None:
    text = "import keras\nfrom keras import backend as K\nx = K.image_data_format()\n"
    assert known(text)["x"] == "channels_last"
    changed = known(text + "K.set_image_data_format('channels_first')\ny = K.image_data_format()")
    assert changed["y"] == "channels_first"


def test_what_other_parts_of_keras_give_is_not_known() -> None:
    found = known("import keras\nx = keras.utils.get_file('a', 'b')\ny = 1")
    assert (found["x"], found["y"]) == (UNKNOWN, 1)


def test_a_tensor_cannot_be_unpacked() -> None:
    assert rejections("h, c = LSTM(4)(Input((5, 3)))") == [(1, "unpacking")]
    assert rejections("h, *c = LSTM(4, return_state=True)(Input((5, 3)))") == []
    assert program_of("h, c = unknown(Input((5, 3)))").rejected == ()
