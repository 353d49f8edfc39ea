"""Core layers: InputLayer, Dense, EinsumDense, Embedding, Masking, Identity.

Source: ``keras/src/layers/core/*.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rnninspect.ir.dims import Dim, UnknownValue
from rnninspect.ir.operation import Part, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Layer
from rnninspect.layers.quantized import (
    Quantization,
    quantization_of,
    quantized_kernel,
    quantized_table,
    rows_and_columns,
)


@declare
class InputLayer(Layer):
    """Where a tensor enters a model; ``batch_shape`` counts the batch axis, ``shape`` does not."""

    positional = (
        "shape@3 input_shape@2 batch_size dtype input_tensor@2 sparse name@2 ragged "
        "batch_shape@3 input_tensor@3 optional@3 name@3 type_spec@2"
    )
    accepts_any = True
    earlier = "batch_input_shape:batch_shape"

    supports_masking = True

    shape: object = None
    batch_size: int | None = None
    sparse: object = None
    ragged: object = None
    batch_shape: object = None
    input_tensor: object = None
    optional: bool = False

    @property
    def tensor(self) -> Shape:
        """The shape of the tensor that enters, the batch first."""
        if isinstance(self.batch_shape, list | tuple):
            return Shape(_open(size) for size in self.batch_shape)
        if isinstance(self.shape, list | tuple):
            return Shape((_open(self.batch_size), *(_open(size) for size in self.shape)))
        return Shape.unknown("the input shape is not given")

    def output(self, *_: Structure) -> Structure:
        return self.tensor


def _open(size: object) -> Dim:
    return Dim.of(None) if size is None else Dim.named("input", size)


@declare
class Dense(Layer):
    """Every output is a weighted sum of all features of the last axis."""

    reading = "dense"
    reading_is_complete = True

    positional = (
        "units activation use_bias kernel_initializer bias_initializer kernel_regularizer "
        "bias_regularizer activity_regularizer kernel_constraint bias_constraint lora_rank@3 "
        "lora_alpha@3 quantization_config@3"
    )
    positional_1 = (
        "output_dim init activation weights W_regularizer b_regularizer activity_regularizer "
        "W_constraint b_constraint bias input_dim"
    )
    earlier = "bias:use_bias init:kernel_initializer output_dim:units"

    keeps_width = True

    is_quantizable = True

    min_ndim = 2
    positive = ("units",)
    supports_masking = True

    units: int
    activation: object = None
    use_bias: bool = True
    kernel_initializer: object = "glorot_uniform"
    bias_initializer: object = "zeros"
    kernel_regularizer: object = None
    bias_regularizer: object = None
    kernel_constraint: object = None
    bias_constraint: object = None
    lora_rank: int | None = None
    lora_alpha: object = None
    quantization_config: object = None

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        features, units = x[-1].called("features"), self.dim("units")
        if how := quantization_of(self.dtype, self.quantization_config):
            yield from quantized_kernel(how, (features, units), features, units, (units,))
        else:
            yield Weight("kernel", (features, units), trainable=not self.lora_rank)
        if self.use_bias:
            yield Weight("bias", (units,))
        if self.lora_rank:
            rank = self.dim("lora_rank")
            yield Weight("lora_kernel_a", (features, rank), dtype="float32")
            yield Weight("lora_kernel_b", (rank, units), dtype="float32")

    def output(self, x: Shape) -> Structure:
        return x[:-1] + (self.dim("units"),)


@declare
class EinsumDense(Layer):
    """A dense layer whose product is written as an einsum equation."""

    positional = (
        "equation output_shape activation bias_axes kernel_initializer bias_initializer "
        "kernel_regularizer bias_regularizer activity_regularizer@2 kernel_constraint "
        "bias_constraint lora_rank@3 lora_alpha@3 gptq_unpacked_column_size@3 "
        "quantization_config@3"
    )

    is_quantizable = True

    equation: str
    output_shape: object
    activation: object = None
    bias_axes: str | None = None
    kernel_initializer: object = "glorot_uniform"
    bias_initializer: object = "zeros"
    kernel_regularizer: object = None
    bias_regularizer: object = None
    kernel_constraint: object = None
    bias_constraint: object = None
    lora_rank: int | None = None
    lora_alpha: object = None
    gptq_unpacked_column_size: object = None
    quantization_config: object = None

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        kernel, bias, out = self._analyse(x)
        if how := quantization_of(self.dtype, self.quantization_config):
            yield from self._quantized(how, kernel, out)
        else:
            yield Weight("kernel", kernel, trainable=not self.lora_rank)
        if bias is not None:
            yield Weight("bias", bias)
        if self.lora_rank:
            rank = self.dim("lora_rank")
            yield Weight("lora_kernel_a", (*kernel[:-1], rank), dtype="float32")
            yield Weight("lora_kernel_b", (rank, kernel[-1]), dtype="float32")

    def output(self, x: Shape) -> Structure:
        return Shape(self._analyse(x)[2])

    def _quantized(self, how: Quantization, kernel: list[Dim], out: list[Dim]) -> Iterator[Weight]:
        _, weight, result = re.split(r",|->", re.sub(r"[ .]", "", self.equation))
        summed = tuple(letter not in result for letter in weight)
        rows, columns = rows_and_columns(Shape(kernel), summed)
        sizes_of_letters = dict(zip(weight, kernel, strict=True))
        scale = [sizes_of_letters.get(letter, Dim.of(1)) for letter in result]
        scale = [Dim.of(1)] * (len(out) - len(result)) + scale
        yield from quantized_kernel(how, tuple(kernel), rows, columns, tuple(scale))

    def _analyse(self, x: Shape) -> tuple[list[Dim], list[Dim] | None, list[Dim]]:
        """Return kernel, bias and output axes (Keras: ``_analyze_einsum_string``)."""
        equation = self.equation.replace(" ", "").replace("...", "0")
        match = re.fullmatch(r"(0?)([a-zA-Z]+)(0?),([a-zA-Z]+)->(0?)([a-zA-Z]+)(0?)", equation)
        if match is None or (match[1], match[3]) != (match[5], match[7]):
            raise Rejected(
                f"Invalid einsum equation '{self.equation}'. Equations must be in the form "
                "[X],[Y]->[Z], ...[X],[Y]->...[Z], or [X]...,[Y]->[Z]...."
            )
        left, before, weight, result = bool(match[1]), match[2], match[4], match[6]
        axes = x.require()
        elided = len(axes) - len(before)
        stated = self.output_shape
        stated = list(stated) if isinstance(stated, list | tuple) else [stated]
        out = [axes[0], *(Dim.of(None) if n is None else Dim.named("output", n) for n in stated)]
        if elided > 0 and left:
            out[1:1] = axes[1:elided]
        elif elided > 0:
            out += axes[len(axes) - elided :]
        shift = elided if left else 0
        inputs = {
            letter: axes[i + shift] for i, letter in enumerate(before) if i + shift < len(axes)
        }
        outputs = {
            letter: out[i + shift] for i, letter in enumerate(result) if i + shift < len(out)
        }
        kernel = []
        for letter in weight:
            if letter in outputs:
                kernel.append(outputs[letter].called(letter))
            elif letter in inputs:
                kernel.append(inputs[letter].called(letter))
            else:
                raise Rejected(f"Weight dimension '{letter}' did not have a match")
        bias = None
        if self.bias_axes is not None:
            if any(letter not in outputs for letter in self.bias_axes) or not self.bias_axes:
                raise Rejected(f"Bias dimension of '{self.bias_axes}' is not part of the output")
            first = min(result.find(letter) for letter in self.bias_axes)
            bias = [
                outputs[letter].called(letter) if letter in self.bias_axes else Dim.of(1)
                for letter in result[first:]
            ]
            if not left:
                bias += [Dim.of(1)] * elided
        return kernel, bias, out


@declare
class Embedding(Layer):
    """A table of vectors: each whole number in becomes its row."""

    reading = "embedding"

    positional = (
        "input_dim output_dim embeddings_initializer embeddings_regularizer "
        "activity_regularizer@2 embeddings_constraint mask_zero weights@3 lora_rank@3 "
        "lora_alpha@3 quantization_config@3 input_length@2 sparse@2"
    )
    positional_1 = (
        "input_dim output_dim init input_length W_regularizer activity_regularizer "
        "W_constraint mask_zero weights dropout"
    )
    keywords = "input_length@3"
    earlier = "init:embeddings_initializer"

    is_quantizable = True
    positive = ("input_dim", "output_dim")

    input_dim: int
    output_dim: int
    embeddings_initializer: object = "uniform"
    embeddings_regularizer: object = None
    embeddings_constraint: object = None
    mask_zero: bool = False
    weights: object = None
    lora_rank: int | None = None
    lora_alpha: object = None
    quantization_config: object = None
    input_length: object = None

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        rows, columns = self.dim("input_dim"), self.dim("output_dim")
        if how := quantization_of(self.dtype, self.quantization_config):
            yield from quantized_table(how, rows, columns)
        else:
            yield Weight("embeddings", (rows, columns), trainable=not self.lora_rank)
        if self.lora_rank:
            rank = self.dim("lora_rank")
            yield Weight("lora_embeddings_a", (rows, rank), dtype="float32")
            yield Weight("lora_embeddings_b", (rank, columns), dtype="float32")

    def output(self, x: Shape) -> Structure:
        return x + (self.dim("output_dim"),)

    def carries_mask(self, masked: bool) -> bool:
        try:
            return bool(self.mask_zero)
        except UnknownValue:
            return False


@declare
class ReversibleEmbedding(Embedding):
    """An embedding that is used backwards as well, to score every row."""

    positional = (
        "input_dim output_dim tie_weights embeddings_initializer embeddings_regularizer "
        "embeddings_constraint mask_zero reverse_dtype logit_soft_cap"
    )
    keywords = "input_length@3 weights@3 lora_rank@3 lora_alpha@3 quantization_config@3"

    inputs = ("inputs", "reverse")

    tie_weights: bool = True
    reverse_dtype: object = None
    logit_soft_cap: object = None

    def parts(self, x: Shape, reverse: Structure = None) -> Iterator[Weight | Part]:
        yield from Embedding.parts(self, x)
        if self.tie_weights:
            return
        rows, columns = self.dim("input_dim"), self.dim("output_dim")
        if how := quantization_of(self.dtype, self.quantization_config):
            yield from quantized_table(how, rows, columns, reverse=True)
        else:
            yield Weight("reverse_embeddings", (columns, rows))

    def output(self, x: Shape, reverse: Structure = None) -> Structure:
        return x[:-1] + (self.dim("input_dim"),) if reverse else Embedding.output(self, x)


@declare
class Masking(Layer):
    """Marks the timesteps whose features all equal ``mask_value``, so that later layers skip."""

    positional = "mask_value"

    supports_masking = True

    mask_value: object = 0.0

    def carries_mask(self, masked: bool) -> bool:
        return True


@declare
class Identity(Layer):
    """Passes its input on."""

    positional = "trainable@2 name@2 dtype@2 dynamic@2"

    takes_several = True

    supports_masking = True
