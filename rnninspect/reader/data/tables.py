"""Columns of tables."""

from __future__ import annotations

from typing import Any


def set_column(ctx: Any, ref: Any, key: Any, item: Any) -> None:
    ctx.state.escape(ref, "a column is set")
