from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rnninspect.diagnostics import Diagnostic, Place, Severity
from rnninspect.linting.result import CheckResult, FileSummary
from rnninspect.render.sarif import as_sarif, fingerprint, uri_of
from rnninspect.rules.registry import codes
from tests.render.conftest import checked

SCHEMA = Path(__file__).parent.parent / "fixtures" / "sarif-2.1.0.json"


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
    assert [one["id"] for one in rules] == list(codes())
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


def finding(severity: Severity, **more: Any) -> Diagnostic:
    return Diagnostic("RNN101", "name", severity, "odd", Place("p.py", 3, 1), **more)


def result_of(*diagnostics: Diagnostic, **more: Any) -> CheckResult:
    return CheckResult((FileSummary("p.py", "checked", 2, 1, 3),), diagnostics, **more)


def test_each_severity_has_its_level() -> None:
    log = json.loads(as_sarif(result_of(*map(finding, Severity))))
    assert [one["level"] for one in log["runs"][0]["results"]] == ["error", "warning", "note"]


def test_a_finding_keeps_its_fingerprint_when_lines_move() -> None:
    first = finding(Severity.ERROR)
    assert fingerprint(first) == fingerprint(first._replace(place=Place("p.py", 9, 1)))
    assert fingerprint(first) != fingerprint(first._replace(message="other"))


def test_a_path_is_a_uri(tmp_path: Path) -> None:
    assert uri_of("a b.py") == "a%20b.py"
    assert uri_of(str(tmp_path)).startswith("file:///")
