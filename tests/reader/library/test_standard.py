"""re, json, string, time and tqdm."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    import re
    a = re.sub(r"[^a-z]+", " ", "ab1c")
    b = re.split(",", "a,b")
    c = re.escape("a.b")
    d = re.findall("a", "aa")
    """,
    """
    import string
    a = string.digits
    b = len(string.ascii_letters)
    """,
    """
    import json
    a = json.loads("[1]")
    b = json.dumps({})
    c = json.loads("1") == 1
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_a_costly_pattern_is_not_tried() -> None:
    text = """
        import re
        a = re.sub("(a+)+$", "", "a" * 40 + "b")
    """
    found = known(text)
    assert found["a"] is UNKNOWN


def test_a_progress_bar_goes_over_the_items() -> None:
    text = """
        from tqdm import tqdm
        n = 0
        b = tqdm([1, 2])
        for _ in range(2):
            for x in b:
                n += x
    """
    found = known(text)
    assert found["n"] == 6
