from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner

from rnninspect.cli.main import main
from rnninspect.rules.described import CODES
from tests.linting.conftest import BROKEN, RIGHT

SCHEMA = Path(__file__).parent.parent / "fixtures" / "sarif-2.1.0.json"


@pytest.fixture
def tree(here: Path) -> Path:
    (here / "broken.py").write_text(f"# é, ü\n{BROKEN}", "utf-8")
    (here / "right.py").write_text(RIGHT, "utf-8")
    (here / "old keras.py").write_text("import keras\nx = = 'half'\n", "utf-8")
    cells = [
        {"cell_type": "markdown", "source": ["text"], "metadata": {}},
        {"cell_type": "code", "source": BROKEN, "metadata": {}, "outputs": []},
    ]
    notebook = {"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    (here / "n.ipynb").write_text(json.dumps(notebook), "utf-8")
    layers = [
        {"class_name": "InputLayer", "config": {"batch_shape": [None, 20, 6], "name": "i"}},
        {"class_name": "LSTM", "config": {"units": 8, "name": "a"}},
        {"class_name": "LSTM", "config": {"units": 4, "name": "b"}},
    ]
    config = {"class_name": "Sequential", "config": {"name": "s", "layers": layers}}
    (here / "m.json").write_text(json.dumps(config), "utf-8")
    (here / "pyproject.toml").write_text("[tool.rnninspect]\nmax-params = 100\n", "utf-8")
    return here


def checked(output_format: str, *more: str, status: int = 2) -> str:
    result = CliRunner().invoke(main, ["check-stack", "--format", output_format, *more])
    assert result.exit_code == status
    return result.stdout


def test_sarif_is_what_the_schema_asks_for(tree: Path) -> None:
    log = json.loads(checked("sarif"))
    schema = json.loads(SCHEMA.read_bytes())
    jsonschema.validate(log, schema)
    broken: dict[str, Any] = json.loads(checked("sarif"))
    broken["runs"][0]["results"][0]["level"] = "bad"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)


def test_sarif_has_the_rules_the_places_the_causes_and_the_fixes(tree: Path) -> None:
    (run,) = json.loads(checked("sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == list(CODES)
    assert all("Why is this bad?" in one["help"]["markdown"] for one in rules)
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    program = next(
        one
        for one in run["results"]
        if one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "broken.py"
    )
    region = {"startLine": 4, "startColumn": 46, "endLine": 4, "endColumn": 53}
    assert program["locations"][0]["physicalLocation"]["region"] == region
    cause = program["relatedLocations"][0]["physicalLocation"]["region"]
    assert (cause["startLine"], cause["startColumn"]) == (4, 37)
    (replacement,) = program["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"]["text"] == ", return_sequences=True"
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (unreadable,) = invocation["toolExecutionNotifications"]
    where = unreadable["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert where == "old%20keras.py"


def test_github_reads_a_command_for_each_finding(tree: Path) -> None:
    lines = checked("github").splitlines()
    assert all(re.match(r"::(error|warning|notice) [^:]*::", line) for line in lines)
    start = "::error file=broken.py,line=4,col=46,endLine=4,endColumn=53,title=RNN101 "
    assert any(line.startswith(start) for line in lines)
    assert any("file=n.ipynb,title=RNN101" in line and "cell 2" in line for line in lines)
    assert any("file=old keras.py" in line for line in lines)


def test_gitlab_has_what_its_code_quality_asks_for(tree: Path) -> None:
    issues = json.loads(checked("gitlab"))
    assert {"RNN101", "RNN501", "unreadable"} == {one["check_name"] for one in issues}
    for one in issues:
        assert one["description"]
        assert one["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert one["location"]["path"]
        assert one["location"]["lines"]["begin"] >= 1
    marks = [one["fingerprint"] for one in issues]
    assert len(set(marks)) == len(marks)


def test_junit_counts_each_file_once(tree: Path) -> None:
    root = ElementTree.fromstring(checked("junit"))
    cases = {one.get("name"): one for one in root.iter("testcase")}
    assert set(cases) == {"broken.py", "right.py", "old keras.py", "n.ipynb", "m.json"}
    assert cases["broken.py"].find("failure") is not None
    assert cases["old keras.py"].find("error") is not None
    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("5", "4", "1")


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
