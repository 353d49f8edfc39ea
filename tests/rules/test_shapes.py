from __future__ import annotations

import re
from typing import Any

import pytest

from rnninspect.linting import check
from rnninspect.rules.shapes import RULES
from tests.programs import verdict


def block(code: str, title: str) -> str:
    text = re.sub(r"^    ", "", RULES[code].__doc__ or "", flags=re.MULTILINE)
    found = re.search(rf"## {title}\n```python\n(.*?)```", text, flags=re.DOTALL)
    assert found is not None
    return found[1]


def codes(text: str, tmp_path: Any) -> list[str]:
    (tmp_path / "p.py").write_text(text, encoding="utf-8")
    return [one.code for one in check([tmp_path / "p.py"]).diagnostics]


@pytest.mark.parametrize("code", RULES)
def test_the_example_fires_its_rule_and_no_other(code: str, tmp_path: Any) -> None:
    assert codes(block(code, "Example"), tmp_path) == [code]
    assert codes(block(code, "Use instead"), tmp_path) == []


@pytest.mark.keras
@pytest.mark.parametrize("code", RULES)
def test_keras_refuses_the_example_and_takes_what_is_advised(code: str, keras: Any) -> None:
    assert verdict(block(code, "Example")) is not None
    assert verdict(block(code, "Use instead")) is None
