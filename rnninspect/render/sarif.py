"""Findings as SARIF 2.1.0, the format in which code hosts take them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rnninspect.diagnostics import Diagnostic, Edit, Place, Severity
from rnninspect.linting.result import CheckResult, FileSummary
from rnninspect.rules.registry import rules as all_rules
from rnninspect.rules.rule import Rule
from rnninspect.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def as_sarif(result: CheckResult) -> str:
    """Return one run with every rule, every finding, and what could not be read."""
    rules = all_rules()
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    unreadable = [file for file in result.files if file.status == "unreadable"]
    run = {
        "tool": {
            "driver": {
                "name": "rnninspect",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not unreadable,
                "toolExecutionNotifications": [_notification(file) for file in unreadable],
            }
        ],
        "results": [_result(diagnostic, numbers) for diagnostic in result.diagnostics],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _rule(rule: Rule) -> dict[str, Any]:
    level = _LEVELS[rule.severity]
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.text, "markdown": rule.text},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": ["keras", "rnn"], "fix": rule.fix},
    }


def _notification(file: FileSummary) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": file.reason or "it cannot be read"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri_of(file.path)}}}],
    }


def _result(diagnostic: Diagnostic, numbers: dict[str, int]) -> dict[str, Any]:
    text = f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message
    entry: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": numbers[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": text},
        "locations": [_location(diagnostic.place)],
        "partialFingerprints": {"rnninspect/v1": fingerprint(diagnostic)},
    }
    if diagnostic.cause is not None and diagnostic.cause.place.path is not None:
        label = (
            f"{diagnostic.cause.layer}: {diagnostic.cause.label}"
            if diagnostic.cause.label
            else diagnostic.cause.layer
        )
        entry["relatedLocations"] = [
            {"id": 1, **_location(diagnostic.cause.place), "message": {"text": label}}
        ]
    if diagnostic.fix is not None and all(edit.cell is None for edit in diagnostic.fix.edits):
        entry["fixes"] = [
            {
                "description": {"text": diagnostic.fix.description},
                "artifactChanges": _changes(diagnostic.fix.edits),
            }
        ]
    return entry


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri_of(place.path or "")}}
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.cell is not None:  # a cell has no lines of its own in the file
        name = f"cell {place.cell}, line {place.line}, column {place.column}"
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "cell"}]
    elif place.line is not None:
        physical["region"] = _region(place)
    elif place.config_path is not None:
        location["logicalLocations"] = [
            {"fullyQualifiedName": place.config_path, "kind": "property"}
        ]
    return location


def _region(place: Place) -> dict[str, int]:
    region = {"startLine": place.line or 1, "startColumn": place.column or 1}
    if place.end_line is not None and place.end_column is not None:
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    return region


def _changes(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.path, []).append(edit)
    return [
        {
            "artifactLocation": {"uri": uri_of(path)},
            "replacements": [
                {
                    "deletedRegion": {
                        "startLine": edit.start[0],
                        "startColumn": edit.start[1],
                        "endLine": edit.end[0],
                        "endColumn": edit.end[1],
                    },
                    "insertedContent": {"text": edit.text},
                }
                for edit in of_file
            ],
        }
        for path, of_file in by_path.items()
    ]


def uri_of(path: str) -> str:
    """Return a path as a relative reference, or as a file URI where it is absolute."""
    if Path(path).is_absolute():
        return Path(path).as_uri()
    return quote(Path(path).as_posix())


def fingerprint(diagnostic: Diagnostic) -> str:
    """Return a hash that stays while a finding's file, rule, model, layer and shapes stay."""
    shape = json.dumps(diagnostic.input_shape, default=str)
    parts = (
        diagnostic.place.path,
        diagnostic.place.cell,
        diagnostic.code,
        diagnostic.model,
        diagnostic.layer,
        shape,
        diagnostic.message,
    )
    return hashlib.sha256(repr(parts).encode(errors="surrogatepass")).hexdigest()[:32]
