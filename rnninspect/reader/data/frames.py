"""Tables of pandas: their columns, rows and what selects them."""

from __future__ import annotations

from rnninspect.ir import shape_ops
from rnninspect.ir.dims import Dim
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import FrameCell
from rnninspect.reader.context import Context
from rnninspect.reader.sizes import listed
from rnninspect.reader.values import Array, FrameRef, ListRef, Unresolved, Value

ROWS, COLUMNS = "rows of a table", "columns of a table"


def new_frame(
    ctx: Context,
    rows: Dim | None = None,
    columns: Dim | None = None,
    names: tuple[Value, ...] | None = None,
) -> FrameRef:
    """Return a new table."""
    if columns is None:
        columns = Dim.unknown(COLUMNS) if names is None else Dim.of(len(names))
    shape = Shape((Dim.unknown(ROWS) if rows is None else rows, columns))
    ref: FrameRef = ctx.create(FrameRef)
    ctx.state.put(ref, FrameCell(shape, names))
    return ref


def sizes_of_frame(ctx: Context, ref: FrameRef) -> tuple[Dim, Dim, tuple[Value, ...] | None]:
    """Return how many rows and columns a table has, and the columns' names."""
    cell: FrameCell = ctx.state.get(ref)
    if cell.is_open or cell.shape.rank != 2:
        return Dim.unknown(ROWS), Dim.unknown(COLUMNS), None
    rows, columns = cell.shape.require()
    return rows, columns, cell.columns


def like_frame(ctx: Context, ref: FrameRef, *, rows: bool = True) -> FrameRef:
    """Return a new table with the same columns, and with the same rows or with others."""
    count, columns, names = sizes_of_frame(ctx, ref)
    return new_frame(ctx, count if rows else None, columns, names)


def column_of(rows: Dim | None = None) -> Array:
    """Return one column: rows can be taken out of it in place, so that their number is open."""
    return Array(Shape((Dim.unknown(ROWS),)))


def labels_of(ctx: Context, key: Value) -> tuple[Value, ...] | None:
    """Return the names that a list of columns states; None for a mask or what is not known."""
    items = None
    if isinstance(key, ListRef):
        items = listed(ctx, key)
    elif isinstance(key, frozenset) or type(key) is tuple:
        items = tuple(key)
    if items is None or not all(isinstance(item, str | int) for item in items):
        return None
    return None if any(isinstance(item, bool) for item in items) else items


def item_of_frame(ctx: Context, ref: FrameRef, key: Value) -> Value:
    """Return ``table[key]``: a column, some columns, or some rows."""
    rows, _, names = sizes_of_frame(ctx, ref)
    if isinstance(key, str) or (isinstance(key, int) and not isinstance(key, bool)):
        if names is not None and names.count(key) > 1:
            return Unresolved("columns of the same name")
        return column_of()
    if isinstance(key, slice) or (isinstance(key, Array) and key.dtype == "bool"):
        return like_frame(ctx, ref, rows=False)
    if isinstance(key, ListRef):
        labels = labels_of(ctx, key)
        if labels is not None:
            if names is None or all(names.count(label) == 1 for label in labels):
                return new_frame(ctx, rows, Dim.of(len(labels)), labels)
            return new_frame(ctx, rows)
        return new_frame(ctx)
    if isinstance(key, Array):
        return new_frame(ctx)
    return Unresolved("a part of a table")


def select_from_frame(ctx: Context, ref: FrameRef, how: str, key: Value) -> Value:
    """Return ``table.iloc[rows, columns]`` or ``table.loc[rows, columns]``."""
    rows, columns, names = sizes_of_frame(ctx, ref)
    row_key, column_key = (key[0], key[1]) if type(key) is tuple and len(key) == 2 else (key, None)
    if how not in ("iloc", "loc") or (type(key) is tuple and len(key) != 2):
        return Unresolved("a part of a table")
    whole = type(key) is not tuple
    if not isinstance(row_key, slice | ListRef | Array):
        is_one = isinstance(row_key, int | str) or (
            isinstance(row_key, Unresolved) and row_key.kind is int
        )
        if is_one and how == "iloc" and (whole or isinstance(column_key, slice)):
            width = columns if whole else _width(ctx, columns, names, how, column_key)
            return Array(Shape((width,)))
        return Unresolved("a part of a table")
    if row_key == slice(None):
        count = rows
    elif how == "iloc" and isinstance(row_key, slice):
        count = _sliced(rows, row_key)
    else:
        count = Dim.unknown(ROWS)
    if whole or column_key == slice(None):
        return new_frame(ctx, count, columns, names)
    if isinstance(column_key, int | str):
        return column_of()
    if isinstance(column_key, slice | ListRef | Array):
        width = _width(ctx, columns, names, how, column_key)
        kept = None
        if names is not None and isinstance(column_key, slice) and _is_cut(how, column_key):
            kept = names[column_key]
        return new_frame(ctx, count, width, kept)
    return Unresolved("a part of a table")


def _is_cut(how: str, key: Value) -> bool:
    return how == "iloc" and isinstance(key, slice) and key.step != 0 and all(
        part is None or type(part) is int for part in (key.start, key.stop, key.step)
    )  # fmt: skip


def _width(
    ctx: Context, columns: Dim, names: tuple[Value, ...] | None, how: str, key: Value
) -> Dim:
    """Return how many columns are selected."""
    if how == "iloc" and isinstance(key, slice):
        return _sliced(columns, key)
    if isinstance(key, ListRef):
        labels = labels_of(ctx, key)
        if labels is not None and (how == "iloc" or names is None or len(set(names)) == len(names)):
            return Dim.of(len(labels))
    return Dim.unknown(COLUMNS)


def _sliced(dim: Dim, key: slice) -> Dim:
    parts = (key.start, key.stop, key.step)
    bounds = [
        part if part is None or type(part) is int else Unresolved("a bound") for part in parts
    ]
    try:
        return shape_ops.getitem(Shape((dim,)), slice(*bounds))[0]
    except Rejected:
        return Dim.unknown(COLUMNS)


def set_column(ctx: Context, ref: FrameRef, key: Value, item: Value) -> None:
    """Set or add a column, or set rows; a key that is not known may do either."""
    cell: FrameCell = ctx.state.get(ref)
    if cell.is_open:
        return
    rows, _, names = sizes_of_frame(ctx, ref)
    if rows.value == 0:
        rows = Dim.unknown(ROWS)
    if isinstance(key, Array | slice):
        return
    added = (key,) if isinstance(key, str | int) else labels_of(ctx, key)
    if added is None or names is None:
        put_frame(ctx, ref, rows, Dim.unknown(COLUMNS), None)
        return
    put_frame(ctx, ref, rows, None, tuple(dict.fromkeys((*names, *added))))


def put_frame(
    ctx: Context, ref: FrameRef, rows: Dim, columns: Dim | None, names: tuple[Value, ...] | None
) -> None:
    """Change a table in place."""
    if columns is None:
        columns = Dim.unknown(COLUMNS) if names is None else Dim.of(len(names))
    ctx.state.put(ref, FrameCell(Shape((rows, columns)), names))


def set_frame_attribute(ctx: Context, ref: FrameRef, name: str, item: Value) -> None:
    """Set ``table.columns`` or another attribute."""
    cell: FrameCell = ctx.state.get(ref)
    if cell.is_open or name != "columns":
        return
    rows, columns, _ = sizes_of_frame(ctx, ref)
    labels = labels_of(ctx, item)
    if labels is not None:
        put_frame(ctx, ref, rows, None, labels)
    else:
        put_frame(ctx, ref, rows, columns, None)
