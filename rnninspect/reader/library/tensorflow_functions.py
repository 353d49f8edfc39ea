"""TensorFlow: data sets, and its functions on arrays; symbolic tensors are Keras's matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import DictCell
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import number_from, operand_shape
from rnninspect.reader.data.datasets import element_from
from rnninspect.reader.library.calling import Args, Implementation, Kwargs, argument, unknown_result
from rnninspect.reader.library.numpy_functions import of_arrays
from rnninspect.reader.library.numpy_making import array_function, filled
from rnninspect.reader.library.numpy_table import on_tensors
from rnninspect.reader.sizes import dim_of, shape_from, unknown_array
from rnninspect.reader.values import Array, Dataset, DictRef, External, Parts, Unresolved, Value


def _slices(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Dataset(element_from(ctx, argument(args, kwargs, 0, "tensors"), sliced=True))


def _whole(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Dataset(element_from(ctx, argument(args, kwargs, 0, "tensors"), sliced=False))


def _range(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Dataset(Array(Shape(()), "int64"))


def _zip(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Dataset(_zipped(ctx, tuple(args) if len(args) != 1 else args[0]))


def _zipped(ctx: Context, value: Value) -> Value:
    if isinstance(value, Dataset):
        return value.element
    if type(value) is tuple:
        return tuple(_zipped(ctx, part) for part in value)
    if isinstance(value, DictRef):
        cell: DictCell = ctx.state.get(value)
        if cell.exact:
            return Parts({key: _zipped(ctx, part) for key, part in cell.items.items()})
    return Unresolved("an element")


def _generated(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """``from_generator``: the shapes that the program states for its elements."""
    ctx.call_back([*args, *kwargs.values()], "elements are made by a generator")
    signature = kwargs.get("output_signature")
    if signature is not None:
        return Dataset(_stated(ctx, signature))
    return Dataset(Unresolved("an element"))


def _stated(ctx: Context, value: Value) -> Value:
    if type(value) is tuple:
        return tuple(_stated(ctx, part) for part in value)
    return value if isinstance(value, Array) else Unresolved("an element")


def _lines(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.call_back([*args, *kwargs.values()], "elements are read from files")
    return Dataset(Array(Shape(()), "str"))


def _drawn(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return number_from(shape_from(ctx, argument(args, kwargs, 0, "shape")))


def _made(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """``tf.constant``, ``tf.convert_to_tensor``, ``tf.Variable``."""
    shape = kwargs.get("shape", args[2] if len(args) > 2 else None)
    if shape is not None:
        return number_from(shape_from(ctx, shape))
    return array_function()(ctx, args[:1], kwargs, node)


def _fill(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return number_from(shape_from(ctx, argument(args, kwargs, 0, "dims")))


def _eye(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    rows = argument(args, kwargs, 0, "num_rows")
    columns = argument(args, kwargs, 1, "num_columns", rows)
    if "batch_shape" in kwargs or len(args) > 2:
        return unknown_array()
    return Array(Shape((dim_of(rows), dim_of(columns))))


def _numbers(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return ctx.call(External("numpy.arange"), args, kwargs, node)


def _shuffled(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Array(operand_shape(ctx, argument(args, kwargs, 0, "value")))


_DATASET = "tensorflow.data.Dataset"
_CREATED: Mapping[str, Implementation] = {
    "zeros": filled(None), "ones": filled(None), "fill": _fill, "eye": _eye,
    "random.normal": _drawn, "random.uniform": _drawn, "random_normal": _drawn,
    "random.truncated_normal": _drawn, "random_uniform": _drawn, "random.shuffle": _shuffled,
    "constant": _made, "convert_to_tensor": _made, "Variable": _made, "range": _numbers,
}  # fmt: skip


def _unless_symbolic(path: str, implementation: Implementation) -> Implementation:
    """Return a function that leaves symbolic tensors to Keras."""

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        tensors = on_tensors(ctx, path, args, kwargs, node)
        return implementation(ctx, args, kwargs, node) if tensors is None else tensors

    return call


def fallback(path: str) -> Implementation | None:
    """Return what a function does that the table of operations knows."""
    found: Implementation | None = of_arrays(path)
    return found


FUNCTIONS: Mapping[str, Implementation] = {
    f"{_DATASET}.from_tensor_slices": _slices,
    f"{_DATASET}.from_tensors": _whole,
    f"{_DATASET}.range": _range,
    f"{_DATASET}.zip": _zip,
    f"{_DATASET}.from_generator": _generated,
    f"{_DATASET}.list_files": _lines,
    "tensorflow.data.TextLineDataset": _lines,
    **{f"tensorflow.{name}": _unless_symbolic(f"tensorflow.{name}", function)
       for name, function in _CREATED.items()},
    "tensorflow.random.set_seed": unknown_result("a seed"),
    "tensorflow.set_random_seed": unknown_result("a seed"),
}  # fmt: skip
