"""Core layers: InputLayer, Dense, Embedding, Masking, Identity.

Source: ``keras/src/layers/core/*.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.ir.dims import Dim, UnknownValue
from rnninspect.ir.operation import Part, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Layer
from rnninspect.layers.quantized import quantization_of, quantized_kernel, quantized_table


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
