from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from rnninspect.cli.main import main
from rnninspect.linting.result import CheckResult
from rnninspect.render.formats import FORMATS, as_json
from tests.render.conftest import checked


def test_the_matcher_of_editors_reads_concise_lines(tree: Path) -> None:
    matcher = json.loads((Path(__file__).parents[2] / "problem-matcher.json").read_text())
    pattern = matcher["problemMatcher"][0]["pattern"][0]
    lines = checked("concise").splitlines()
    found = [m for line in lines if (m := re.match(pattern["regexp"], line))]
    assert ("broken.py", "4", "46", "RNN101") in [
        (m[pattern["file"]], m[pattern["line"]], m[pattern["column"]], m[pattern["code"]])
        for m in found
    ]
    assert any(m[pattern["file"]] == "n.ipynb" for m in found)


@pytest.mark.parametrize("output_format", ["concise", "json", "sarif", "junit"])
def test_a_report_goes_into_a_file(tree: Path, output_format: str) -> None:
    shown = checked(output_format, "-q")
    assert checked(output_format, "-q", "--output-file", "report.txt") == ""
    assert (tree / "report.txt").read_text("utf-8") == shown
    missing = CliRunner().invoke(main, ["check-stack", "--output-file", "none/report.txt"])
    assert missing.exit_code == 2
    assert "none/report.txt" in missing.stderr


def test_statistics_count_each_rule(tree: Path) -> None:
    lines = checked("concise", "--statistics").splitlines()
    assert "3  RNN101  sequence-dropped-too-early  (2 with a fix)" in lines
    assert sum("RNN501 " in line for line in lines[:-3]) == 2
    assert "2  RNN501  too-many-params" in lines


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_its_renderer(name: str, tree: Path) -> None:
    assert callable(FORMATS[name].render)
    assert "RNN101" in checked(name)


def test_json_is_that_of_the_contract() -> None:
    empty = CheckResult((), ())
    assert json.loads(as_json(empty)) == empty.to_dict()
