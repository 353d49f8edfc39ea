"""Baseline: the findings that are accepted for now, counted by file and rule."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rnninspect.diagnostics import Diagnostic
from rnninspect.errors import BadRequest
from rnninspect.version import __version__

SCHEMA = "rnninspect.baseline/1"


class Baseline:
    """The number of findings of each rule that each file may have; lines do not matter.

    Paths in it are relative to the folder of its file, so that it holds for every checkout.
    """

    def __init__(self, file: str, counts: dict[str, dict[str, int]] | None = None) -> None:
        self.file = file
        self.folder = Path(file).absolute().parent
        self.counts = counts or {}
        self._met: Counter[tuple[str, str]] = Counter()

    @staticmethod
    def read(file: str) -> Baseline:
        """Read a baseline. Raises BadRequest."""
        try:
            data = json.loads(Path(file).read_bytes())
        except OSError as error:
            raise BadRequest(
                f"{file}: the baseline cannot be read ({error.strerror})",
                "Write one with --write-baseline.",
            ) from None
        except (ValueError, RecursionError):
            raise BadRequest(f"{file}: this is not a baseline") from None
        counts = data.get("counts") if isinstance(data, dict) else None
        if not isinstance(counts, dict) or not all(
            isinstance(codes, dict) and all(isinstance(n, int) for n in codes.values())
            for codes in counts.values()
        ):
            raise BadRequest(f"{file}: this is not a baseline")
        return Baseline(file, counts)

    def write(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Write the counts of findings. Raises CannotWrite."""
        # Only this pays for the import.
        from rnninspect.fixing.text import write

        counts: dict[str, dict[str, int]] = {}
        for diagnostic in diagnostics:
            of_file = counts.setdefault(self._name(diagnostic.place.path or ""), {})
            of_file[diagnostic.code] = of_file.get(diagnostic.code, 0) + 1
        data = {
            "schema": SCHEMA,
            "version": __version__,
            "counts": {path: dict(sorted(codes.items())) for path, codes in sorted(counts.items())},
        }
        write(self.file, f"{json.dumps(data, indent=2, ensure_ascii=False)}\n".encode())

    def without_known(self, diagnostics: Sequence[Diagnostic], path: str) -> list[Diagnostic]:
        """Return the findings of a file beyond those that the baseline counts."""
        name = self._name(path)
        allowed = self.counts.get(name, {})
        left = []
        for diagnostic in diagnostics:
            self._met[name, diagnostic.code] += 1
            if self._met[name, diagnostic.code] > allowed.get(diagnostic.code, 0):
                left.append(diagnostic)
        return left

    def notes(self) -> tuple[str, ...]:
        """Return what the user should know: how many entries are stale."""
        gone = sum(
            max(0, count - self._met[path, code])
            for path, codes in self.counts.items()
            for code, count in codes.items()
        )
        if not gone:
            return ()
        entries = "1 entry is" if gone == 1 else f"{gone} entries are"
        return (f"{self.file}: {entries} stale; rerun --write-baseline.",)

    def _name(self, path: str) -> str:
        return os.path.relpath(Path.cwd() / path, self.folder).replace(os.sep, "/")
