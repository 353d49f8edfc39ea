from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rnninspect.rules import registry
from rnninspect.rules.checked_file.subject import CheckedFile
from rnninspect.rules.model_in_training.subject import ModelInTraining
from rnninspect.rules.registry import codes, load_rule, rules, rules_on
from rnninspect.rules.rejection.subject import Rejection

RULE = """from __future__ import annotations
from rnninspect.diagnostics import Severity
from rnninspect.rules.rule import Finding, rule

@rule({code!r}, Severity.HINT)
def {name}(file: {subject}):
    '''Something.'''
    yield Finding("something")
"""


def test_the_codes_are_those_of_the_files() -> None:
    assert codes() == tuple(sorted(codes()))
    assert codes()[:2] == ("RNN101", "RNN102")
    assert [rule.code for rule in rules()] == list(codes())


def test_the_rules_on_a_subject_are_the_files_beside_it() -> None:
    assert [rule.code for rule in rules_on(CheckedFile)] == ["RNN901", "RNN902"]
    assert rules_on(ModelInTraining) == ()


def test_a_fallback_runs_after_the_others() -> None:
    on_rejections = rules_on(Rejection)
    assert [rule.is_fallback for rule in on_rejections] == [False] * 16 + [True]
    assert on_rejections[-1].code == "RNN109"


def test_the_names_of_codes_need_no_import_of_rules() -> None:
    code = (
        "import sys\nfrom rnninspect.rules.registry import codes\nassert 'RNN101' in codes()\n"
        "assert not [m for m in sys.modules if '.rnn' in m]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of rules of our own, on the subject CheckedFile."""
    package = tmp_path / "own_rules"
    (package / "file").mkdir(parents=True)
    for made in (package, package / "file"):
        (made / "__init__.py").touch()
    subject = "from rnninspect.rules.checked_file.subject import CheckedFile"
    (package / "file" / "subject.py").write_text(subject)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(registry, "FOLDER", package)
    monkeypatch.setattr(registry, "__package__", "own_rules")
    caches = registry.rule_modules, registry.load_rule, registry.rules_on
    for cached in caches:
        cached.cache_clear()
    yield package / "file"
    for cached in caches:
        cached.cache_clear()
    for name in [name for name in sys.modules if name.startswith("own_rules")]:
        del sys.modules[name]


def test_a_file_is_all_that_a_rule_takes(folder: Path) -> None:
    text = RULE.format(code="RNN997", name="odd", subject="CheckedFile")
    (folder / "rnn997_odd.py").write_text(text)
    assert codes() == ("RNN997",)
    assert load_rule("RNN997").summary == "Something."


@pytest.mark.parametrize(
    ("code", "name", "subject", "said"),
    [
        ("RNN996", "odd", "CheckedFile", "RNN997 as the function odd"),
        ("RNN997", "even", "CheckedFile", "RNN997 as the function odd"),
        ("RNN997", "odd", "int", "int is not the subject"),
    ],
)
def test_a_file_that_does_not_say_what_its_name_says_raises(
    folder: Path, code: str, name: str, subject: str, said: str
) -> None:
    (folder / "rnn997_odd.py").write_text(RULE.format(code=code, name=name, subject=subject))
    with pytest.raises(ValueError, match=said):
        load_rule("RNN997")


def test_a_code_has_one_rule(folder: Path) -> None:
    for name in ("rnn997_odd.py", "rnn997_even.py"):
        (folder / name).touch()
    with pytest.raises(ValueError, match="two rules"):
        codes()
