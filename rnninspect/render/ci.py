"""Findings in the formats of CI services: GitHub annotations, GitLab code quality, JUnit."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from rnninspect.diagnostics import Diagnostic, Severity
from rnninspect.linting.result import CheckResult, FileSummary
from rnninspect.render.findings import place_text
from rnninspect.render.sarif import fingerprint

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.HINT: "info"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_github(result: CheckResult) -> str:
    """Return a workflow command for each finding and each file that cannot be read."""
    lines = [_annotation(diagnostic) for diagnostic in result.diagnostics]
    for file in result.files:
        if file.status == "unreadable":
            where = f"file={_property(_relative(file.path))},title=rnninspect"
            lines.append(f"::error {where}::{_data(file.reason or file.path)}")
    return "\n".join(lines)


def _annotation(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    where = [f"file={_property(_relative(place.path or ''))}"]
    if place.line is not None and place.cell is None:
        where += [f"line={place.line}", f"col={place.column}"]
        if place.end_line is not None:
            where += [f"endLine={place.end_line}", f"endColumn={place.end_column}"]
    where.append(f"title={_property(f'{diagnostic.code} {diagnostic.name}')}")
    text = f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message
    if place.cell is not None or place.line is None:
        text = f"{place_text(place)}: {text}"
    return f"::{_GITHUB[diagnostic.severity]} {','.join(where)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _relative(path: str) -> str:
    where = Path(path)
    if where.is_absolute() and where.is_relative_to(Path.cwd()):
        where = where.relative_to(Path.cwd())
    return where.as_posix()


def as_gitlab(result: CheckResult) -> str:
    """Return a code quality report; what cannot be read is in it as a blocker."""
    seen: Counter[str] = Counter()
    issues = []
    for diagnostic in result.diagnostics:
        mark = fingerprint(diagnostic)
        seen[mark] += 1
        text = (
            diagnostic.message
            if diagnostic.place.cell is None
            else f"{place_text(diagnostic.place)}: {diagnostic.message}"
        )
        issue = _issue(
            diagnostic.code, text, diagnostic.place.path or "", _GITLAB[diagnostic.severity]
        )
        line = (
            1
            if diagnostic.place.line is None or diagnostic.place.cell is not None
            else diagnostic.place.line
        )
        issue["location"]["lines"] = {"begin": line}
        issue["fingerprint"] = mark if seen[mark] == 1 else f"{mark}-{seen[mark]}"
        issues.append(issue)
    for file in result.files:
        if file.status == "unreadable":
            issue = _issue("unreadable", file.reason or "it cannot be read", file.path, "blocker")
            issue["fingerprint"] = f"unreadable-{_relative(file.path)}"
            issues.append(issue)
    return json.dumps(issues, indent=2, ensure_ascii=False)


def _issue(name: str, text: str, path: str, severity: str) -> dict[str, Any]:
    return {
        "description": text,
        "check_name": name,
        "severity": severity,
        "location": {"path": _relative(path), "lines": {"begin": 1}},
    }


def as_junit(result: CheckResult) -> str:
    """Return a test case for each file: failed with findings, an error if unreadable."""
    by_path: dict[str, list[Diagnostic]] = {file.path: [] for file in result.files}
    for diagnostic in result.diagnostics:
        by_path.setdefault(diagnostic.place.path or "", []).append(diagnostic)
    files = {file.path: file for file in result.files}
    suite = ElementTree.Element("testsuite", name="rnninspect check-stack")
    counts: Counter[str] = Counter()
    for path, diagnostics in by_path.items():
        counts.update(_case(suite, path, diagnostics, files.get(path)))
    totals = {
        "tests": str(len(by_path)),
        "failures": str(counts["failure"]),
        "errors": str(counts["error"]),
        "skipped": str(counts["skipped"]),
    }
    suite.attrib.update(totals)
    root = ElementTree.Element("testsuites", {"name": "rnninspect", **totals})
    root.append(suite)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, "unicode")}'


def _case(
    suite: ElementTree.Element, path: str, diagnostics: list[Diagnostic], file: FileSummary | None
) -> list[str]:
    case = ElementTree.SubElement(
        suite, "testcase", name=_xml(path), classname="rnninspect", file=_xml(path)
    )
    if file is not None and file.status == "unreadable":
        ElementTree.SubElement(case, "error", message=_xml(file.reason or ""), type="unreadable")
        return ["error"]
    failing = [diagnostic for diagnostic in diagnostics if diagnostic.severity is not Severity.HINT]
    if failing:
        diagnostics = failing
        lines = [
            f"{place_text(diagnostic.place)}: {diagnostic.code} {diagnostic.message}"
            for diagnostic in diagnostics
        ]
        attributes = {"message": _xml(lines[0]), "type": diagnostics[0].code}
        ElementTree.SubElement(case, "failure", attributes).text = _xml("\n".join(lines))
        return ["failure"]
    if file is not None and file.status == "skipped":
        ElementTree.SubElement(case, "skipped", message=_xml(file.reason or ""))
        return ["skipped"]
    return []


def _xml(text: str) -> str:
    return _NOT_XML.sub("�", text)
