"""Methods of tables."""

from __future__ import annotations

from typing import Any

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.data.frames import (
    column_of,
    labels_of,
    like_frame,
    new_frame,
    put_frame,
    sizes_of_frame,
)
from rnninspect.reader.iteration import make_iterator
from rnninspect.reader.library.calling import Args, Kwargs, argument
from rnninspect.reader.values import Array, FrameRef, Unresolved, Value

_SAME = frozenset(
    """copy astype fillna ffill bfill pad interpolate shift diff round abs clip replace cumsum
    cumprod cummax cummin sort_values sort_index applymap map isnull isna notnull notna transform
    pct_change rank rename rename_axis infer_objects convert_dtypes where mask add sub mul div
    truediv pow subtract multiply divide""".split()
)
_OTHER_ROWS = frozenset(
    "head tail dropna drop_duplicates query sample reindex truncate nlargest nsmallest".split()
)
_OTHER_BOTH = frozenset(
    """join merge assign drop set_index reset_index select_dtypes append filter insert_columns
    describe corr cov pivot pivot_table melt explode stack unstack resample_table combine_first
    get_dummies""".split()
)
_COLUMNS = frozenset(
    "mean sum max min std var median prod nunique count quantile skew kurt any all mode".split()
)
_NOTHING = frozenset("info to_csv to_excel to_pickle to_parquet to_sql plot hist boxplot".split())
_OTHERS = frozenset(
    """apply agg aggregate groupby rolling resample expanding ewm iterrows itertuples items
    iteritems keys values_counts value_counts to_dict to_numpy as_matrix to_json to_records to_html
    to_string pop insert update iloc loc ix at iat idxmax idxmin isin eq ne lt le gt ge equals
    memory_usage pipe xs get xs squeeze transpose dot duplicated first last eval compare align
    between_time at_time asfreq bool corrwith droplevel swaplevel tz_localize tz_convert to_period
    to_timestamp set_axis add_prefix add_suffix plot style sparse lookup from_dict from_records
    hist product radd rsub mod floordiv sem mad cumall""".split()
)
FRAME_METHODS = _SAME | _OTHER_ROWS | _OTHER_BOTH | _COLUMNS | _NOTHING | _OTHERS
"""What ``table.name`` means before it can mean a column."""


def frame_method(
    ctx: Context, ref: FrameRef, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of a table gives."""
    ctx.call_back([*args, *kwargs.values()], "it is given to a method of a table")
    made = _made(ctx, ref, name, args, kwargs)
    inplace = kwargs.get("inplace", False)
    if inplace is not False:
        if inplace is True and isinstance(made, FrameRef):
            if not ctx.state.get(ref).is_open:
                ctx.state.put(ref, ctx.state.get(made))
        else:
            ctx.state.escape(ref, "a table is changed in place")
        return None
    return made


def _made(ctx: Context, ref: FrameRef, name: str, args: Args, kwargs: Kwargs) -> Value:
    rows, columns, names = sizes_of_frame(ctx, ref)
    if name in ("rename", "add_prefix", "add_suffix"):
        return new_frame(ctx, rows, columns)
    if name in _SAME:
        return like_frame(ctx, ref)
    if name in _OTHER_ROWS:
        return _with_other_rows(ctx, ref, name, args, kwargs)
    if name == "drop":
        return _dropped(ctx, ref, args, kwargs)
    if name == "reset_index":
        return like_frame(ctx, ref) if kwargs.get("drop") is True else new_frame(ctx, rows)
    if name == "set_index":
        return _indexed(ctx, ref, args, kwargs)
    if name in _OTHER_BOTH:
        return new_frame(ctx) if name not in ("stack", "unstack") else Unresolved("a table")
    if name in ("to_numpy", "as_matrix") and not args and "columns" not in kwargs:
        return Array(Shape((rows, columns)))
    if name == "transpose":
        return new_frame(ctx, columns, rows)
    if name in _COLUMNS:
        axis = argument(args, kwargs, 0, "axis", 0)
        if axis in (0, 1, "columns", "index") and name != "mode":
            return Array(Shape((Dim.unknown("columns of a table"),)))
        return Unresolved("numbers of a table")
    if name == "insert":
        key = argument(args, kwargs, 1, "column")
        known = names is not None and isinstance(key, str | int)
        if not ctx.state.get(ref).is_open:
            width = Dim.of(columns.value + 1) if columns.value is not None else None
            at = argument(args, kwargs, 0, "loc")
            if known and isinstance(at, int) and names is not None:
                put_frame(ctx, ref, rows, None, (*names[:at], key, *names[at:]))
            else:
                put_frame(ctx, ref, rows, width, None)
        return None
    if name == "pop":
        key = args[0] if args else None
        if not ctx.state.get(ref).is_open:
            left = tuple(n for n in names if n != key) if names is not None else None
            is_certain = left is not None and names is not None and len(left) == len(names) - 1
            put_frame(ctx, ref, rows, None, left if is_certain else None)
        return column_of()
    if name == "get" and args:
        return Unresolved("a column, if there is one")
    if name in _NOTHING:
        return None
    if name in ("iterrows", "itertuples", "items", "iteritems"):
        pair = (Unresolved("a label"), Unresolved("a row of a table"))
        element = Unresolved("a row of a table") if name == "itertuples" else pair
        inner = ctx.new_list_of(ListCell.of_unknown_length(element))
        return make_iterator(ctx, inner)
    if name not in FRAME_METHODS or name == "update":
        ctx.state.escape(ref, f"`{name}` of a table is not followed")
    return Unresolved(f"what `{name}` of a table gives is not known")


def _with_other_rows(
    ctx: Context, ref: FrameRef, name: str, args: Args, kwargs: Kwargs
) -> FrameRef:
    axis = argument(args, kwargs, 0, "axis", 0) if name == "dropna" else kwargs.get("axis", 0)
    if axis not in (0, "index", None) or "columns" in kwargs:
        return new_frame(ctx)
    return like_frame(ctx, ref, rows=False)


def _dropped(ctx: Context, ref: FrameRef, args: Args, kwargs: Kwargs) -> FrameRef:
    rows, _, names = sizes_of_frame(ctx, ref)
    axis = argument(args, kwargs, 1, "axis", 0)
    if "columns" in kwargs:
        gone: Value = kwargs["columns"]
        if "index" in kwargs:
            rows = Dim.unknown("rows of a table")
    elif axis in (1, "columns"):
        gone = argument(args, kwargs, 0, "labels")
    elif axis in (0, "index", "rows"):
        return like_frame(ctx, ref, rows=False)
    else:
        return new_frame(ctx)
    labels = (gone,) if isinstance(gone, str | int) else labels_of(ctx, gone)
    if labels is None or "level" in kwargs:
        return new_frame(ctx, rows)
    if names is not None:
        return new_frame(ctx, rows, None, tuple(name for name in names if name not in labels))
    return new_frame(ctx, rows, Dim.unknown("columns of a table"))


def _indexed(ctx: Context, ref: FrameRef, args: Args, kwargs: Kwargs) -> FrameRef:
    rows, _, names = sizes_of_frame(ctx, ref)
    keys = argument(args, kwargs, 0, "keys")
    labels = (keys,) if isinstance(keys, str) else labels_of(ctx, keys)
    if labels is None or names is None or kwargs.get("drop", True) is not True or len(args) > 1:
        return new_frame(ctx, rows)
    return new_frame(ctx, rows, None, tuple(name for name in names if name not in labels))
