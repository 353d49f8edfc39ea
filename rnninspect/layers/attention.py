"""Attention: a lookup of values by how well their keys answer a query.

Source: ``keras/src/layers/attention/*.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rnninspect.ir.dims import Dim, UnknownValue
from rnninspect.ir.operation import Call, Part, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Layer


@declare
class DotAttention(Layer):
    """What Attention and AdditiveAttention share; called on ``[query, value]`` or with a key."""

    takes_several = True

    inputs = ("inputs", "return_attention_scores")
    supports_masking = True
    uses_mask = True

    dropout: float = 0.0
    score_mode: str = "dot"
    seed: object = None

    def check(self, inputs: tuple[Structure, ...]) -> None:
        tensors = inputs[0]
        if isinstance(tensors, Shape) and tensors.dims is None:
            raise UnknownValue(tensors.reason)
        if not isinstance(tensors, list | tuple):
            raise Rejected(
                f"{self.class_name} layer must be called on a list of inputs, namely "
                f"[query, value] or [query, value, key]. Received: inputs={tensors}."
            )
        if not all(isinstance(tensor, Shape) for tensor in tensors):
            raise UnknownValue("the tensors it is called on are not all known")
        if len(tensors) not in (2, 3):
            raise Rejected(
                f"{self.class_name} layer accepts inputs list of length 2 or 3, namely "
                f"[query, value] or [query, value, key]. Received length: {len(tensors)}."
            )

    def output(self, tensors: Sequence[Shape], scores: Structure) -> Structure:
        query, value = tensors[0], tensors[1]
        key = tensors[2] if len(tensors) > 2 else value
        result = query[:-1] + (value[-1],)
        if scores is True:
            return (result, query[:-1] + (key[-2],))
        return result


@declare
class Attention(DotAttention):
    """Scores by the dot product of query and key (Luong)."""

    reading = "scores"

    positional = "use_scale score_mode dropout@3 seed@3"
    keywords = "causal@2 dropout@2"

    use_scale: bool = False

    def parts(self, tensors: Sequence[Shape], scores: Structure) -> Iterator[Weight | Part]:
        if self.use_scale:
            yield Weight("scale", ())
        if self.score_mode == "concat":
            yield Weight("concat_score_weight", ())


@declare
class AdditiveAttention(DotAttention):
    """Scores by tanh(query + key) (Bahdanau)."""

    reading = "scores"

    positional = "use_scale dropout@3"
    keywords = "causal@2 dropout@2 score_mode@3 seed@3"

    use_scale: bool = True

    def parts(self, tensors: Sequence[Shape], scores: Structure) -> Iterator[Weight | Part]:
        if self.use_scale:
            yield Weight("scale", (tensors[0][-1].called("features"),))


@declare
class Projection(Layer):
    """A dense map between the last axes of attention (in Keras an EinsumDense)."""

    is_internal = True

    from_axes: tuple[Dim, ...]
    to_axes: tuple[Dim, ...]
    use_bias: bool = True

    def parts(self, *_: Structure) -> Iterator[Weight | Part]:
        yield Weight("kernel", (*self.from_axes, *self.to_axes))
        if self.use_bias:
            yield Weight("bias", self.to_axes)


@declare
class HeadedAttention(Layer):
    """What multi-head attentions share: projections to heads and back."""

    inputs = ("query", "value", "key", "return_attention_scores")
    supports_masking = True
    uses_mask = True

    dropout: float = 0.0
    use_bias: bool = True
    sliding_window: object = None
    flash_attention: object = None
    kernel_initializer: object = "glorot_uniform"
    bias_initializer: object = "zeros"
    kernel_regularizer: object = None
    bias_regularizer: object = None
    kernel_constraint: object = None
    bias_constraint: object = None
    use_gate: bool = False
    seed: object = None

    def check(self, inputs: tuple[Structure, ...]) -> None:
        query, value, key = (x if isinstance(x, Shape) else None for x in inputs[:3])
        if query is None or value is None:
            raise UnknownValue("query and value are not both known")
        if key is None or key.dims is None or value.dims is None:
            return
        a, b = key.sizes or (), value.sizes or ()
        if a[1:-1] != b[1:-1] and key.is_complete and value.is_complete:
            raise Rejected(
                "All dimensions of `value` and `key`, except the last one, must be equal. "
                f"Received: value_shape={value} and key_shape={key}"
            )

    def project(self, role: str, from_axes: tuple[Dim, ...], to_axes: tuple[Dim, ...]) -> Part:
        """Return one projection as a part, in the dtype of its owner."""
        inner = Projection(
            name=role,
            from_axes=from_axes,
            to_axes=to_axes,
            use_bias=self.use_bias,
            dtype=self.dtype,
        )
        return Part(role, inner.apply(Call.on(Shape(from_axes))))


@declare
class MultiHeadAttention(HeadedAttention):
    """Several attentions side by side, each on its own projection."""

    reading = "heads"

    positional = (
        "num_heads key_dim value_dim dropout use_bias output_shape attention_axes "
        "sliding_window@3 flash_attention@3 kernel_initializer bias_initializer "
        "kernel_regularizer bias_regularizer activity_regularizer kernel_constraint "
        "bias_constraint use_gate@3 seed@3"
    )

    positive = ("num_heads", "key_dim")

    num_heads: int
    key_dim: int
    value_dim: int | None = None
    output_shape: object = None
    attention_axes: object = None

    def parts(
        self, query: Shape, value: Shape, key: Shape | None, scores: Structure
    ) -> Iterator[Weight | Part]:
        heads, width = self.dim("num_heads"), self.dim("key_dim")
        depth = self.dim("value_dim") if self.value_dim else width
        depth = width if depth.value == width.value else depth
        features = query[-1].called("features")
        values, keys = _widths(features, value, key)
        yield self.project("query", (features,), (heads, width))
        yield self.project("key", (keys,), (heads, width))
        if self.use_gate:
            yield self.project("gate", (features,), (heads, depth))
        yield self.project("value", (values,), (heads, depth))
        yield self.project("attention_output", (heads, depth), self._result(features))

    def _result(self, features: Dim) -> tuple[Dim, ...]:
        stated = self.output_shape
        if not stated:
            return (features,)
        stated = stated if isinstance(stated, list | tuple) else (stated,)
        return tuple(Dim.named("output_shape", size) for size in stated)

    def output(self, query: Shape, value: Shape, key: Shape | None, scores: Structure) -> Structure:
        result = query[:-1] + self._result(query[-1])
        if scores is True:
            return (result, Shape((query[0], self.dim("num_heads"), query[1], query[1])))
        return result


@declare
class GroupQueryAttention(HeadedAttention):
    """Multi-head attention in which groups of query heads share a key and a value head."""

    constructor = "GroupedQueryAttention"
    positional = (
        "head_dim num_query_heads num_key_value_heads dropout use_bias sliding_window "
        "flash_attention kernel_initializer bias_initializer kernel_regularizer "
        "bias_regularizer activity_regularizer kernel_constraint bias_constraint use_gate seed"
    )

    head_dim: int
    num_query_heads: int
    num_key_value_heads: int

    @property
    def class_name(self) -> str:
        """The name that Keras prints, which is not the one it exports the class under."""
        return "GroupedQueryAttention"

    def parts(
        self, query: Shape, value: Shape, key: Shape | None, scores: Structure
    ) -> Iterator[Weight | Part]:
        heads, shared = self.dim("num_query_heads"), self.dim("num_key_value_heads")
        if (
            isinstance(self.num_query_heads, int)
            and isinstance(self.num_key_value_heads, int)
            and (self.num_key_value_heads == 0 or self.num_query_heads % self.num_key_value_heads)
        ):
            raise Rejected("`num_query_heads` must be divisible by `num_key_value_heads`.")
        width = self.dim("head_dim")
        features = query[-1].called("features")
        values, keys = _widths(features, value, key)
        yield self.project("query", (features,), (heads, width))
        yield self.project("key", (keys,), (shared, width))
        if self.use_gate:
            yield self.project("gate", (features,), (heads, width))
        yield self.project("value", (values,), (shared, width))
        yield self.project("attention_output", (heads, width), (features,))

    def output(self, query: Shape, value: Shape, key: Shape | None, scores: Structure) -> Structure:
        key = value if key is None else key
        features, other = query[-1].value, value[-1].value
        if features is not None and other is not None and features != other:
            raise Rejected(
                "The last dimension of `query_shape` and `value_shape` must be equal, but are "
                f"{features}, {other}. Received: query_shape={query}, value_shape={value}"
            )
        if scores is True:
            return (query, Shape((query[0], self.dim("num_query_heads"), query[1], key[1])))
        return query


def _widths(features: Dim, value: Shape, key: Shape | None) -> tuple[Dim, Dim]:
    """Return the widths of value and key, under one name where they are equal (self-attention)."""
    values = features if value[-1].value == features.value else value[-1].called("value_features")
    if key is None or key[-1].value == values.value:
        return values, values
    keys = features if key[-1].value == features.value else key[-1].called("key_features")
    return values, keys
