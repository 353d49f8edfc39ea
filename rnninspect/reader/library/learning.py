"""scikit-learn: data that is split, scaled and encoded."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import ListCell, ObjectCell
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import operand_shape
from rnninspect.reader.data.frames import like_frame, new_frame, sizes_of_frame
from rnninspect.reader.iteration import element_of
from rnninspect.reader.library.calling import (
    Args,
    Implementation,
    Kwargs,
    argument,
    iterator_of_unknown_length,
)
from rnninspect.reader.sizes import dim_of, unknown_array
from rnninspect.reader.values import Array, FrameRef, ListRef, ObjectRef, Unresolved, Value

ROWS = "how many rows a part of the data has"
_SCALERS = frozenset(
    """MinMaxScaler StandardScaler RobustScaler MaxAbsScaler Normalizer QuantileTransformer
    PowerTransformer Binarizer OrdinalEncoder""".split()
)
_SPLITTERS = frozenset(
    """KFold StratifiedKFold GroupKFold TimeSeriesSplit ShuffleSplit StratifiedShuffleSplit
    RepeatedKFold RepeatedStratifiedKFold LeaveOneOut""".split()
)
_REDUCERS = frozenset("PCA TruncatedSVD IncrementalPCA FastICA KernelPCA NMF".split())
_OTHERS = frozenset(
    """LabelEncoder LabelBinarizer MultiLabelBinarizer OneHotEncoder SimpleImputer Imputer
    PolynomialFeatures SelectKBest VarianceThreshold""".split()
)


def part_of(ctx: Context, value: Value, count: int | None) -> Value:
    """Return some of the rows of data."""
    rows = Dim.unknown(ROWS) if count is None else Dim.of(count)
    if isinstance(value, FrameRef):
        _, columns, names = sizes_of_frame(ctx, value)
        return new_frame(ctx, rows, columns, names)
    if isinstance(value, Array):
        dims = value.shape.dims
        return Array(Shape((rows, *dims[1:])) if dims else value.shape, value.dtype)
    if isinstance(value, ListRef | tuple | range):
        element = element_of(ctx, value)
        if count is None:
            return ctx.new_list_of(ListCell.of_unknown_length(element))
        return ctx.new_list_of(ListCell.of_unknown_length(element, count))
    return Unresolved("a part of the data")


def _rows(ctx: Context, value: Value) -> int | None:
    dims = operand_shape(ctx, value).dims
    return dims[0].value if dims else None


def _train_test_split(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    counts: tuple[int | None, int | None] = (None, None)
    rows = _rows(ctx, args[0]) if args else None
    size = kwargs.get("test_size", 0.25)
    if rows is not None and "train_size" not in kwargs:
        if type(size) is float and 0 < size < 1:
            test = math.ceil(rows * size)
            counts = (rows - test, test)
        elif type(size) is int and 0 < size < rows:
            counts = (rows - size, size)
    ctx.call_back([*args, *kwargs.values()], "data is split")
    return ctx.new_list([part_of(ctx, value, count) for value in args for count in counts])


def _shuffle(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    chosen = kwargs.get("n_samples")
    whole = [value if chosen is None and isinstance(value, Array) else
             like_frame(ctx, value) if chosen is None and isinstance(value, FrameRef) else
             part_of(ctx, value, None) for value in args]  # fmt: skip
    return whole[0] if len(whole) == 1 else ctx.new_list(whole)


def _estimator(kind: str, name: str) -> Implementation:
    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        ctx.call_back([*args, *kwargs.values()], "it is given to an estimator")
        ref: ObjectRef = ctx.create(lambda: ObjectRef(kind))
        width = argument(args, kwargs, 0, "n_components") if name in _REDUCERS else None
        ctx.state.put(ref, ObjectCell({"name": name, "width": width}))
        return ref

    return call


def estimator_method(
    ctx: Context, ref: ObjectRef, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of a scaler or encoder gives."""
    cell: ObjectCell = ctx.state.get(ref)
    ctx.call_back([*args, *kwargs.values()], "it is given to an estimator")
    if name in ("fit", "partial_fit", "set_params"):
        return ref
    if name == "set_output" or cell.is_open:
        ctx.state.escape(ref, "an estimator gives tables")
        return ref
    if name not in ("fit_transform", "transform", "inverse_transform"):
        return Unresolved(f"what `{name}` gives is not known")
    shape = operand_shape(ctx, argument(args, kwargs, 0, "X"))
    estimator = cell.contents.get("name")
    if estimator in _SCALERS:
        return Array(shape) if shape.dims is None or len(shape.dims) == 2 else unknown_array()
    if estimator == "LabelEncoder":
        dims = shape.dims
        if dims is None or len(dims) > 2:
            return unknown_array()
        return Array(Shape(dims[:1]), "int64" if name != "inverse_transform" else None)
    if estimator in _REDUCERS and name != "inverse_transform" and shape.dims:
        width = cell.contents.get("width")
        size = Dim.of(width) if type(width) is int else Dim.unknown("how many components there are")
        return Array(Shape((shape.dims[0], size)))
    if estimator == "OneHotEncoder":
        return Unresolved("a sparse matrix, or an array")
    if estimator == "LabelBinarizer" and name == "inverse_transform":
        return unknown_array()
    rows = shape.dims[0] if shape.dims else Dim.unknown(ROWS)
    return Array(Shape((rows, Dim.unknown("how many columns an encoder makes"))))


def splitter_method(
    ctx: Context, ref: ObjectRef, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of ``KFold`` and its kin gives."""
    ctx.call_back([*args, *kwargs.values()], "data is split")
    if name == "split":
        train = Array(Shape((Dim.unknown(ROWS),)), "int64")
        test = Array(Shape((Dim.unknown(ROWS),)), "int64")
        return iterator_of_unknown_length(ctx, (train, test))
    if name == "get_n_splits":
        return Unresolved("how many parts there are", int)
    return Unresolved(f"what `{name}` gives is not known")


def _scaled(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if kwargs.get("return_norm", False) is not False:
        return Unresolved("scaled data")
    return Array(operand_shape(ctx, argument(args, kwargs, 0, "X")))


def _made(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    samples = dim_of(argument(args, kwargs, 0, "n_samples", 100))
    width = kwargs.get("n_features", args[1] if len(args) > 1 else None)
    columns = Dim.unknown("how many features there are") if width is None else dim_of(width)
    if kwargs.keys() & {"coef", "return_centers", "return_X_y"}:
        return Unresolved("made data")
    return (Array(Shape((samples, columns))), unknown_array())


FUNCTIONS: Mapping[str, Implementation] = {
    **{f"sklearn.{module}.train_test_split": _train_test_split
       for module in ("model_selection", "cross_validation")},
    "sklearn.utils.shuffle": _shuffle,
    **{f"sklearn.preprocessing.{name}": _estimator("estimator", name)
       for name in (*_SCALERS, *_OTHERS)},
    **{f"sklearn.impute.{name}": _estimator("estimator", name)
       for name in ("SimpleImputer", "KNNImputer")},
    **{f"sklearn.decomposition.{name}": _estimator("estimator", name) for name in _REDUCERS},
    **{f"sklearn.model_selection.{name}": _estimator("splitter", name) for name in _SPLITTERS},
    **{f"sklearn.preprocessing.{name}": _scaled
       for name in ("scale", "normalize", "minmax_scale", "maxabs_scale", "robust_scale")},
    **{f"sklearn.datasets.{name}": _made for name in ("make_classification", "make_regression")},
}  # fmt: skip
