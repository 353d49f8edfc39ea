"""Every rule: its Example fires it and no other rule, Use instead fires none, and Keras agrees."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from rnninspect.diagnostics import Severity
from rnninspect.rules.registry import codes, load_rule
from rnninspect.sources.printed_summary import tables_of
from tests.programs import run_program, verdict
from tests.rules.examples import blocks, codes_of_example


@pytest.mark.parametrize("code", codes())
def test_the_example_fires_its_rule_and_no_other(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert codes_of_example(load_rule(code), "Example", tmp_path) == [code]


@pytest.mark.parametrize("code", codes())
def test_what_is_advised_fires_nothing(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert codes_of_example(load_rule(code), "Use instead", tmp_path) == []


@pytest.mark.keras
@pytest.mark.parametrize("code", codes())
def test_keras_agrees_with_the_example(code: str, keras: Any) -> None:
    rule = load_rule(code)
    wrong, right = blocks(rule, "Example"), blocks(rule, "Use instead")
    assert verdict(right["python"]) is None
    rejects = rule.severity is Severity.ERROR and code.startswith("RNN1")
    assert (verdict(wrong["python"]) is not None) == rejects
    if "toml" in wrong:
        assert is_over(wrong) and not is_over(right)
    if "text" in wrong:
        assert printed_counts(right) == counts_of_keras(right)
        assert printed_counts(wrong) != counts_of_keras(wrong)


def is_over(example: dict[str, str]) -> bool:
    """Whether the model that Keras builds exceeds a limit of the settings."""
    model = run_program(example["python"])["model"]
    limits = tomllib.loads(example["toml"])
    sizes = {
        "max-params": model.count_params(),
        "max-bytes": sum(weight.numpy().nbytes for weight in model.weights),
    }
    return any(sizes[name] > limit for name, limit in limits.items())


def counts_of_keras(example: dict[str, str]) -> list[int]:
    """Return the counts of the layers of the model that Keras builds."""
    model = run_program(example["python"])["model"]
    return [layer.count_params() for layer in model.layers]


def printed_counts(example: dict[str, str]) -> list[int | None]:
    """Return the counts in a printed summary."""
    (table,) = tables_of(example["text"])
    return [row.params for row in table.rows]
