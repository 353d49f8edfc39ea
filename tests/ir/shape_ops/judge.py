"""NumPy as the judge of shapes: what is claimed must hold, what is rejected must raise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape

sizes = st.integers(0, 4)
shapes = st.lists(sizes, max_size=4).map(tuple)
axis_numbers = st.integers(-5, 5)


def array(shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    return np.zeros(shape, dtype=np.int8)


def hidden(data: st.DataObject, shape: tuple[int, ...]) -> Shape:
    """The shape with some of its sizes unknown, seldom even its rank."""
    if data.draw(st.integers(0, 9)) == 0:
        return Shape.unknown("hidden")
    return Shape(
        Dim.unknown("hidden") if data.draw(st.booleans()) else Dim.of(size) for size in shape
    )


def hidden_argument(data: st.DataObject, value: Any) -> Any:
    """An argument that may be unknown, whole or in its parts."""
    if data.draw(st.integers(0, 4)) == 0:
        return Unknown("hidden")
    if isinstance(value, list | tuple):
        return type(value)(hidden_argument(data, part) for part in value)
    return value


def actual(compute: Callable[[], Any]) -> Any:
    """The shapes that NumPy gives; None where it raises."""
    try:
        result = compute()
    except (ValueError, IndexError, TypeError):
        return None
    return [part.shape for part in result] if isinstance(result, list) else np.shape(result)


def claimed(compute: Callable[[], Any]) -> Any:
    """The shapes that we give; None where we reject."""
    try:
        result = compute()
    except Rejected:
        return None
    return list(result) if isinstance(result, tuple) else result


def holds(claim: Any, fact: Any) -> bool:
    """Whether a claim with gaps is true of what NumPy gives (of nothing, if it raises)."""
    if claim is None or fact is None:
        return fact is None
    if isinstance(claim, Unknown):
        return True
    if isinstance(claim, list):
        return len(claim) == len(fact) and all(map(holds, claim, fact))
    if claim.dims is None:
        return True
    return claim.rank == len(fact) and all(
        dim.is_unknown or dim.value == size for dim, size in zip(claim, fact, strict=True)
    )


def assert_equal(ours: Callable[[], Any], numpys: Callable[[], Any]) -> None:
    """Of known arguments, the very result; rejected exactly where NumPy raises."""
    claim, fact = claimed(ours), actual(numpys)
    if claim is None or fact is None:
        assert claim is None and fact is None, f"ours {claim}, NumPy {fact}"
    elif isinstance(claim, list):
        assert [part.sizes for part in claim] == fact
    else:
        assert claim.sizes == fact


def assert_sound(ours: Callable[[], Any], numpys: Callable[[], Any]) -> None:
    """Of arguments with unknown parts: nothing claimed that is false."""
    claim, fact = claimed(ours), actual(numpys)
    assert holds(claim, fact), f"ours {claim}, NumPy {fact}"
