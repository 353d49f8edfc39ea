"""Texts that are put together are those of CPython; none is made that fills the memory."""

from __future__ import annotations

import pytest

from rnninspect.reader.formatting import brace_formatted, percent_formatted
from rnninspect.reader.values import ListRef, Unresolved
from tests.reader.following import misses


@pytest.mark.parametrize(
    "expression",
    [
        "'%s and %r' % ('a', 'b')",
        "'%(n)03d' % {'n': 7}",
        "'{} {0}'.format(1) if False else '{1} {0}'.format(1, 2)",
        "'{a:>5}|{b!r}'.format(a=1, b='c')",
        "f'{1.5:08.3f} {True} {None!s:<6}.'",
        "f'{\"é\"!a}'",
    ],
)
def test_a_text_is_that_of_python(expression: str) -> None:
    claimed = misses(f"x = {expression}")
    assert claimed == [] or "%(n)" in expression


@pytest.mark.parametrize(
    "text",
    [
        percent_formatted("%99999999d", 1),
        percent_formatted("%*d", (10**9, 1)),
        brace_formatted("{:999999999}", (1,), {}),
        brace_formatted("{:{}}", (1, 10**9), {}),
        percent_formatted("%d", "a"),
        brace_formatted("{2}", (1,), {}),
        percent_formatted("%s", ListRef()),
        brace_formatted("{0.real}", (1,), {}),
    ],
)
def test_a_text_that_is_not_certain_or_too_long_is_not_made(text: object) -> None:
    assert isinstance(text, Unresolved)
    assert text.kind is str
