"""One tensor of parameters: how many numbers, stored how, in how many bytes."""

from __future__ import annotations

from rnninspect.ir.dims import Dim
from rnninspect.ir.weights import Weight

GATES = ("input", "forget", "cell", "output")


def kernel(**arguments: object) -> Weight:
    return Weight("kernel", (Dim.named("features", 6), Dim.named("units", 16)), per=GATES)


def test_copies_stand_side_by_side_on_the_last_axis() -> None:
    """An LSTM kernel: 6 × (4 · 16)."""
    weight = kernel()
    assert weight.stored_shape == (6, 64)
    assert weight.count.value == 384
    assert weight.one_copy.value == 96
    assert weight.count.formula.symbols == "4 × features × units"


def test_a_scalar_holds_one_number() -> None:
    scale = Weight("scale", ())
    assert scale.count.value == 1
    assert scale.stored_shape == ()


def test_bytes_need_count_and_dtype() -> None:
    assert kernel().bytes is None
    assert kernel().held_by("float16", trainable=True).bytes == 768
    unknown = Weight("kernel", (Dim.unknown("?"),), dtype="float32")
    assert unknown.bytes is None


def test_a_frozen_layer_freezes_its_weights_and_keeps_a_stated_dtype() -> None:
    weight = Weight("lora_kernel_a", (Dim.of(2),), dtype="float32")
    held = weight.held_by("float16", trainable=False)
    assert (held.trainable, held.dtype) == (False, "float32")


def test_an_unknown_last_axis_stays_unknown_when_copied() -> None:
    weight = Weight("kernel", (Dim.of(3), Dim.unknown("?")), per=GATES)
    assert weight.stored_shape == (3, None)
