"""What the child answers about a module of the user, asked in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnninspect.keras_runtime.attribute_process import answer
from rnninspect.keras_runtime.protocol import Failed, ImportAttribute, Problem

CODE = """
class holder:
    value = 3

def fails():
    raise ValueError("first line\\nsecond line")

def leaves():
    raise SystemExit(3)
"""


@pytest.fixture(autouse=True)
def users_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "users_module.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "needs_another.py").write_text("import not_installed_anywhere", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))


def ask(module: str, attribute: str) -> Failed:
    reply = answer(ImportAttribute(module, attribute))
    assert isinstance(reply, Failed)
    return reply


@pytest.mark.parametrize(
    ("module", "attribute", "problem", "words"),
    [
        ("no_such_module", "x", Problem.MISSING, "there is no module 'no_such_module'"),
        ("users_module.inner", "x", Problem.MISSING, "there is no module"),
        ("users_module", "holder.other", Problem.MISSING, "has no 'holder.other'"),
        ("users_module", "holder.value", Problem.NOT_A_MODEL, "this is of type int"),
        ("users_module", "fails", Problem.USER_CODE, "ValueError: first line (users_module.py, "),
        ("users_module", "leaves", Problem.USER_CODE, "its code raised SystemExit: 3"),
        ("needs_another", "x", Problem.USER_CODE, "ModuleNotFoundError"),
    ],
)
def test_why_there_is_no_model(module: str, attribute: str, problem: Problem, words: str) -> None:
    failed = ask(module, attribute)
    assert failed.problem is problem
    assert words in failed.message
    assert failed.hint


def test_the_name_that_was_probably_meant_is_the_hint() -> None:
    assert ask("users_module", "holdr").hint == "Did you mean holder?"
    assert ask("users_module", "zzzz").hint == "Check the attribute's name."
