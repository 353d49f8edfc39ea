"""Layers and models of the program's own classes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reader.keras.reading import built, lines, rejections

SCALE = """
class Scale(Layer):
    def __init__(self, units, **options):
        super().__init__(**options)
        self.units = units
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")
        self.b = self.add_weight(shape=(self.units,), name="b", trainable=False)
    def call(self, x):
        return x @ self.w + self.b
"""
NET = """
class Net(Model):
    def __init__(self, units):
        super().__init__()
        self.first = LSTM(units, return_sequences=True)
        self.second = LSTM(units)
        self.last = Dense(1)
    def call(self, x):
        return self.last(self.second(self.first(x)))
"""


@pytest.mark.keras
@pytest.mark.parametrize(
    "text",
    [
        SCALE + "m = Sequential([Input((5, 3)), Scale(4), LSTM(2)])",
        SCALE
        + "x = Input((3,))\nlayer = Scale(4, name='mine')\nm = Model(x, layer(layer.__call__(x)"
        " if False else x))",
    ],
)
def test_a_layer_counts_its_weights(text: str, keras: Any) -> None:
    assert lines(text) == built(text, keras)


def test_the_weights_of_a_class_by_hand() -> None:
    """3·4 weights and 4 that are not trained: 16."""
    found = lines(SCALE + "m = Sequential([Input((5, 3)), Scale(4)])")
    assert found == [("scale", (None, 5, 4), 16)]


def test_the_layers_of_a_class_are_followed() -> None:
    assert rejections(NET + "m = Net(4)\ny = m(Input((5, 3)))") == []
    broken = NET.replace(", return_sequences=True", "")
    assert [name for _, name in rejections(broken + "m = Net(4)\ny = m(Input((5, 3)))")] == ["lstm"]


def test_build_is_called_once() -> None:
    text = SCALE + "s = Scale(4)\nx = Input((4,))\nm = Model(x, s(s(x)))"
    assert {line[2] for line in lines(text)} == {20}  # 4·4 + 4


def test_a_class_says_its_output_shape() -> None:
    text = """
        from elsewhere import work
        class Odd(Layer):
            def call(self, x):
                return work(x)
            def compute_output_shape(self, input_shape):
                return (input_shape[0], 7)
        m = Sequential([Input((5, 3)), Odd(), Dense(2)])
    """
    assert lines(text)[0][1] == (None, 7)
    assert lines(text)[1][2] == 16  # 7·2 + 2


def test_a_class_without_call_may_give_anything() -> None:
    text = "from elsewhere import Base\nclass Own(Base, Layer): pass\n"
    assert rejections(text + "y = LSTM(4)(Own()(Input((5,))))") == []


def test_a_model_with_several_inputs() -> None:
    text = """
        class Two(Model):
            def __init__(self):
                super().__init__()
                self.a, self.b = Dense(3), LSTM(3)
            def call(self, inputs):
                x, y = inputs
                return self.a(x) + self.b(y)
        m = Two()
        z = m([Input((4,)), Input((5, 2))])
        w = LSTM(2)(z)
    """
    assert [name for _, name in rejections(text)] == ["lstm"]
