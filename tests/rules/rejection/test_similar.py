from __future__ import annotations

import pytest

from rnninspect.rules.rejection.similar import most_similar

NAMES = ("units", "return_sequences", "return_state", "dropout")


@pytest.mark.parametrize(
    ("name", "similar"),
    [
        ("return_sequence", "return_sequences"),
        ("Units", "units"),
        ("colour", None),
        (None, None),
    ],
)
def test_the_name_that_is_most_alike(name: object, similar: str | None) -> None:
    assert most_similar(name, NAMES) == similar
