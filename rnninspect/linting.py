"""check(): files, directories and models become diagnostics."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rnninspect.diagnostics import Diagnostic, Severity
from rnninspect.errors import NotAModel, RnnInspectError, SourceNotFound
from rnninspect.graph import Model
from rnninspect.rules.check import check_model
from rnninspect.sources.read import read
from rnninspect.version import __version__

SCHEMA = "rnninspect.check/1"
PROGRAMS = (".py", ".ipynb")
MODELS = (".keras", ".h5", ".hdf5", ".json")
_SKIPPED = frozenset(
    "__pycache__ node_modules venv env build dist site-packages .git .venv .tox".split()
)
_AT_HAND = ("keras", "keras.models", "keras.layers")


class CheckedFile(NamedTuple):
    """What became of one file: ``checked``, ``skipped`` or ``unreadable``."""

    path: str
    status: str
    models: int = 0
    complete_models: int = 0
    layers: int = 0
    reason: str | None = None
    hint: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The contract's form of a file."""
        return {
            "path": self.path,
            "status": self.status,
            "models": self.models,
            "complete_models": self.complete_models,
            "reason": self.reason,
        }


class CheckResult(NamedTuple):
    """Everything that a check found."""

    files: tuple[CheckedFile, ...]
    diagnostics: tuple[Diagnostic, ...]

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(1 for one in self.diagnostics if one.severity is severity)

    def to_dict(self) -> dict[str, Any]:
        """The contract's JSON form."""
        return {
            "schema": SCHEMA,
            "version": __version__,
            "files": [one.to_dict() for one in self.files],
            "diagnostics": [one.to_dict() for one in self.diagnostics],
            "summary": {
                "files": len(self.files),
                "models": sum(one.models for one in self.files),
                "errors": self.count(Severity.ERROR),
                "warnings": self.count(Severity.WARNING),
                "hints": self.count(Severity.HINT),
            },
        }


def check(paths: Sequence[str | os.PathLike[str]] = (".",)) -> CheckResult:
    """Find what Keras would refuse in programs, notebooks and saved models.

    Directories are searched for programs and models. Nothing is run or imported.

    Raises SourceNotFound for a path that does not exist; a file that cannot be read is in
    ``files`` with its reason.
    """
    files: list[CheckedFile] = []
    diagnostics: list[Diagnostic] = []
    for path, named in _files(paths):
        file, found = _checked(path, named=named)
        files.append(file)
        diagnostics += found
    return CheckResult(tuple(files), tuple(diagnostics))


def check_expression(text: str) -> CheckResult:
    """Find what Keras would refuse in one expression, which is read and never run.

    Every name of ``keras``, ``keras.models`` and ``keras.layers`` is at hand in it.

    Raises UnreadableSource for what is not Python.
    """
    file, found = _program(text.encode(), "<expression>", _AT_HAND)
    return CheckResult((file,), tuple(found))


def _files(paths: Sequence[str | os.PathLike[str]]) -> Iterator[tuple[str, bool]]:
    seen: set[str] = set()
    for path in [os.fspath(one) for one in paths]:
        where = Path(path)
        if where.is_dir() and not (where / "saved_model.pb").is_file():
            for found in _inside(where):
                if found not in seen:
                    seen.add(found)
                    yield found, False
        elif not where.exists():
            raise SourceNotFound(f"{path}: there is no such file", "Check the path.")
        elif path not in seen:
            seen.add(path)
            yield path, True


def _inside(directory: Path) -> Iterator[str]:
    for root, folders, names in os.walk(directory):
        folders[:] = sorted(
            name for name in folders if name not in _SKIPPED and not name.startswith(".")
        )
        for name in sorted(names):
            if name.endswith((*PROGRAMS, *MODELS)):
                yield os.path.normpath(Path(root, name))


def _checked(path: str, *, named: bool) -> tuple[CheckedFile, list[Diagnostic]]:
    try:
        if path.endswith(PROGRAMS):
            data = _bytes(path)
            # A program that never names Keras builds no model.
            return _program(data, path) if b"eras" in data else (CheckedFile(path, "checked"), [])
        models = read(path)
    except NotAModel as error:
        if named:
            return CheckedFile(path, "unreadable", reason=error.message, hint=error.hint), []
        return CheckedFile(path, "skipped", reason=error.message), []
    except RnnInspectError as error:
        return CheckedFile(path, "unreadable", reason=error.message, hint=error.hint), []
    found = [one for model in models.models for one in check_model(model)]
    return _file(path, models.models, len(models.models)), found


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceNotFound(f"{path}: it cannot be read ({reason})") from None


def _file(path: str, models: Sequence[Model], count: int, reason: str = "") -> CheckedFile:
    complete = [model for model in models if is_understood(model)]
    layers = sum(len(model.nodes) for model in models)
    return CheckedFile(path, "checked", count, len(complete), layers, reason or None)


def is_understood(model: Model) -> bool:
    """Whether the rank of every tensor in a model and every layer's weights are known."""
    return all(not list(use.unknowns()) for use in model.reference.values())


def _program(
    data: bytes, path: str, at_hand: tuple[str, ...] = ()
) -> tuple[CheckedFile, list[Diagnostic]]:
    # Saved models do not pay for the import.
    from rnninspect.sources.python.code import pieces_of
    from rnninspect.sources.python.read import read_program

    program = read_program(pieces_of(data, path), path, at_hand=at_hand)
    found = [one for model in program.refused for one in check_model(model)]
    unique = {(one.place, one.code): one for one in found}
    reason = program.incomplete or next(iter(program.unknown), "")
    count = len(program.models) + len(program.unknown) + len(program.refused)
    return _file(path, program.models, count, reason), list(unique.values())
