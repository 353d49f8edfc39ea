from __future__ import annotations

import pytest

from rnninspect.reader.text.prompts import strip_doctest_prompts, strip_ipython_prompts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([">>> for x in y:", "...     f(x)", "..."], ["for x in y:", "    f(x)", ""]),
        (["    >>> x = 1", "    >>> y"], ["x = 1", "y"]),
        (["x = 1", "..."], ["x = 1", "..."]),  # an Ellipsis
        (['"""', ">>> f(x)", '"""'], ['"""', ">>> f(x)", '"""']),
        (["x = '>>> y'"], ["x = '>>> y'"]),
        ([">>>x"], ["x"]),
    ],
)
def test_prompts_of_python_are_taken_off_outside_of_texts(
    before: list[str], after: list[str]
) -> None:
    assert strip_doctest_prompts(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["In [3]: for x in y:", "   ...:     f(x)"], ["for x in y:", "    f(x)"]),
        (["x", "In [3]: y"], ["x", "y"]),
        (["x", "y", "In [3]: z"], ["x", "y", "In [3]: z"]),
        (["In [x]: y"], ["In [x]: y"]),
    ],
)
def test_prompts_of_ipython_are_taken_off_if_they_start_the_cell(
    before: list[str], after: list[str]
) -> None:
    assert strip_ipython_prompts(before) == after
