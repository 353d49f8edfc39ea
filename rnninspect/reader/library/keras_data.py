"""Keras's functions for data: sequences, texts, pictures, and the data sets that it brings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import ListCell, ObjectCell
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import number_from, operand_shape
from rnninspect.reader.data.datasets import BATCH
from rnninspect.reader.join import join_shapes
from rnninspect.reader.library.calling import (
    Args,
    Implementation,
    Kwargs,
    argument,
    unknown_result,
    unread,
)
from rnninspect.reader.sizes import dim_of, listed, unknown_array
from rnninspect.reader.values import (
    Array,
    Dataset,
    ListRef,
    NativeMethod,
    ObjectRef,
    Unresolved,
    Value,
)

SAMPLES = "how many samples there are"
_LOADED: Mapping[str, tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]] = {
    "mnist": (((60000, 28, 28), (60000,)), ((10000, 28, 28), (10000,))),
    "fashion_mnist": (((60000, 28, 28), (60000,)), ((10000, 28, 28), (10000,))),
    "cifar10": (((50000, 32, 32, 3), (50000, 1)), ((10000, 32, 32, 3), (10000, 1))),
    "cifar100": (((50000, 32, 32, 3), (50000, 1)), ((10000, 32, 32, 3), (10000, 1))),
    "imdb": (((25000,), (25000,)), ((25000,), (25000,))),
    "reuters": (((8982,), (8982,)), ((2246,), (2246,))),
    "boston_housing": (((404, 13), (404,)), ((102, 13), (102,))),
}
"""Shapes of ``((x_train, y_train), (x_test, y_test))``: keras/src/datasets."""


def _load_data(name: str) -> Implementation:
    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        fixed = _is_fixed(name, args, kwargs)
        dtype = "object" if name in ("imdb", "reuters") else None

        def array(sizes: tuple[int, ...], kind: str | None) -> Array:
            rows = Dim.of(sizes[0]) if fixed else Dim.unknown(SAMPLES)
            return Array(Shape((rows, *map(Dim.of, sizes[1:]))), kind)

        return tuple((array(x, dtype), array(y, None)) for x, y in _LOADED[name])

    return call


def _is_fixed(name: str, args: Args, kwargs: Kwargs) -> bool:
    """Whether all samples are loaded: not only short ones, split as usual."""
    if name in ("imdb", "reuters"):
        return len(args) < 4 and not kwargs.keys() & {"maxlen", "test_split", "nb_words"}
    return name != "boston_housing" or ("test_split" not in kwargs and len(args) < 2)


def _pad_sequences(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """``(samples, maxlen, *further axes)``."""
    sequences = argument(args, kwargs, 0, "sequences")
    length = argument(args, kwargs, 1, "maxlen")
    shape = _sequence_shape(ctx, sequences)
    longest = Dim.unknown("the longest sequence") if length is None else dim_of(length, "maxlen")
    if shape is None:
        return unknown_array()
    rows, further = shape
    if further is None:
        return unknown_array()
    return Array(Shape((rows, longest, *further)))


def _sequence_shape(ctx: Context, value: Value) -> tuple[Dim, tuple[Dim, ...] | None] | None:
    """Return how many sequences there are and the axes of one of their steps."""
    if isinstance(value, Array):
        dims = value.shape.dims
        if not dims or (len(dims) == 1 and value.dtype != "object"):
            return None
        # A vector of objects holds lists of numbers: a number has no axes.
        return dims[0], dims[2:]
    if isinstance(value, ListRef | tuple):
        items = listed(ctx, value)
        rows = Dim.unknown(SAMPLES) if items is None else Dim.of(len(items))
        if items is None and isinstance(value, ListRef):
            cell: ListCell = ctx.state.get(value)
            items = () if cell.is_open else (cell.element,)
        steps = [_step_axes(ctx, item) for item in items or ()]
        axes = [step for step in steps if step is not None]
        if not axes or len(axes) < len(steps):
            return None
        common = reduce(join_shapes, map(Shape, axes))
        return rows, common.dims
    return None


def _step_axes(ctx: Context, sequence: Value) -> tuple[Dim, ...] | None:
    """Return the axes of one step of a sequence; None where the sequence is not known."""
    if isinstance(sequence, ListRef):
        cell: ListCell = ctx.state.get(sequence)
        items = cell.items[:1] if cell.exact else (cell.element,)
        if not items or cell.is_open:
            return None
        shape = operand_shape(ctx, items[0])
        return shape.dims
    if isinstance(sequence, Array):
        return sequence.shape.dims[1:] if sequence.shape.dims else None
    return None


def _to_categorical(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """One axis of classes more; a last axis of size 1 gives way to it."""
    value = argument(args, kwargs, 0, "x", kwargs.get("y"))
    classes = argument(args, kwargs, 1, "num_classes", kwargs.get("nb_classes"))
    count = Dim.unknown("how many classes there are") if classes is None else dim_of(classes)
    dims = operand_shape(ctx, value).dims
    if dims is None:
        return unknown_array()
    if len(dims) > 1 and dims[-1].value == 1:
        dims = dims[:-1]
    elif len(dims) > 1 and dims[-1].value is None:
        return unknown_array()
    return number_from(Shape((*dims, count)))


def _normalize(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Array(operand_shape(ctx, argument(args, kwargs, 0, "x")))


def _one_hot(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """A text as a list of numbers, one a word."""
    return ctx.new_list_of(ListCell.of_unknown_length(Unresolved("the number of a word", int)))


def _words(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return ctx.new_list_of(ListCell.of_unknown_length(Unresolved("a word", str)))


def _tokenizer(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.call_back([*args, *kwargs.values()], "it is given to a tokenizer")
    words = argument(args, kwargs, 0, "num_words", kwargs.get("nb_words"))
    ref: ObjectRef = ctx.create(lambda: ObjectRef("tokenizer"))
    vocabulary = ctx.create(lambda: _vocabulary())
    ctx.state.put(ref, ObjectCell({"num_words": words, "vocabulary": vocabulary}))
    return ref


def _vocabulary() -> dict[str, Unresolved]:
    """Return the tables of a tokenizer: each the same unknown wherever it is asked for."""
    return {name: Unresolved(f"`{name}` of a tokenizer") for name in _TABLES}


_TABLES = "word_index index_word word_counts word_docs index_docs document_count".split()


def tokenizer_attribute(ctx: Context, ref: ObjectRef, name: str) -> Value:
    """Return an attribute of a tokenizer; fitting it again gives other tables."""
    cell: ObjectCell = ctx.state.get(ref)
    if name in _TABLES:
        tables = cell.contents.get("vocabulary")
        found = tables.get(name) if isinstance(tables, dict) else None
        return Unresolved("a tokenizer's table") if found is None else found
    if name == "num_words":
        return cell.contents.get("num_words", Unresolved("how many words there are"))
    return NativeMethod(ref, name)


def tokenizer_method(
    ctx: Context, ref: ObjectRef, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of a tokenizer gives."""
    cell: ObjectCell = ctx.state.get(ref)
    texts = argument(args, kwargs, 0, "texts")
    if name.startswith("fit_on"):
        unread(ctx, args, kwargs, "words are counted")
        if not cell.is_open:
            tables = ctx.create(lambda: _vocabulary())
            ctx.state.put(ref, ObjectCell({**cell.contents, "vocabulary": tables}))
        return None
    if name in ("texts_to_sequences", "sequences_to_texts"):
        known = listed(ctx, texts) if name == "texts_to_sequences" else None
        unread(ctx, args, kwargs, "texts are cut into words")
        if name == "sequences_to_texts":
            return ctx.new_list_of(ListCell.of_unknown_length(Unresolved("a text", str)))
        number = Unresolved("the number of a word", int)
        if known is not None and len(known) <= 100:
            return ctx.new_list([
                ctx.new_list_of(ListCell.of_unknown_length(number)) for _ in known
            ])  # fmt: skip
        row = ctx.new_list_of(ListCell.of_unknown_length(number))
        return ctx.new_list_of(ListCell.of_unknown_length(row))
    if name in ("texts_to_matrix", "sequences_to_matrix"):
        shape = operand_shape(ctx, texts).dims
        rows = shape[0] if shape else Dim.unknown(SAMPLES)
        unread(ctx, args, kwargs, "texts are counted")
        words = cell.contents.get("num_words")
        width = dim_of(words) if type(words) is int else Dim.unknown("how many words there are")
        return Array(Shape((rows, width)), "float64")
    unread(ctx, args, kwargs, "it is given to a tokenizer")
    return Unresolved(f"what `{name}` of a tokenizer gives is not known")


def _time_series(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """``timeseries_dataset_from_array``: batches of ``(batch, sequence_length, *axes)``."""
    data = operand_shape(ctx, argument(args, kwargs, 0, "data"))
    targets = argument(args, kwargs, 1, "targets")
    length = argument(args, kwargs, 2, "sequence_length")
    batch = kwargs.get("batch_size", 128)
    front = () if batch is None else (Dim.unknown(BATCH),)
    x: Value = unknown_array()
    if data.dims:
        x = Array(Shape((*front, dim_of(length), *data.dims[1:])))
    if targets is None:
        return Dataset(x)
    wanted = operand_shape(ctx, targets)
    y = unknown_array() if not wanted.dims else Array(Shape((*front, *wanted.dims[1:])))
    return Dataset((x, y))


def _series_generator(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """``TimeseriesGenerator``: ``(batch, length // sampling_rate, *axes)`` and targets."""
    data = operand_shape(ctx, argument(args, kwargs, 0, "data"))
    targets = operand_shape(ctx, argument(args, kwargs, 1, "targets"))
    length = argument(args, kwargs, 2, "length")
    rate = argument(args, kwargs, 3, "sampling_rate", 1)
    steps = Dim.unknown("how many steps a sample has")
    if type(length) is int and type(rate) is int and rate > 0:
        steps = Dim.of(len(range(0, length, rate)))
    x, y = unknown_array(), unknown_array()
    if data.dims:
        x = Array(Shape((Dim.unknown(BATCH), steps, *data.dims[1:])))
    if targets.dims:
        y = Array(Shape((Dim.unknown(BATCH), *targets.dims[1:])))
    return Dataset((x, y))


def _pictures(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """``image_dataset_from_directory``."""
    channels = {"rgb": 3, "rgba": 4, "grayscale": 1}.get(kwargs.get("color_mode", "rgb"))
    size = listed(ctx, kwargs.get("image_size", (256, 256)))
    front = () if kwargs.get("batch_size", 32) is None else (Dim.unknown(BATCH),)
    if size is None or len(size) != 2 or kwargs.get("data_format") is not None:
        x = unknown_array()
    else:
        width = Dim.unknown("how many channels there are") if channels is None else Dim.of(channels)
        x = Array(Shape((*front, *map(dim_of, size), width)))
    mode = kwargs.get("label_mode", "int")
    if kwargs.get("labels", "inferred") is None or mode is None:
        return Dataset(x)
    axes = {"int": (), "binary": (Dim.of(1),), "categorical": (Dim.unknown("classes"),)}.get(mode)
    y = unknown_array() if axes is None else Array(Shape((*front, *axes)))
    if kwargs.get("subset") == "both":
        return (Dataset((x, y)), Dataset((x, y)))
    return Dataset((x, y))


def _picture_generator(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.call_back([*args, *kwargs.values()], "it is given to a generator of pictures")
    ref: ObjectRef = ctx.create(lambda: ObjectRef("images"))
    ctx.state.put(ref, ObjectCell({}))
    return ref


def images_method(
    ctx: Context, ref: ObjectRef, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of ``ImageDataGenerator`` gives."""
    ctx.call_back([*args, *kwargs.values()], "it is given to a generator of pictures")
    if name == "flow":
        x = _batch_of(ctx, argument(args, kwargs, 0, "x"))
        labels = argument(args, kwargs, 1, "y")
        return Dataset(x if labels is None else (x, _batch_of(ctx, labels)))
    if name in ("flow_from_directory", "flow_from_dataframe"):
        size = listed(ctx, kwargs.get("target_size", (256, 256)))
        channels = {"rgb": 3, "rgba": 4, "grayscale": 1}.get(kwargs.get("color_mode", "rgb"))
        x = unknown_array()
        if size is not None and len(size) == 2 and channels is not None:
            x = Array(Shape((Dim.unknown(BATCH), *map(dim_of, size), Dim.of(channels))))
        mode = kwargs.get("class_mode", "categorical")
        if mode is None:
            return Dataset(x)
        axes = {
            "binary": (), "sparse": (), "categorical": (Dim.unknown("how many classes there are"),)
        }.get(mode)  # fmt: skip
        y = unknown_array() if axes is None else Array(Shape((Dim.unknown(BATCH), *axes)))
        return Dataset((x, y))
    return None if name == "fit" else Unresolved(f"what `{name}` gives is not known")


def _batch_of(ctx: Context, value: Value) -> Array:
    dims = operand_shape(ctx, value).dims
    return Array(Shape((Dim.unknown(BATCH), *dims[1:]))) if dims else unknown_array()


_PREPROCESSING: Mapping[str, Implementation] = {
    "sequence.pad_sequences": _pad_sequences,
    "sequence.TimeseriesGenerator": _series_generator,
    "text.Tokenizer": _tokenizer,
    "text.one_hot": _one_hot,
    "text.text_to_word_sequence": _words,
    "image.ImageDataGenerator": _picture_generator,
    "timeseries_dataset_from_array": _time_series,
    "image_dataset_from_directory": _pictures,
}
FUNCTIONS: Mapping[str, Implementation] = {
    **{f"keras.preprocessing.{name}": function for name, function in _PREPROCESSING.items()},
    **{f"keras_preprocessing.{name}": function for name, function in _PREPROCESSING.items()},
    **{f"keras.legacy.preprocessing.{name}": function for name, function in _PREPROCESSING.items()},
    **{f"keras.utils.{name.rpartition('.')[2]}": function
       for name, function in _PREPROCESSING.items()},
    "keras.preprocessing.text_dataset_from_directory": unknown_result("texts that are read"),
    **{f"keras.utils.{module}to_categorical": _to_categorical for module in ("", "np_utils.")},
    "keras.utils.normalize": _normalize,
    "keras.utils.set_random_seed": unknown_result("a seed"),
    **{f"keras.datasets.{name}.load_data": _load_data(name) for name in _LOADED},
    **{f"keras.datasets.{name}.get_word_index": unknown_result("the words of the data")
       for name in ("imdb", "reuters")},
}  # fmt: skip
