from __future__ import annotations

from rnninspect.diagnostics import Diagnostic, Place, Severity
from rnninspect.linting.result import CheckResult, FileSummary


def test_the_form_of_the_contract() -> None:
    found = tuple(
        Diagnostic("RNN101", "name", severity, "message", Place("p.py", 1, 1))
        for severity in (Severity.ERROR, Severity.WARNING, Severity.WARNING, Severity.HINT)
    )
    files = (FileSummary("p.py", "checked", 3, 2, 9), FileSummary("q.py", "skipped", reason="no"))
    data = CheckResult(files, found, fixed=4).to_dict()
    assert data["schema"] == "rnninspect.check/1"
    assert data["summary"] == {
        "files": 2,
        "models": 3,
        "errors": 1,
        "warnings": 2,
        "hints": 1,
        "fixed": 4,
    }
    assert data["files"][0] == {
        "path": "p.py",
        "status": "checked",
        "models": 3,
        "complete_models": 2,
        "reason": None,
        "doubts": [],
        "not_followed": [],
    }
    assert len(data["diagnostics"]) == 4
    assert data["verification"] is None
