"""The table of operations: each once, with its spellings in every library and its shape.

A spelling is what a program writes (``tf.reduce_sum(x, 1)``) or what a file records (the
``keras.ops`` class ``Sum``; ``math.reduce_sum`` of a ``TFOpLambda``). To add an operation, add its
spellings to the table below, and a shape function if none has the same shape.

Sources: ``keras/src/ops``, ``keras/src/legacy/backend.py``, the documentation of TensorFlow 2 and
of NumPy 2.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from rnninspect.ir import operation_shapes
from rnninspect.ir.structures import Structure

LIBRARIES: Mapping[str, str] = {
    "ops": "keras.ops",
    "tf": "tensorflow",
    "K": "keras.backend",
    "np": "numpy",
}
"""The libraries that spell operations, by the short names of the table."""

TABLE: Sequence[tuple[str, str]] = (
    (
        "like_first",
        """
        ops|tf|K|np.abs/absolute/arccos/arccosh/arcsin/arcsinh/arctan/arctanh/cast/ceil/cos/cosh
        ops|tf|K|np.elu/erf/exp/expm1/floor/gelu/hard_sigmoid/imag/isfinite/isinf/isnan/leaky_relu
        ops|tf|K|np.log/log1p/log_sigmoid/log_softmax/logical_not/mish/negative/ones_like/real
        ops|tf|K|np.reciprocal/relu/relu6/round/rsqrt/selu/sigmoid/sign/silu/sin/sinh/softmax
        ops|tf|K|np.softplus/softsign/sqrt/square/stop_gradient/swish/tan/tanh/zeros_like
        ops|np.copy/flip/full_like/nan_to_num/trunc/log2/log10/deg2rad/tril/triu
        ops.convert_to_tensor/hard_silu/hard_swish/hard_tanh/celu/squareplus/tanh_shrink
        ops.sparse_plus/sparse_sigmoid/sparsemax/threshold/normalize/hard_shrink/soft_shrink
        tf|K.cumsum/cumprod/identity/l2_normalize/dropout/reverse
        tf.clip_by_value/convert_to_tensor/is_finite/is_inf/is_nan/neg
        np.fabs/around/degrees/radians/rint/cbrt/exp2/positive/invert/fliplr/flipud/float32/float64
        np.array/asarray/ascontiguousarray/asfortranarray/int32/int64/astype
        K.variable/constant/get_value/eval/clip
        """,
    ),
    (
        "broadcast_all",
        """
        ops|tf|K|np.add/subtract/multiply/divide/maximum/minimum/mod/equal/not_equal/greater
        ops|tf|K|np.greater_equal/less/less_equal/logical_and/logical_or/logical_xor/floor_divide
        ops|tf|np.true_divide/power/bitwise_and/bitwise_or/bitwise_xor
        ops|np.arctan2/clip/logaddexp
        tf|K|np.pow
        tf.add_v2/bias_add/divide_no_nan/floordiv/floormod/mul/sub/real_div/realdiv/truediv/atan2
        tf.squared_difference
        np.float_power/fmax/fmin/fmod/remainder/hypot
        """,
    ),
    ("where", "ops|tf|np.where(condition, x1=None, x2=None)"),
    (
        "reduce",
        """
        ops|K.sum/mean/max/min/prod/any/all/std/var/logsumexp(x, axis=None, keepdims=False)
        ops.amax/amin/count_nonzero/median(x, axis=None, keepdims=False)
        ops.norm(x, ord:-=None, axis=None, keepdims=False)
        tf.reduce_all/reduce_any/reduce_logsumexp/reduce_max(x, axis=None, keepdims=False)
        tf.reduce_mean/reduce_min/reduce_prod/reduce_std(x, axis=None, keepdims=False)
        tf.reduce_sum/reduce_variance/count_nonzero(x, axis=None, keepdims=False)
        tf.norm(tensor, ord:-=None, axis=None, keepdims=False)
        np.sum/mean/prod/std/var(a, axis=None, dtype:-=None, out:-=None, keepdims=False)
        np.nanmean/nansum(a, axis=None, dtype:-=None, out:-=None, keepdims=False)
        np.max/min/amax/amin/any/all/median(a, axis=None, out:-=None, keepdims=False)
        """,
    ),
    (
        "reduce_one",
        """
        ops|np.argmax/argmin(x, axis=None, keepdims=False)
        tf.argmax/argmin(input, axis=0, dtype:-=None)
        K.argmax/argmin(x, axis=-1)
        """,
    ),
    ("accumulate", "ops|np.cumsum/cumprod(x, axis=None)  ops|np.sort/argsort(x, axis=-1)"),
    (
        "concat",
        """
        ops.concatenate(xs, axis=0)
        tf.concat(values, axis)
        K.concatenate(tensors, axis=-1)
        np.concatenate/concat(arrays, axis=0)
        """,
    ),
    ("stack", "ops|K.stack(x, axis=0)  tf.stack(values, axis=0)  np.stack(arrays, axis=0)"),
    ("hstack", "ops.hstack(xs)  np.hstack(tup)"),
    ("vstack", "ops.vstack(xs)  np.vstack(tup)"),
    ("unstack", "ops|tf.unstack(x/value, num=None, axis=0)"),
    ("split", "ops|np.split(x/ary, indices_or_sections:sections, axis=0)"),
    ("array_split", "ops|np.array_split(x/ary, indices_or_sections:sections, axis=0)"),
    ("split_sizes", "tf.split(value, num_or_size_splits:sizes, axis=0)"),
    (
        "expand_dims",
        "ops|np.expand_dims(x/a, axis)  tf.expand_dims(input, axis)  K.expand_dims(x, axis=-1)",
    ),
    (
        "squeeze",
        "ops.squeeze(x, axis=None)  tf.squeeze(input, axis=None)  K.squeeze(x, axis)  "
        "np.squeeze(a, axis=None)",
    ),
    (
        "reshape",
        """
        ops.reshape(x, newshape:target)
        tf.reshape(tensor, shape:target)
        K.reshape(x, shape:target)
        np.reshape(a, shape:target)
        """,
    ),
    ("flatten", "ops.ravel(x)  np.ravel(a)  K.flatten(x)"),
    ("batch_flatten", "K.batch_flatten(x)"),
    (
        "transpose",
        """
        ops.transpose(x, axes=None)
        tf.transpose(a, perm:axes=None)
        K.permute_dimensions(x, pattern:axes)
        K.transpose(x)
        np.transpose(a, axes=None)
        """,
    ),
    ("swapaxes", "ops|np.swapaxes(x/a, axis1, axis2)"),
    ("moveaxis", "ops|np.moveaxis(x/a, source, destination)"),
    (
        "matmul",
        "ops|np.matmul(x1, x2:b)  tf.matmul(a, b, transpose_a=False, transpose_b=False)",
    ),
    ("dot", "ops|np.dot(x1/a, x2:b)  K.dot(x, y:b)"),
    (
        "tile",
        "ops.tile(x, repeats)  tf.tile(input, multiples:repeats)  K.tile(x, n:repeats)  "
        "np.tile(A, reps:repeats)",
    ),
    (
        "repeat",
        """
        ops|tf|np.repeat(x/a/input, repeats, axis=None)
        K.repeat_elements(x, rep:repeats, axis)
        """,
    ),
    ("repeat_vector", "K.repeat(x, n)"),
    ("pad", "ops.pad(x, pad_width:width)  np.pad(array, pad_width:width)"),
    ("pad", "tf.pad(tensor, paddings:width)"),
    ("take", "ops.take(x, indices, axis=None)  np.take(a, indices, axis=None)"),
    (
        "gather",
        """
        tf.gather(params, indices, validate_indices:-=None, axis=None, batch_dims=0)
        K.gather(reference, indices)
        """,
    ),
    ("getitem", "ops.get_item(x, key)  tf.getitem(x, slice_spec:key)"),
    (
        "one_hot",
        "ops.one_hot(x, num_classes:depth, axis=-1)  tf.one_hot(indices, depth)  "
        "K.one_hot(indices, num_classes:depth)",
    ),
    ("shape_of", "ops.shape(x)  tf|K.shape(x/input)  np.shape(a)"),
    ("resize", "tf.resize(images, size)"),
)
"""``(shape function, spellings)``; a spelling is ``libraries.name/name(parameters)``.

The parameters are those of the shape function in ``operation_shapes``, in the library's order. One
that the library calls otherwise is ``theirs:ours``; ``theirs:-`` says nothing about the shape. The
first one is the shape function's first whatever it is called. A name without brackets takes tensors
and whatever else.
"""

OLD_KEYWORDS: Mapping[str, str] = {
    "concat_dim": "axis",
    "dim": "axis",
    "keep_dims": "keepdims",
    "newshape": "shape",
    "reduction_indices": "axis",
}
"""Keywords of earlier versions, and what they are called now."""


class Parameter(NamedTuple):
    """A parameter of a spelling: its names there, and the one that the shape function has."""

    names: tuple[str, ...]
    role: str
    default: Any = None
    is_required: bool = True


class Spelling(NamedTuple):
    """How one library writes one operation."""

    library: str
    name: str
    shape_function: str
    parameters: tuple[Parameter, ...] = ()

    @property
    def class_name(self) -> str:
        """The class under which ``keras.ops`` records it: ``ExpandDims`` for ``expand_dims``."""
        return "".join(word.capitalize() for word in self.name.split("_"))

    def bind(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments of a call by the shape function's names, defaults filled in."""
        named = {**dict(zip((p.names[0] for p in self.parameters), args, strict=False)), **kwargs}
        bound: dict[str, Any] = {}
        for parameter in self.parameters:
            written = next((name for name in parameter.names if name in named), None)
            if written is not None:
                bound[parameter.role] = named[written]
            elif not parameter.is_required:
                bound[parameter.role] = parameter.default
        for old, new in OLD_KEYWORDS.items():
            role = next((p.role for p in self.parameters if new in p.names), None)
            if old in named and role is not None:
                bound[role] = named[old]
        bound.pop("-", None)
        return bound

    def output(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Structure:
        """Return the shape, or the structure of shapes, that a call results in.

        Tensors are given as Shapes, what is not known as Unknown. Raises UnknownValue if nothing
        is certain, Rejected if the call certainly fails.
        """
        function: Callable[..., Structure] = getattr(operation_shapes, self.shape_function)
        if not self.parameters:
            return function(*args, *kwargs.values())
        return function(**self.bind(args, kwargs))


def find_spelling(library: str, name: str) -> Spelling | None:
    """Return what a library (``ops``, ``tf``, ``K``, ``np``) means by a name, modules left out."""
    return _spellings().get((library, name.rpartition(".")[2]))


def find_class(class_name: str) -> Spelling | None:
    """Return the operation that ``keras.ops`` records under a class name."""
    return _classes().get(class_name)


_MODULES = re.compile(
    r"(?:(?P<ops>(?:keras|keras_core|tensorflow\.keras|tf_keras)\.(?:src\.)?ops(?:\.(?:numpy|nn|core))?)"
    r"|(?P<K>(?:keras|keras_core|tensorflow\.(?:python\.)?keras|tf_keras)\.backend)"
    r"|(?P<tf>tensorflow(?:\.compat\.v[12])?(?:\.(?:math|nn|linalg|image|raw_ops))?)"
    r"|(?P<np>numpy|jax\.numpy|cupy|tensorflow\.experimental\.numpy))\.(?P<name>\w+)"
)


def find_path(path: str) -> Spelling | None:
    """Return the operation at a dotted path such as ``tensorflow.math.reduce_sum``."""
    match = _MODULES.fullmatch(path)
    if match is None:
        return None
    library = next(short for short in LIBRARIES if match[short])
    return find_spelling(library, match["name"])


@cache
def _spellings() -> Mapping[tuple[str, str], Spelling]:
    return {(spelling.library, spelling.name): spelling for spelling in all_spellings()}


@cache
def _classes() -> Mapping[str, Spelling]:
    return {
        spelling.class_name: spelling for spelling in all_spellings() if spelling.library == "ops"
    }


def all_spellings() -> Iterator[Spelling]:
    """Yield every spelling of the table."""
    for shape_function, text in TABLE:
        for libraries, names, parameters in re.findall(r"([\w|]+)\.([\w/]+)(\([^)]*\))?", text):
            signature = tuple(_parameters(shape_function, parameters[1:-1]))
            for library in libraries.split("|"):
                for name in names.split("/"):
                    yield Spelling(library, name, shape_function, signature)


def _parameters(shape_function: str, text: str) -> Iterator[Parameter]:
    """Read ``x/a, perm:axes=None`` as the parameters of a spelling."""
    for position, written in enumerate(filter(None, text.split(", "))):
        declaration, _, default = written.partition("=")
        names, _, role = declaration.partition(":")
        spelled = tuple(names.split("/"))
        if position == 0:
            role = operation_shapes.first_parameter(shape_function)
        yield Parameter(
            spelled, role or spelled[0], ast.literal_eval(default or "None"), not default
        )
