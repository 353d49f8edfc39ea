from __future__ import annotations

import pytest

from rnninspect.diagnostics import Place, Severity
from rnninspect.rules.checked_file.subject import CheckedFile, Suppression
from rnninspect.rules.engine import check

PLACE = Place("p.py", 3, 9)


@pytest.mark.parametrize(
    ("suppression", "comment"),
    [
        (Suppression(PLACE, 3, 3, ("RNN101", "RNN102")), "# noqa: RNN101, RNN102"),
        (Suppression(PLACE, 3, 8, is_region=True), "# rnninspect: off"),
    ],
)
def test_a_comment_that_does_nothing_is_a_hint(suppression: Suppression, comment: str) -> None:
    (found,) = check(CheckedFile("p.py", (suppression,)))
    assert (found.code, found.severity, found.place) == ("RNN901", Severity.HINT, PLACE)
    assert found.message == f"`{comment}` silences nothing"


def test_a_bare_noqa_may_be_for_another_linter() -> None:
    assert list(check(CheckedFile("p.py", (Suppression(PLACE, 3, 3),)))) == []
