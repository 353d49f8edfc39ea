"""A report as the JSON that other programs read."""

from __future__ import annotations

import json

from rnninspect.report import Report


def to_json(report: Report, encoding: str = "utf-8") -> str:
    """Return the contract's JSON; characters that the stream's encoding lacks are escaped."""
    text = json.dumps(report.to_dict(), indent=2, ensure_ascii=False)
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return json.dumps(report.to_dict(), indent=2)
    return text
