"""The table of operations: each spelling means what its library does."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from rnninspect.ir import operation_shapes
from rnninspect.ir.dims import Unknown, UnknownValue
from rnninspect.ir.operation import Rejected
from rnninspect.ir.operations import (
    Spelling,
    all_spellings,
    find_class,
    find_path,
    find_spelling,
)
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import map_structure, pick

SPELLINGS = list(all_spellings())

CALLS = """
np.array_split(x, 3, axis=2)  np.cumsum(x)  np.cumsum(x, axis=1)  np.sort(x)  np.sort(x, axis=None)
np.concatenate([x, x])  np.concatenate([x, x], axis=-1)  np.concatenate([x, x], None)
np.stack([x, x], axis=1)  np.stack(arrays=[x, x])  np.hstack([x, x])  np.hstack([v, v, v])
np.vstack([v, v])  np.vstack([x, x])  np.split(x, 2)
np.split(ary=x, indices_or_sections=[1, 3], axis=1)
np.expand_dims(x, -1)  np.expand_dims(a=x, axis=0)  np.squeeze(x)  np.squeeze(one, axis=1)
np.reshape(x, (6, -1))  np.reshape(x, -1)  np.ravel(x)  np.transpose(x)  np.transpose(x, (2, 0, 1))
np.transpose(x, axes=[1, 0, 2])  np.swapaxes(x, 0, 2)  np.moveaxis(x, 0, -1)  np.matmul(x, v)
np.dot(x, v)  np.tile(x, 2)  np.tile(x, reps=(2, 1, 1, 1))  np.repeat(x, 3)  np.repeat(x, 3, axis=1)
np.pad(x, 1)  np.pad(x, pad_width=((0, 0), (1, 2), (0, 0)))
np.take(x, [0, 1], axis=1)  np.take(x, 0)
np.sum(x)  np.sum(x, 1)  np.mean(x, axis=(0, 2), keepdims=True)  np.argmax(x)  np.argmax(x, -1)
np.where(x, x, 0)  np.add(x, v)  np.clip(x, 0, v)  np.maximum(x, one)
np.max(a=x, axis=0)
"""
TF_CALLS = """
tf.concat([x, x], 0)  tf.concat(values=[x, x], axis=-1)  tf.stack([x, x], axis=1)  tf.unstack(x)
tf.unstack(x, 3, 1)  tf.unstack(x, axis=-1)  tf.split(x, 2)  tf.split(x, [1, 3], axis=2)
tf.split(value=x, num_or_size_splits=2, axis=-1)  tf.expand_dims(x, 0)  tf.squeeze(one)
tf.squeeze(one, [1])  tf.reshape(x, [-1, 12])  tf.reshape(tensor=x, shape=-1)  tf.transpose(x)
tf.transpose(x, perm=[0, 2, 1])  tf.matmul(x, x, transpose_b=True)  tf.tile(x, [1, 2, 3])
tf.repeat(x, 2, axis=1)  tf.pad(x, [[0, 0], [1, 1], [2, 0]])  tf.gather(x, [0, 1])
tf.gather(x, [[0, 1]], axis=1)  tf.one_hot([0, 2], 5)  tf.reduce_sum(x)  tf.reduce_mean(x, 1)
tf.reduce_max(x, axis=[0, 1], keepdims=True)  tf.argmax(x)  tf.argmax(x, axis=-1)  tf.add(x, v)
tf.math.squared_difference(x, v)  tf.nn.relu(x)  tf.nn.softmax(x)  tf.image.resize(x, (7, 8))
tf.norm(x, axis=-1)  tf.where(x > 0, x, v)  tf.shape(x)  tf.math.reduce_std(x, axis=1)
"""
OPS_CALLS = """
ops.concatenate([x, x])  ops.concatenate([x, x], axis=-1)  ops.stack([x, x], axis=1)
ops.hstack([x, x])  ops.vstack([x, x])  ops.unstack(x, axis=1)  ops.split(x, 2, axis=-1)
ops.split(x, [1], axis=1)  ops.expand_dims(x, 1)  ops.expand_dims(x, (0, -1))  ops.squeeze(one)
ops.squeeze(one, 1)  ops.reshape(x, (-1, 12))  ops.reshape(x, newshape=(-1, 4, 3))  ops.ravel(x)
ops.transpose(x)  ops.transpose(x, axes=(0, 2, 1))  ops.swapaxes(x, 1, 2)  ops.moveaxis(x, 1, 2)
ops.matmul(x, v)  ops.dot(x, v)  ops.tile(x, (1, 2, 1))  ops.repeat(x, 2, axis=1)
ops.pad(x, ((0, 0), (1, 1), (0, 2)))  ops.take(x, [0, 1], axis=1)  ops.one_hot(v, 7)
ops.sum(x)  ops.mean(x, axis=1)  ops.max(x, axis=(1, 2), keepdims=True)  ops.argmax(x, axis=-1)
ops.argmin(x)  ops.where(x, x, v)  ops.add(x, v)  ops.multiply(x, one)  ops.logsumexp(x, axis=-1)
ops.get_item(x, (slice(None), -1))  ops.get_item(x, 0)  ops.cumsum(x, axis=1)  ops.norm(x, axis=1)
"""
K_CALLS = """
K.concatenate([x, x])  K.concatenate([x, x], axis=1)  K.stack([x, x])  K.expand_dims(x)
K.expand_dims(x, 1)  K.squeeze(one, 1)  K.reshape(x, (-1, 12))  K.flatten(x)  K.batch_flatten(x)
K.permute_dimensions(x, (0, 2, 1))  K.transpose(m)  K.dot(x, w)  K.tile(x, (1, 2, 1))
K.repeat_elements(x, 2, 1)  K.repeat(m, 5)  K.gather(x, [0, 1])  K.one_hot([0, 2], 5)
K.sum(x)  K.mean(x, axis=-1)  K.max(x, 1, True)  K.argmax(x)  K.argmax(x, axis=1)  K.relu(x)
K.cumsum(x)  K.l2_normalize(x, axis=-1)  K.maximum(x, v)  K.softmax(x)
"""
TENSORS = {"x": (2, 3, 4), "v": (4,), "one": (2, 1, 4), "m": (3, 4), "w": (4, 5)}


def calls(text: str) -> list[str]:
    return [one.replace("\n", " ").strip() for one in text.replace("\n", "  ").split("  ") if one]


class Table:
    """A library of our own: its functions are those of the table."""

    def __init__(self, library: str) -> None:
        self.library = library

    def __getattr__(self, name: str) -> Any:
        spelling = find_spelling(self.library, name)
        if spelling is None:
            return Table(self.library)  # a module such as tf.nn
        return lambda *args, **kwargs: spelling.output(args, kwargs)


class Symbol(Shape):
    """A tensor whose comparison with a number is one of its own shape."""

    def __gt__(self, other: object) -> Shape:
        return self


def ours(call: str, **shapes: Shape) -> Any:
    library = call.partition(".")[0]
    output = eval(call, {library: Table(library), **shapes})
    return map_structure(lambda shape: shape.sizes, output)


def agree(call: str, theirs: Any) -> None:
    claim = ours(call, **{name: Symbol(Shape.of(*sizes)) for name, sizes in TENSORS.items()})
    fact = [x.shape for x in theirs] if isinstance(theirs, list | tuple) else theirs.shape
    assert (list(claim) if isinstance(fact, list) else claim) == fact, call


@pytest.mark.parametrize("call", calls(CALLS))
def test_numpy(call: str) -> None:
    arrays = {name: np.zeros(sizes, dtype=int) for name, sizes in TENSORS.items()}
    result = eval(call, {"np": np, **arrays})
    agree(call, list(result) if "split" in call else np.asarray(result))


@pytest.mark.parametrize(
    "spelling", [s for s in SPELLINGS if s.library == "np"], ids=lambda s: s.name
)
def test_what_has_the_shape_of_its_first_tensor_in_numpy(spelling: Spelling) -> None:
    function = getattr(np, spelling.name, None)
    if function is None or spelling.shape_function not in ("like_first", "broadcast_all"):
        return  # a name of another library, or compared in test_numpy
    is_bits = "bitwise" in spelling.name or spelling.name == "invert"
    x = np.full((2, 3), True if is_bits else 0.5)
    further: tuple[Any, ...] = {"clip": (0, 1), "full_like": (1,), "astype": (int,)}.get(
        spelling.name, (x,) if spelling.shape_function == "broadcast_all" else ()
    )
    with np.errstate(all="ignore"):
        assert function(x, *further).shape == (2, 3)
    assert pick(spelling.output([Shape.of(2, 3)], {}), 0).sizes == (2, 3)


@pytest.mark.keras
@pytest.mark.parametrize("call", calls(TF_CALLS))
def test_tensorflow(call: str) -> None:
    import tensorflow as tf

    tensors = {name: tf.zeros(sizes) for name, sizes in TENSORS.items()}
    theirs = eval(call, {"tf": tf, **tensors})
    agree(call, theirs)


@pytest.mark.keras
@pytest.mark.parametrize("call", calls(OPS_CALLS))
def test_keras_ops_with_a_dynamic_batch(call: str, keras: Any) -> None:
    sizes = {name: (None, *one[1:]) if len(one) == 3 else one for name, one in TENSORS.items()}
    theirs = eval(
        call, {"ops": keras.ops, **{name: keras.KerasTensor(one) for name, one in sizes.items()}}
    )
    claim = ours(call, **{name: Shape.of(*one) for name, one in sizes.items()})
    fact = [x.shape for x in theirs] if isinstance(theirs, list | tuple) else theirs.shape
    assert (list(claim) if isinstance(fact, list) else claim) == fact


@pytest.mark.keras
@pytest.mark.parametrize("call", calls(K_CALLS))
def test_the_backend_functions_of_keras(call: str) -> None:
    import tensorflow as tf
    from keras.src.legacy import backend

    tensors = {name: tf.zeros(sizes) for name, sizes in TENSORS.items()}
    agree(call, eval(call, {"K": backend, **tensors}))


@pytest.mark.keras
def test_every_operation_of_keras_ops_exists_and_keeps_or_broadcasts_the_shape(keras: Any) -> None:
    x = keras.KerasTensor((None, 3, 4))
    checked = 0
    for spelling in SPELLINGS:
        function = getattr(keras.ops, spelling.name, None)
        if spelling.library != "ops" or function is None:
            continue
        if spelling.shape_function == "like_first":
            further: tuple[Any, ...] = {
                "cast": ("float32",),
                "full_like": (1,),
                "threshold": (0, 0),
            }.get(spelling.name, ())
        elif spelling.shape_function == "broadcast_all":
            further = {"clip": (0, 1)}.get(spelling.name, (x,))
        else:
            continue
        if spelling.name in ("stop_gradient", "convert_to_tensor"):  # of real tensors only
            continue
        assert function(x, *further).shape == (None, 3, 4), spelling.name
        checked += 1
    assert checked > 90


def test_every_shape_function_and_every_role_exists() -> None:
    for spelling in SPELLINGS:
        function = getattr(operation_shapes, spelling.shape_function)
        roles = set(inspect.signature(function).parameters)
        assert {p.role for p in spelling.parameters} <= roles | {"-"}, spelling


def test_no_library_spells_two_operations_alike() -> None:
    keys = [(spelling.library, spelling.name) for spelling in SPELLINGS]
    assert not {key for key in keys if keys.count(key) > 1}


@pytest.mark.parametrize(
    ("path", "library", "name"),
    [
        ("tensorflow.math.reduce_sum", "tf", "reduce_sum"),
        ("tensorflow.compat.v1.concat", "tf", "concat"),
        ("tensorflow.keras.backend.mean", "K", "mean"),
        ("keras.backend.concatenate", "K", "concatenate"),
        ("keras.ops.expand_dims", "ops", "expand_dims"),
        ("keras.ops.numpy.sum", "ops", "sum"),
        ("numpy.concatenate", "np", "concatenate"),
    ],
)
def test_a_dotted_path_is_found(path: str, library: str, name: str) -> None:
    spelling = find_path(path)
    assert spelling is not None
    assert (spelling.library, spelling.name) == (library, name)


def test_what_is_no_operation_is_not_found() -> None:
    for path in ("numpy.random.permutation", "tensorflow.keras.layers.add", "os.path.join"):
        assert find_path(path) is None, path


def test_a_class_of_keras_ops_is_found_by_its_name() -> None:
    for name in ("ExpandDims", "GetItem", "NotEqual", "Any", "Concatenate", "Matmul", "OneHot"):
        assert find_class(name) is not None, name
    assert find_class("Dense") is None


def test_keywords_of_earlier_versions_still_count() -> None:
    spelling = find_spelling("tf", "reduce_sum")
    assert spelling is not None
    bound = spelling.bind([Shape.of(2, 3)], {"reduction_indices": 1, "keep_dims": True})
    assert (bound["axis"], bound["keepdims"]) == (1, True)


def test_what_is_not_known_or_rejected_says_why() -> None:
    x = Shape.of(2, 3)
    with pytest.raises(UnknownValue, match="a file"):
        find_spelling("tf", "reduce_sum").output([Unknown("a file")], {})  # type: ignore[union-attr]
    with pytest.raises(Rejected, match="axis 5 is out of bounds"):
        find_spelling("np", "sum").output([x, 5], {})  # type: ignore[union-attr]
