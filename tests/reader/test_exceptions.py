"""``try`` and ``with``: handlers see any state of the body, ``finally`` is always followed."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, claims, contradictions
from tests.reader.following import UNKNOWN_INPUT, misses, possible


def test_a_handler_may_begin_anywhere_in_the_body() -> None:
    text = """
        from elsewhere import work
        x, y, z = 0, [], 5
        try:
            x = 1
            y.append(1)
            work()
            x = 2
        except Exception:
            reached = (x, y, z)
    """
    ways = claims(text)
    (caught,) = [way for way in ways if "reached" in way and way["reached"] is not UNKNOWN]
    assert caught["reached"] == (UNKNOWN, UNKNOWN, 5)
    assert any(way["x"] == 2 for way in ways)


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    x = 1 // 0\nexcept ZeroDivisionError:\n    x = 'caught'",
        "try:\n    x = {}['k']\nexcept KeyError as error:\n    x = 'caught'\nelse:\n    x = 'no'",
        "x = []\ntry:\n    x.append(1)\n    raise ValueError\nexcept ValueError:\n    x.append(2)\n"
        "finally:\n    x.append(3)",
        "def f():\n    try:\n        return 'a'\n    finally:\n        seen.append(1)\n"
        "seen = []\nx = f()",
        "def f():\n    try:\n        return 'a'\n    finally:\n        return 'b'\nx = f()",
        "x = 0\nfor n in range(4):\n    try:\n        if n == 2:\n            break\n"
        "        if n == 1:\n            continue\n        x += 1\n    finally:\n        x += 10",
        "import contextlib\nx = 1\nwith contextlib.suppress(ValueError):\n    x = 2\n"
        "    raise ValueError\n    x = 3",
        "class C:\n    def __enter__(self): return self\n"
        "    def __exit__(self, kind, *more): return kind is ValueError\n"
        "x = 1\nwith C():\n    x = 2\n    raise ValueError",
    ],
)
def test_no_claim_is_wrong(text: str) -> None:
    assert list(contradictions(text)) == []


def test_finally_is_followed_after_a_return() -> None:
    text = """
        log = []
        def f():
            try:
                return len(log)
            finally:
                log.append("done")
        x = f(), f()
    """
    assert misses(text) == []


def test_the_body_ends_as_it_does_without_an_exception() -> None:
    text = "try:\n    x = 1\nexcept Exception:\n    x = 2\nelse:\n    x += 10"
    assert 11 in possible(text)


def test_an_import_that_fails_is_not_expected() -> None:
    text = "try:\n    import numpy\n    x = 1\nexcept ImportError:\n    x = 2"
    assert 1 in [way["x"] for way in claims(text)]


def test_what_a_with_suppresses_may_end_its_body_early() -> None:
    text = "import contextlib\nx = 1\nwith contextlib.suppress(Exception):\n"
    text += "    if unknown == 77:\n        raise ValueError\n    x = 2"
    found = {way["x"] for way in claims(UNKNOWN_INPUT + text)}
    assert 2 in found
    assert found & {1, UNKNOWN}
