"""Operations on tensors, in every library's words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reader.keras.reading import IMPORTS, lines

EXPRESSIONS = [
    ("ops.concatenate([x, x], axis=-1)", (None, 5, 6)),
    ("ops.concatenate([x, x], axis=1)", (None, 10, 3)),
    ("ops.expand_dims(x, 1)", (None, 1, 5, 3)),
    ("ops.squeeze(x[:, :1], axis=1)", (None, 3)),
    ("ops.reshape(x, (-1, 15))", (None, 15)),
    ("ops.transpose(x, (0, 2, 1))", (None, 3, 5)),
    ("ops.mean(x, axis=1)", (None, 3)),
    ("ops.sum(x, axis=-1, keepdims=True)", (None, 5, 1)),
    ("ops.matmul(x, ops.transpose(x, (0, 2, 1)))", (None, 5, 5)),
    ("ops.softmax(x)", (None, 5, 3)),
    ("x[:, 1:, 0]", (None, 4)),
    ("-x / 2 + x", (None, 5, 3)),
]


@pytest.mark.parametrize(("expression", "sizes"), EXPRESSIONS)
def test_the_shape_of_a_result(expression: str, sizes: tuple[int | None, ...]) -> None:
    assert lines(f"x = Input((5, 3))\nm = Model(x, {expression})")[-1][1] == sizes


@pytest.mark.keras
@pytest.mark.parametrize(("expression", "sizes"), EXPRESSIONS)
def test_keras_has_the_same(expression: str, sizes: tuple[int | None, ...], keras: Any) -> None:
    names: dict[str, Any] = {}
    exec(f"{IMPORTS}x = Input((5, 3))\ny = {expression}", names)
    real = tuple(names["y"].shape)
    assert len(real) == len(sizes)
    # Of a reshaped batch Keras knows no more than we do.
    assert all(
        ours == theirs or None in (ours, theirs) for ours, theirs in zip(sizes, real, strict=True)
    )


@pytest.mark.parametrize(
    ("expression", "sizes"),
    [
        ("tf.concat([x, x], 1)", (None, 10, 3)),
        ("tf.reduce_mean(x, axis=1)", (None, 3)),
        ("tf.expand_dims(x, -1)", (None, 5, 3, 1)),
        ("K.sum(x, axis=1)", (None, 3)),
        ("K.permute_dimensions(x, (0, 2, 1))", (None, 3, 5)),
        ("tf.transpose(x, perm=[0, 2, 1])", (None, 3, 5)),
    ],
)
def test_other_words_for_the_same(expression: str, sizes: tuple[int | None, ...]) -> None:
    text = "import tensorflow as tf\nfrom keras import backend as K\nx = Input((5, 3))\n"
    assert lines(f"{text}m = Model(x, {expression})")[-1][1] == sizes


def test_questions_about_a_shape_have_its_sizes() -> None:
    text = (
        "from keras import backend as K\nx = Input((5, 3))\nn = K.int_shape(x)[-1] + x.shape[1]\n"
    )
    assert lines(f"{text}m = Model(x, Dense(n)(x))")[-1][1] == (None, 5, 8)
