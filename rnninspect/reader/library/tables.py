"""pandas: tables that are read, made or put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnninspect.ir.dims import Dim, total
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import DictCell
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import operand_shape
from rnninspect.reader.data.frames import (
    column_of,
    labels_of,
    like_frame,
    new_frame,
    sizes_of_frame,
)
from rnninspect.reader.library.calling import Args, Implementation, Kwargs, argument, unknown_result
from rnninspect.reader.sizes import listed
from rnninspect.reader.values import Array, DictRef, FrameRef, ListRef, Unresolved, Value


def _read(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.call_back([*args, *kwargs.values()], "a table is read")
    if kwargs.keys() & {"squeeze", "iterator", "chunksize"} or isinstance(
        kwargs.get("header"), ListRef | tuple
    ):
        return Unresolved("a table is not known")
    return new_frame(ctx, None, _width(ctx, kwargs))


def _width(ctx: Context, kwargs: Kwargs) -> Dim:
    """Return how many columns are read: those that are named, without those of the index."""
    for name in ("usecols", "names"):
        labels = labels_of(ctx, kwargs.get(name))
        if labels is None:
            continue
        index = kwargs.get("index_col")
        if index is None or index is False:
            return Dim.of(len(labels)) if name == "usecols" else Dim.unknown("columns of a table")
        if isinstance(index, str) or type(index) is int:
            return Dim.of(len(labels) - 1) if name == "usecols" else Dim.unknown("columns")
    return Dim.unknown("columns of a table")


def _read_sheet(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    sheet = argument(args, kwargs, 1, "sheet_name", 0)
    if not isinstance(sheet, str | int):
        return Unresolved("the sheets of a file")
    return _read(ctx, args, kwargs, node)


def _frame(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    data = argument(args, kwargs, 0, "data")
    names = argument(args, kwargs, 2, "columns")
    labels = labels_of(ctx, names) if names is not None else None
    if isinstance(data, FrameRef):
        return like_frame(ctx, data) if names is None else new_frame(ctx, None, None, labels)
    if isinstance(data, DictRef):
        cell: DictCell = ctx.state.get(data)
        keys = tuple(cell.items)
        if labels is not None:
            return new_frame(ctx, None, None, labels)
        known = cell.exact and all(isinstance(key, str | int) for key in keys) and names is None
        return new_frame(ctx, None, None, keys if known else None)
    if data is None:
        if names is None and not args and "index" not in kwargs:
            return new_frame(ctx, Dim.of(0), None, ())
        return new_frame(ctx, None, None, labels)
    if isinstance(data, Array | ListRef | tuple):
        shape = operand_shape(ctx, data)
        if _holds_dicts(ctx, data) or shape.rank not in (1, 2):
            return new_frame(ctx, None, None, labels)
        dims = shape.require()
        if labels is not None:
            return new_frame(ctx, dims[0], None, labels)
        return new_frame(ctx, dims[0], dims[1] if len(dims) == 2 else Dim.of(1))
    ctx.call_back([*args, *kwargs.values()], "a table is made of it")
    return new_frame(ctx, None, None, labels)


def _holds_dicts(ctx: Context, data: Value) -> bool:
    """Whether the rows may be dicts, objects or columns: then their keys are the columns."""
    if isinstance(data, Array):
        return False
    if isinstance(data, ListRef) and not ctx.state.get(data).exact:
        rows: tuple[Value, ...] = (ctx.state.get(data).element,)
    else:
        rows = listed(ctx, data) or ()
    return not all(
        isinstance(row, bool | int | float | str | tuple | ListRef)
        or (isinstance(row, Array) and row.shape.rank == 1)
        for row in rows
    )


def _concat(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    parts = listed(ctx, argument(args, kwargs, 0, "objs"))
    axis = argument(args, kwargs, 1, "axis", 0)
    if parts is None or axis not in (0, 1, "index", "columns") or not parts:
        ctx.call_back(args, "tables are put together")
        return Unresolved("tables are put together")
    if not all(isinstance(part, FrameRef | Array) for part in parts):
        return Unresolved("tables are put together")
    if axis in (1, "columns"):
        if any(isinstance(part, Array) and part.shape.rank != 1 for part in parts):
            return Unresolved("tables are put together")
        widths = [
            sizes_of_frame(ctx, part)[1] if isinstance(part, FrameRef) else Dim.of(1)
            for part in parts
        ]
        return new_frame(ctx, None, total(widths))
    if all(isinstance(part, Array) for part in parts):
        return Array(Shape((Dim.unknown("rows of a table"),)))
    names = [sizes_of_frame(ctx, part)[2] for part in parts if isinstance(part, FrameRef)]
    same = len(names) == len(parts) and names[0] is not None and all(n == names[0] for n in names)
    return new_frame(ctx, None, None, names[0] if same else None)


def _series(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.call_back([*args, *kwargs.values()], "a column is made of it")
    return column_of()


def _like_argument(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """``to_datetime(column)``: what is given, of another type."""
    value = args[0] if args else next(iter(kwargs.values()), None)
    if isinstance(value, FrameRef):
        return like_frame(ctx, value)
    return Array(value.shape) if isinstance(value, Array) else Unresolved("a time")


def _other_table(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.call_back([*args, *kwargs.values()], "a table is made of it")
    return new_frame(ctx)


def _missing(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0] if args else None
    if isinstance(value, FrameRef):
        return like_frame(ctx, value)
    if isinstance(value, Array):
        return Array(value.shape, "bool")
    return Unresolved("a condition is not known")


FUNCTIONS: Mapping[str, Implementation] = {
    f"pandas.{name}": function
    for name, function in {
        **dict.fromkeys(("read_csv", "read_table", "read_parquet", "read_feather"), _read),
        "read_excel": _read_sheet, "DataFrame": _frame, "concat": _concat, "Series": _series,
        "Index": _series, "date_range": _series, "to_datetime": _like_argument,
        "to_numeric": _like_argument, "get_dummies": _other_table, "merge": _other_table,
        "crosstab": _other_table, "pivot_table": _other_table, "melt": _other_table,
        "isnull": _missing, "isna": _missing, "notnull": _missing, "notna": _missing,
        "DataFrame.from_dict": _other_table, "DataFrame.from_records": _other_table,
        "set_option": unknown_result("an option is set"),
    }.items()
}  # fmt: skip
