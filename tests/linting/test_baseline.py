from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from rnninspect.diagnostics import Diagnostic, Place, Severity
from rnninspect.errors import BadRequest
from rnninspect.linting.baseline import Baseline


def finding(code: str, path: str, line: int) -> Diagnostic:
    return Diagnostic(code, "name", Severity.ERROR, "message", Place(path, line, 1))


FINDINGS = [finding("RNN101", "src/p.py", 3), finding("RNN101", "src/p.py", 8)]


def test_as_many_findings_as_are_counted_are_left_out(here: Path) -> None:
    Baseline("known.json").write(FINDINGS)
    known = Baseline.read("known.json")
    assert known.without_known(FINDINGS, "src/p.py") == []
    assert known.notes() == ()
    more = [*FINDINGS, finding("RNN101", "src/p.py", 9), finding("RNN102", "src/p.py", 3)]
    assert Baseline.read("known.json").without_known(more, "src/p.py") == more[2:]


def test_what_is_gone_is_stale(here: Path) -> None:
    Baseline("known.json").write(FINDINGS)
    known = Baseline.read("known.json")
    known.without_known(FINDINGS[:1], "src/p.py")
    assert known.notes() == ("known.json: 1 entry is stale; rerun --write-baseline.",)
    assert Baseline.read("known.json").notes()[0].startswith("known.json: 2 entries are stale")


def test_paths_are_relative_to_the_baseline(here: Path) -> None:
    (here / "src").mkdir()
    Baseline("known.json").write(FINDINGS)
    assert list(json.loads((here / "known.json").read_bytes())["counts"]) == ["src/p.py"]
    os.chdir(here / "src")
    known = Baseline.read("../known.json")
    assert known.without_known([finding("RNN101", "p.py", 1)], "p.py") == []


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"counts": 1}', '{"counts": {"p": {"RNN101": "x"}}}']
)
def test_what_is_not_a_baseline_is_said(here: Path, text: str) -> None:
    (here / "known.json").write_text(text)
    with pytest.raises(BadRequest, match="not a baseline"):
        Baseline.read("known.json")
    with pytest.raises(BadRequest, match="cannot be read"):
        Baseline.read("none.json")
