"""Configs of Keras 1 and early Keras 2, written as their documentation has them."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.analysis.analyse import analyse
from rnninspect.analysis.result import Analysis
from rnninspect.ir.structures import sizes_of
from rnninspect.json_values import Json
from rnninspect.sources.config import read_config
from rnninspect.sources.dialects import guessed_major, major_of, modern


def layer(class_name: str, name: str, **config: Any) -> dict[str, Any]:
    return {"class_name": class_name, "config": {"name": name, "trainable": True, **config}}


def stack(*layers: dict[str, Any], version: str = "1.2.2") -> Analysis:
    """A Sequential as Keras 1 writes it: a bare list of layers."""
    return analyse(read_config({"class_name": "Sequential", "config": list(layers)}, "m", version))


def numbers(analysis: Analysis) -> list[tuple[int | None, Any]]:
    return [(row.parameters.value, sizes_of(row.output_shape)) for row in analysis.layers]


def test_a_recurrent_stack_of_keras_1() -> None:
    """LSTM 4·(9·32 + 32·32 + 32) = 5,376; GRU 3·(32·8 + 8·8 + 8) = 984; Dense 8·2 + 2 = 18."""
    analysis = stack(
        layer("LSTM", "a", output_dim=32, init="glorot_uniform", inner_init="orthogonal",
              forget_bias_init="one", activation="tanh", inner_activation="hard_sigmoid",
              return_sequences=True, go_backwards=False, stateful=False, unroll=False,
              consume_less="cpu", W_regularizer=None, U_regularizer=None, b_regularizer=None,
              dropout_W=0.1, dropout_U=0.1, input_dim=9, input_length=5,
              batch_input_shape=[None, 5, 9]),
        layer("GRU", "b", output_dim=8, return_sequences=True),
        layer("TimeDistributedDense", "c", output_dim=2, bias=True),
        layer("Activation", "d", activation="softmax"),
    )  # fmt: skip
    assert numbers(analysis) == [
        (5376, [None, 5, 32]),
        (984, [None, 5, 8]),
        (18, [None, 5, 2]),
        (0, [None, 5, 2]),
    ]


def test_pictures_of_keras_1() -> None:
    """th: 3·3·3·4 + 4 = 112 on (3, 8, 8) → (4, 6, 6) → (4, 3, 3) → 36 → 36·2 + 2 = 74."""
    analysis = stack(
        layer("Convolution2D", "a", nb_filter=4, nb_row=3, nb_col=3, border_mode="valid",
              subsample=[1, 1], dim_ordering="th", bias=True, batch_input_shape=[None, 3, 8, 8]),
        layer("MaxPooling2D", "b", pool_size=[2, 2], strides=[2, 2], border_mode="valid",
              dim_ordering="th"),
        layer("Dropout", "c", p=0.25),
        layer("Flatten", "d"),
        layer("Dense", "e", output_dim=2, bias=True, input_dim=None),
    )  # fmt: skip
    assert numbers(analysis) == [
        (112, [None, 4, 6, 6]),
        (0, [None, 4, 3, 3]),
        (0, [None, 4, 3, 3]),
        (0, [None, 36]),
        (74, [None, 2]),
    ]


def test_sequences_and_windows_of_keras_1() -> None:
    """Embedding 50·8; 3·8·4 + 4 = 100 over 10 − 3 + 1 = 8 steps; halved; as long as before."""
    analysis = stack(
        layer("Embedding", "a", input_dim=50, output_dim=8, input_length=10, mask_zero=False,
              batch_input_shape=[None, 10]),
        layer("Convolution1D", "b", nb_filter=4, filter_length=3, border_mode="valid",
              subsample_length=1, bias=True),
        layer("MaxPooling1D", "c", pool_length=2, stride=2, border_mode="valid"),
        layer("UpSampling1D", "d", length=2),
        layer("GaussianNoise", "e", sigma=0.1),
        layer("Highway", "f", bias=True),
        layer("MaxoutDense", "g", output_dim=3, nb_feature=2, bias=True),
    )  # fmt: skip
    assert numbers(analysis) == [
        (400, [None, 10, 8]),
        (100, [None, 8, 4]),
        (0, [None, 4, 4]),
        (0, [None, 8, 4]),
        (0, [None, 8, 4]),
        (2 * 16 + 2 * 4, [None, 8, 4]),
        (2 * 4 * 3 + 2 * 3, [None, 8, 3]),
    ]


def branch(name: str, features: int) -> dict[str, Any]:
    dense = layer("Dense", f"{name}_dense", output_dim=4, batch_input_shape=[None, features])
    return {"class_name": "Sequential", "config": [dense]}


@pytest.mark.parametrize(
    ("mode", "width"), [("concat", 8), ("sum", 4), ("mul", 4), ("ave", 4), ("max", 4)]
)
def test_merged_branches_of_keras_1(mode: str, width: int) -> None:
    """Branches of 5·4 + 4 and 6·4 + 4, joined, and a Dense on what comes out."""
    analysis = stack(
        layer("Merge", "m", mode=mode, concat_axis=-1, layers=[branch("a", 5), branch("b", 6)]),
        layer("Dense", "d", output_dim=1),
    )
    assert numbers(analysis) == [(24 + 28, [None, width]), (width + 1, [None, 1])]


def test_models_without_names_stand_beside_each_other() -> None:
    analysis = stack(branch("a", 5), branch("b", 4))
    assert [row.name for row in analysis.layers] == ["Sequential", "Sequential 2"]
    assert analysis.total.value == 24 + 20


@pytest.mark.parametrize(
    ("mode", "class_name"), [("concat", "Concatenate"), ("sum", "Add"), ("cos", "Dot")]
)
def test_merge_in_a_graph_is_a_class_of_its_own(mode: str, class_name: str) -> None:
    found, config = modern("Merge", {"name": "m", "mode": mode, "dot_axes": [[1], [1]]}, 1)
    assert found == class_name
    assert class_name != "Dot" or config["axes"] == [1, 1]


@pytest.mark.parametrize(
    ("version", "config", "expected"),
    [
        # 3·(6·4 + 4·4 + 4) and 3·(6·4 + 4·4 + 8)
        ("2.2.4", {}, 132),
        ("2.2.4-tf", {"reset_after": True}, 144),
        ("3.15.1", {}, 144),
    ],
)
def test_the_default_gru_is_that_of_its_version(
    version: str, config: dict[str, Any], expected: int
) -> None:
    gru = layer("GRU", "g", units=4, batch_input_shape=[None, 5, 6], **config)
    assert stack(gru, version=version).total.value == expected


def test_a_model_may_be_the_first_layer() -> None:
    inner = {
        "class_name": "Sequential",
        "config": {
            "name": "inner",
            "layers": [layer("Dense", "a", units=3, batch_input_shape=[None, 5])],
        },
    }
    analysis = stack(inner, layer("Dense", "b", units=2), version="2.3.1")
    assert numbers(analysis) == [(18, [None, 3]), (8, [None, 2])]


def test_a_wrapper_may_be_the_first_layer() -> None:
    inner = layer("LSTM", "a", units=3, batch_input_shape=[None, 5, 6])
    analysis = stack(layer("Bidirectional", "b", layer=inner, merge_mode="concat"), version="2.2.0")
    assert numbers(analysis) == [(2 * 4 * 30, [None, 6])]


def test_states_listed_beside_the_sequence_are_states() -> None:
    """Keras 2: inbound nodes of ``lstm(x, initial_state=[h, c])`` list all three."""
    inputs: list[Json] = [
        {"class_name": "InputLayer", "name": name, "inbound_nodes": [],
         "config": {"name": name, "batch_input_shape": shape}}
        for name, shape in (("x", [None, 5, 6]), ("h", [None, 4]), ("c", [None, 4]))
    ]  # fmt: skip
    lstm = {
        **layer("LSTM", "lstm", units=4), "name": "lstm",
        "inbound_nodes": [[["x", 0, 0, {}], ["h", 0, 0, {}], ["c", 0, 0, {}]]],
    }  # fmt: skip
    config: dict[str, Json] = {
        "class_name": "Model",
        "config": {
            "name": "m", "layers": [*inputs, lstm],
            "input_layers": [["x", 0, 0], ["h", 0, 0], ["c", 0, 0]],
            "output_layers": [["lstm", 0, 0]],
        },
    }  # fmt: skip
    analysis = analyse(read_config(config, "m", "2.2.4"))
    assert numbers(analysis) == [(4 * (6 + 4 + 1) * 4, [None, 4])]


def test_the_config_of_keras_3_passes_unchanged() -> None:
    config: dict[str, Json] = {
        "units": 3,
        "activation": "tanh",
        "reset_after": True,
        "name": "g",
    }
    assert modern("GRU", config, 3) == ("GRU", config)


@pytest.mark.parametrize(
    ("version", "major"), [("2.2.4-tf", 2), ("3.15.1", 3), ("1.2.2", 1), ("", None), (None, None)]
)
def test_the_major_version(version: str | None, major: int | None) -> None:
    assert major_of(version) == major


def test_the_version_is_guessed_from_the_form() -> None:
    assert guessed_major([]) == 1
    assert guessed_major({"layers": [layer("Convolution2D", "a", nb_filter=3)]}) == 1
    assert guessed_major({"layers": [{**layer("Dense", "a"), "module": "keras.layers"}]}) == 3
    assert guessed_major({"layers": [layer("Dense", "a", units=3)]}) is None
