"""Quantized layers: their tensors and their bytes, by hand and by Keras."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rnninspect.analysis.analyse import analyse
from rnninspect.ir.dims import UnknownValue
from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.core import Dense
from rnninspect.layers.quantized import Quantization, is_quantized, quantization_of
from rnninspect.sources.config import read_config
from rnninspect.sources.read import read
from tests.test_against_keras import check_file

pytestmark = pytest.mark.filterwarnings("ignore:Layer InputLayer does not have a `quantize`")

Build = Callable[[Any], tuple[Any, tuple[int, ...]]]

LAYERS: dict[str, Build] = {
    "Dense": lambda L: (L.Dense(7), (3, 5)),
    "Dense with LoRA": lambda L: (L.Dense(6, use_bias=False, lora_rank=2), (3, 5)),
    "EinsumDense": lambda L: (
        L.EinsumDense("abc,cd->abd", output_shape=(None, 7), bias_axes="d"), (3, 5),
    ),
    "EinsumDense, several columns": lambda L: (
        L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 3)), (4, 5),
    ),
    "EinsumDense, several rows": lambda L: (
        L.EinsumDense("abcd,cde->abe", output_shape=(None, 6)), (4, 2, 3),
    ),
    "Embedding": lambda L: (L.Embedding(10, 5), (3,)),
    "ReversibleEmbedding": lambda L: (L.ReversibleEmbedding(10, 5), (3,)),
    "ReversibleEmbedding, not tied": lambda L: (
        L.ReversibleEmbedding(10, 5, tie_weights=False), (3,),
    ),
}  # fmt: skip

BYTES = {"int8": 1, "uint8": 1, "float16": 2, "float32": 4}


def quantized(keras: Any, build: Build, mode: str, block: Any) -> Any:
    layer, shape = build(keras.layers)
    model = keras.Sequential([keras.Input(shape), layer])
    if mode == "int4":
        config = keras.quantizers.Int4QuantizationConfig(block_size=block)
        model.quantize("int4", config=config)
    else:
        model.quantize(mode)
    return model


@pytest.mark.keras
@pytest.mark.parametrize(
    ("mode", "block"), [("int8", None), ("int4", None), ("int4", 2), ("int4", 128)]
)
@pytest.mark.parametrize("name", LAYERS)
def test_every_tensor_and_byte_is_as_in_keras(
    name: str, mode: str, block: int | None, keras: Any, tmp_path: Path
) -> None:
    path = tmp_path / "m.keras"
    quantized(keras, LAYERS[name], mode, block).save(path)
    reference = keras.models.load_model(path)
    check_file(path, reference, keras)
    size = sum(w.shape.num_elements() * BYTES[w.dtype] for w in reference.weights)
    assert analyse(read(str(path)).models[0]).bytes.value == size


@pytest.mark.keras
@pytest.mark.parametrize("name", ["Dense", "EinsumDense"])
def test_float8_keeps_the_kernel_and_adds_histories(name: str, keras: Any, tmp_path: Path) -> None:
    path = tmp_path / "m.keras"
    quantized(keras, LAYERS[name], "float8", None).save(path)
    check_file(path, keras.models.load_model(path), keras)


@pytest.mark.keras
@pytest.mark.parametrize("policy", ["gptq/4/2", "gptq/8/-1", "gptq/2/128", "awq/4/2", "awq/4/-1"])
@pytest.mark.parametrize("name", ["Dense", "EinsumDense", "EinsumDense, several columns"])
def test_packed_formats_have_the_tensors_of_keras(name: str, policy: str, keras: Any) -> None:
    layer, shape = LAYERS[name](keras.layers)
    config = {**layer.get_config(), "dtype": f"{policy}_from_mixed_float16"}
    layer = type(layer).from_config(config)
    model = keras.Sequential([keras.Input(shape), layer])
    analysis = analyse(read_config(json.loads(model.to_json()), "m"))
    ours = sorted((o.weight.stored_shape, o.weight.dtype) for o in analysis.layers[0].weights)
    assert ours == sorted((tuple(w.shape), w.dtype) for w in layer.weights)
    assert analysis.total.value == layer.count_params()


def test_int8_by_hand() -> None:
    """5·7 bytes of kernel, 7 scales and 7 biases of four bytes: 49 numbers, 91 bytes."""
    application = Dense(units=7, dtype="int8_from_float32").apply(Call.on(Shape.of(None, 5)))
    assert sum(w.count.value or 0 for w in application.weights) == 35 + 7 + 7
    assert sum(w.bytes or 0 for w in application.weights) == 35 + 28 + 28
    assert [w.trainable for w in application.weights] == [False, False, True]


@pytest.mark.parametrize(
    ("policy", "given", "expected"),
    [
        ("float32", None, None),
        ("int8_from_float32", None, Quantization("int8", 4, None)),
        ({"class_name": "X", "config": {"mode": "int4/128"}}, None, Quantization("int4", 4, 128)),
        (
            {"class_name": "X", "config": {"mode": "int4/128"}},
            {"config": {"block_size": -1}},
            Quantization("int4", 4, None),
        ),
        ("gptq/8/32_from_float32", None, Quantization("gptq", 8, 32)),
    ],
)
def test_what_a_policy_says(policy: Any, given: Any, expected: Quantization | None) -> None:
    assert quantization_of(policy, given) == expected
    assert is_quantized(policy) is (expected is not None)


def test_a_mode_that_is_not_known_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="int2"):
        quantization_of("int2_from_float32", None)
    application = Dense(units=7, dtype="int2_from_float32").apply(Call.on(Shape.of(None, 5)))
    assert application.unknown == "quantization of the mode 'int2' is not modelled"
