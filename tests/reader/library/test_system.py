"""os, pathlib and sys."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    import os
    a = os.path.join("a", "b.h5")
    b = os.path.basename("a/b.py")
    c = os.path.splitext("x.tar.gz")
    d = os.path.exists("nowhere")
    """,
    """
    import os
    a = os.environ.get("RNN_NO_SUCH_VARIABLE", "x")
    b = os.getcwd()
    c = os.listdir(".")
    """,
    """
    import sys
    a = sys.version_info >= (3,)
    b = sys.version_info[0]
    c = sys.maxsize
    d = sys.version_info < (3, 0)
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_the_version_is_3() -> None:
    text = """
        import sys
        a = sys.version_info >= (3,)
        b = sys.version_info >= (3, 12)
        c = sys.version_info[0]
    """
    found = known(text)
    assert found["a"] is True
    assert found["b"] is UNKNOWN
    assert found["c"] == 3


def test_a_path_object_is_not_followed() -> None:
    text = """
        import pathlib
        a = pathlib.Path("x") / "y"
    """
    found = known(text)
    assert found["a"] is UNKNOWN
