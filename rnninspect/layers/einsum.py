"""EinsumDense: a dense layer on any axes.

Source: ``keras/src/layers/core/einsum_dense.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rnninspect.ir.dims import Dim
from rnninspect.ir.operation import Part, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Layer
from rnninspect.layers.quantized import (
    Quantization,
    quantization_of,
    quantized_kernel,
    rows_and_columns,
)


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
        """Return the axes of kernel, bias and output (Keras: ``_analyze_einsum_string``)."""
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
