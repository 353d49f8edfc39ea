"""check(): files, directories and models become diagnostics."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rnninspect.diagnostics import Diagnostic, Severity
from rnninspect.errors import NotAModel, RnnInspectError, SourceNotFound
from rnninspect.graph import Model
from rnninspect.rules.check import check_model
from rnninspect.sources.python.modules import Tree
from rnninspect.sources.python.names import AT_HAND, EXPRESSION
from rnninspect.sources.read import read
from rnninspect.version import __version__

if TYPE_CHECKING:
    from rnninspect.comparison.builder import Builder
    from rnninspect.fixing.fix import Reading
    from rnninspect.verifying import Verification

SCHEMA = "rnninspect.check/1"
PROGRAMS = (".py", ".ipynb", ".md", ".markdown")
"""Endings of what is read as a program; Markdown only where it is asked for or named."""
MODELS = (".keras", ".h5", ".hdf5", ".json")
REPORT = "Please report it; RNNINSPECT_TRACEBACK=1 shows the traceback."
_SKIPPED = frozenset(
    "__pycache__ node_modules venv env build dist site-packages .git .venv .tox".split()
)


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
    fixed: int = 0
    """How many findings were mended before."""
    verification: Verification | None = None
    """What real Keras said, where it was asked."""

    def plus(self, other: CheckResult) -> CheckResult:
        """Both results together."""
        verdicts = [one for one in (self.verification, other.verification) if one is not None]
        verdict = verdicts[0].plus(verdicts[1]) if len(verdicts) == 2 else None
        return CheckResult(
            self.files + other.files,
            self.diagnostics + other.diagnostics,
            self.fixed + other.fixed,
            verdict or next(iter(verdicts), None),
        )

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(1 for one in self.diagnostics if one.severity is severity)

    def count_from(self, least: str) -> int:
        """How many findings are at least as severe as ``error``, ``warning`` or ``hint``."""
        severities = list(Severity)
        return sum(map(self.count, severities[: severities.index(Severity(least)) + 1]))

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
                "fixed": self.fixed,
            },
            "verification": None if self.verification is None else self.verification.to_dict(),
        }


def check(
    paths: Sequence[str | os.PathLike[str]] = (".",),
    *,
    markdown: bool = False,
    builder: Builder | None = None,
) -> CheckResult:
    """Find what Keras would refuse in programs, notebooks and saved models.

    Directories are searched for programs and models, and with ``markdown`` for Markdown files
    with fenced Python. Nothing is run or imported. With a ``builder``, real Keras builds each
    model that was understood completely.

    Raises SourceNotFound for a path that does not exist; a file that cannot be read is in
    ``files`` with its reason. Raises KerasUnavailable only with a builder.
    """
    result = CheckResult((), ())
    trees: dict[str, Tree] = {}
    for path, root, named in _files(paths, markdown=markdown):
        tree = trees.setdefault(root, Tree(root))
        result = result.plus(_checked(path, tree, builder, named=named))
    # What an imported file has wrong is found from every file that imports it.
    unique: dict[object, Diagnostic] = {}
    for one in result.diagnostics:
        key = one.place.in_any_round, one.code
        if key not in unique or unique[key].fix is None:
            unique[key] = one
    return result._replace(diagnostics=tuple(unique.values()))


def check_expression(text: str, *, builder: Builder | None = None) -> CheckResult:
    """Find what Keras would refuse in one expression, which is read and never run.

    Every name of ``keras``, ``keras.models`` and ``keras.layers`` is at hand in it.

    Raises UnreadableSource for what is not Python.
    """
    return _program(text.encode(), EXPRESSION, builder, AT_HAND)


def _files(
    paths: Sequence[str | os.PathLike[str]], *, markdown: bool
) -> Iterator[tuple[str, str, bool]]:
    """Each file with the directory whose files it can import, and whether it was named itself."""
    endings = (*PROGRAMS, *MODELS) if markdown else (*PROGRAMS[:2], *MODELS)
    seen: set[str] = set()
    for path in [os.fspath(one) for one in paths]:
        where = Path(path)
        if where.is_dir() and not (where / "saved_model.pb").is_file():
            for found in _inside(where, endings):
                if found not in seen:
                    seen.add(found)
                    yield found, path, False
        elif not where.exists():
            raise SourceNotFound(f"{path}: there is no such file", "Check the path.")
        elif path not in seen:
            seen.add(path)
            yield path, _root_of(where), True


def _root_of(file: Path) -> str:
    """The current directory for what is below it, else the file's own."""
    folder = file.resolve().parent
    return os.curdir if folder.is_relative_to(Path.cwd()) else os.fspath(folder)


def _inside(directory: Path, endings: tuple[str, ...]) -> Iterator[str]:
    for root, folders, names in os.walk(directory):
        folders[:] = sorted(
            name for name in folders if name not in _SKIPPED and not name.startswith(".")
        )
        for name in sorted(names):
            if name.endswith(endings):
                yield os.path.normpath(Path(root, name))


def _checked(path: str, tree: Tree, builder: Builder | None, *, named: bool) -> CheckResult:
    try:
        if path.endswith(PROGRAMS):
            data = _bytes(path)
            if b"eras" not in data:  # a program that never names Keras builds no model
                return CheckResult((CheckedFile(path, "checked"),), ())
            return _program(data, path, builder, tree=tree)
        models = read(path)
    except RnnInspectError as error:
        if isinstance(error, NotAModel) and not named:
            return CheckResult((CheckedFile(path, "skipped", reason=error.message),), ())
        file = CheckedFile(path, "unreadable", reason=error.message, hint=error.hint)
        return CheckResult((file,), ())
    except Exception as error:
        # One file that is stranger than foreseen must not hide what the others have.
        if os.environ.get("RNNINSPECT_TRACEBACK"):
            raise
        reason = f"{path}: bug in rnninspect: {type(error).__name__}: {error}"
        return CheckResult((CheckedFile(path, "unreadable", reason=reason, hint=REPORT),), ())
    found = tuple(one for model in models.models for one in check_model(model))
    return CheckResult((_file(path, models.models, len(models.models)),), found)


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
    if model.hidden_inputs and model.place.line is not None:
        return False  # a tensor of the program that is not known
    return all(not list(use.unknowns()) for use in model.reference.values())


def _program(
    data: bytes,
    path: str,
    builder: Builder | None,
    at_hand: tuple[str, ...] = (),
    *,
    tree: Tree | None = None,
) -> CheckResult:
    # Saved models do not pay for the import.
    from rnninspect.fixing.fix import read_text, with_fixes

    reading = read_text(data, path, at_hand, tree)
    found, verdict = with_fixes(reading), None
    if builder is not None:
        # As above.
        from rnninspect.verifying import verify

        found, verdict = verify(reading.program, found, builder)
    return CheckResult((_read(reading),), found, verification=verdict)


def _read(reading: Reading) -> CheckedFile:
    program = reading.program
    reason = program.incomplete or next(iter(program.unknown), "")
    built = [
        model
        for model in program.models
        if all(use.refused is None for use in model.reference.values())
    ]
    count = len(built) + len(program.unknown) + len(program.refused)
    return _file(reading.path, built, count, reason)


class Mended(NamedTuple):
    """A program before and after the fixes of its findings, and how many were made."""

    path: str
    before: bytes
    after: bytes
    fixes: int


def mend(
    paths: Sequence[str | os.PathLike[str]] = (".",),
    *,
    unsafe: bool = False,
    markdown: bool = False,
    wants: Callable[[Diagnostic], bool] = lambda _: True,
) -> tuple[Mended, ...]:
    """The programs among ``paths`` that fixes change, as they would be. No file is written.

    Only safe fixes, and those of findings that ``wants`` agrees to. Raises SourceNotFound; files
    that cannot be read are left out.
    """
    found = []
    trees: dict[str, Tree] = {}
    for path, root, _ in _files(paths, markdown=markdown):
        if path.endswith(PROGRAMS):
            data = _bytes(path)
            tree = trees.setdefault(root, Tree(root))
            one = None
            if b"eras" in data:
                one = mend_text(data, path, unsafe=unsafe, wants=wants, tree=tree)
            if one is not None:
                found.append(one)
    return tuple(found)


def mend_text(
    data: bytes,
    path: str,
    *,
    unsafe: bool = False,
    wants: Callable[[Diagnostic], bool] = lambda _: True,
    tree: Tree | None = None,
) -> Mended | None:
    """One program, or an expression (at ``EXPRESSION``), after its fixes; None without any."""
    # As above.
    from rnninspect.fixing.fix import mend as mend_reading
    from rnninspect.fixing.fix import read_text

    try:
        reading = read_text(data, path, AT_HAND if path == EXPRESSION else (), tree)
    except RnnInspectError:
        return None
    after, made = mend_reading(reading, unsafe=unsafe, wants=wants)
    return Mended(path, data, after.data, made) if made else None
