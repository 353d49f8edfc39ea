"""What is not expected raises in tests only."""

from __future__ import annotations

import pytest

from rnninspect.reader.strict import raise_if_strict


def test_it_raises_where_tests_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RNNINSPECT_STRICT", "1")
    with pytest.raises(AssertionError, match="the problem"):
        raise_if_strict("the problem")


def test_users_never_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RNNINSPECT_STRICT", raising=False)
    raise_if_strict("the problem")
