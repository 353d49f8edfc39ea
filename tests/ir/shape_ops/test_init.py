"""The folder hands out the operations of its files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from rnninspect.ir import shape_ops
from rnninspect.ir.shape import Shape

FOLDER = Path(shape_ops.__file__).parent
DEFINED = {
    node.name
    for path in FOLDER.glob("*.py")
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef | ast.ClassDef)
}


@pytest.mark.parametrize("name", shape_ops.__all__)
def test_what_is_handed_out_is_defined_in_one_of_its_files(name: str) -> None:
    assert getattr(shape_ops, name).__name__ in DEFINED


def test_a_reshape_by_the_public_name() -> None:
    """20 × 6 = 10 × 12."""
    assert shape_ops.reshape(Shape.of(20, 6), (10, -1)).sizes == (10, 12)
