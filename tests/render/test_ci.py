from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from rnninspect.diagnostics import Diagnostic, Place, Severity
from rnninspect.linting.result import CheckResult, FileSummary
from rnninspect.render.ci import as_github, as_gitlab, as_junit
from tests.render.conftest import checked


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


def finding(severity: Severity, **more: Any) -> Diagnostic:
    return Diagnostic("RNN101", "name", severity, "odd", Place("p.py", 3, 1), **more)


def result_of(*diagnostics: Diagnostic, **more: Any) -> CheckResult:
    return CheckResult((FileSummary("p.py", "checked", 2, 1, 3),), diagnostics, **more)


def test_each_severity_is_told_in_the_words_of_the_service() -> None:
    all_three = result_of(*map(finding, Severity))
    assert re.findall(r"^::(\w+) ", as_github(all_three), re.M) == ["error", "warning", "notice"]
    assert [one["severity"] for one in json.loads(as_gitlab(all_three))] == [
        "major",
        "minor",
        "info",
    ]


def test_a_warning_fails_a_test_case_and_a_hint_does_not() -> None:
    def failures(severity: Severity) -> int:
        root = ElementTree.fromstring(as_junit(result_of(finding(severity))))
        return int(root.get("failures") or 0)

    assert [failures(severity) for severity in Severity] == [1, 1, 0]
