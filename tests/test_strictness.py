from __future__ import annotations

import pytest

from rnninspect.errors import RnnInspectError
from rnninspect.strictness import VARIABLE, Unforeseen, is_strict, reject_unforeseen


def test_our_own_tests_are_strict() -> None:
    assert is_strict()
    with pytest.raises(Unforeseen, match="the config key 'colour' of Dense"):
        reject_unforeseen("the config key 'colour' of Dense")


@pytest.mark.parametrize("value", ["", "0", None])
def test_users_never_see_it(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if value is None:
        monkeypatch.delenv(VARIABLE)
    else:
        monkeypatch.setenv(VARIABLE, value)
    reject_unforeseen("the config key 'colour' of Dense")
    assert not is_strict()


def test_nothing_that_catches_a_users_error_hides_it() -> None:
    assert not issubclass(Unforeseen, RnnInspectError)
