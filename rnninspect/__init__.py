"""Know your Keras recurrent model before you run it: shapes and parameters by arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rnninspect.errors import RnnInspectError
from rnninspect.version import __version__

if TYPE_CHECKING:
    from rnninspect.api import inspect
    from rnninspect.linting.session import check
    from rnninspect.report import Report

__all__ = ["Report", "RnnInspectError", "__version__", "check", "inspect"]


def __getattr__(name: str) -> Any:
    # Light until used: `import rnninspect` reads three small files.
    if name == "inspect":
        from rnninspect.api import inspect

        return inspect
    if name == "check":
        from rnninspect.linting.session import check

        return check
    if name == "Report":
        from rnninspect.report import Report

        return Report
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
