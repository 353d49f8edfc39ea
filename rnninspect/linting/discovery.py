"""discover: the files below some paths, without those that git or the settings exclude."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rnninspect.errors import SourceNotFound
from rnninspect.linting.settings import Configuration
from rnninspect.sources.formats import SUMMARY_SIGN, linted_endings
from rnninspect.sources.limits import MAX_CONFIG_BYTES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

PROGRAMS = (".py", ".ipynb", ".md", ".markdown")
"""Endings of what is read as a program; Markdown only where it is asked for or named."""
MODELS = linted_endings()
TEXTS = (".txt", ".log")
"""Endings of what is read if it holds a printed summary, and left out without a word if not."""


class SourceFile(NamedTuple):
    """A file to check, the directory whose files it can import, whether it was named."""

    path: str
    root: str
    is_named: bool


def discover(
    paths: Sequence[str | os.PathLike[str]],
    configuration: Configuration,
    *,
    markdown: bool = False,
    force_exclude: bool = False,
) -> Iterator[SourceFile]:
    """Yield each file below ``paths`` once, in the order of their names.

    A file that is named itself is always there, unless ``force_exclude``. Raises SourceNotFound.
    """
    programs = PROGRAMS if markdown else PROGRAMS[:2]
    endings = (*programs, *MODELS, *TEXTS)
    seen: set[str] = set()
    for path in [os.fspath(path) for path in paths]:
        where = Path(path)
        if where.is_dir() and not (where / "saved_model.pb").is_file():
            for file in _Walk(configuration, endings).below(path):
                real = os.path.realpath(file)
                if real not in seen:
                    seen.add(real)
                    yield SourceFile(file, path, False)
        elif not where.exists():
            raise SourceNotFound(f"{path}: there is no such file", "Check the path.")
        elif os.path.realpath(path) not in seen:
            if force_exclude and is_excluded(path, configuration):
                continue
            seen.add(os.path.realpath(path))
            yield SourceFile(path, root_of(where), True)


def is_excluded(path: str, configuration: Configuration) -> bool:
    """Whether the settings exclude a file or a folder it is in."""
    settings = configuration.of(path)
    where = Path(os.path.normpath(Path.cwd() / path))
    root = Path(settings.root)
    return any(
        settings.excludes(os.fspath(part))
        for part in (where, *where.parents)
        if part != root and part.is_relative_to(root)
    )


def root_of(file: Path) -> str:
    """Return the current directory for files below it, else the file's own."""
    folder = file.resolve().parent
    return os.curdir if folder.is_relative_to(Path.cwd()) else os.fspath(folder)


class _Walk:
    """A walk through a directory that does not follow links to directories."""

    def __init__(self, configuration: Configuration, endings: tuple[str, ...]) -> None:
        self.configuration = configuration
        self.endings = endings

    def below(self, path: str) -> Iterator[str]:
        absolute = Path(os.path.realpath(path))
        yield from self._folder(Path(path), absolute, _ignored_above(absolute))

    def _folder(
        self, shown: Path, absolute: Path, ignored: tuple[tuple[Path, GitIgnoreSpec], ...]
    ) -> Iterator[str]:
        settings = self.configuration.of_folder(absolute)
        spec = _ignored_in(absolute)
        if spec is not None:
            ignored = (*ignored, (absolute, spec))
        try:
            with os.scandir(absolute) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            return
        for entry in inside:
            name, path = entry.name, absolute / entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and name.startswith("."):
                continue
            if not is_folder and not name.endswith(self.endings):
                continue
            if settings.excludes(os.fspath(path)) or _is_ignored(path, is_folder, ignored):
                continue
            if not is_folder:
                if entry.is_file() and (not name.endswith(TEXTS) or _holds_summary(path)):
                    yield os.path.normpath(shown / name)
            elif not (path / "pyvenv.cfg").is_file():
                yield from self._folder(shown / name, path, ignored)


def _holds_summary(path: Path) -> bool:
    """Whether a text of a possible size has the title of a printed summary in it."""
    try:
        if path.stat().st_size > MAX_CONFIG_BYTES:
            return False
        return SUMMARY_SIGN in path.read_bytes()
    except OSError:
        return False


def _ignored_in(folder: Path) -> GitIgnoreSpec | None:
    try:
        lines = (folder / ".gitignore").read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    return _spec(lines)


def _spec(lines: Sequence[str]) -> GitIgnoreSpec | None:
    # Only trees with such a file pay for the import.
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return None


def _ignored_above(folder: Path) -> tuple[tuple[Path, GitIgnoreSpec], ...]:
    """Return what git ignores by the files above a folder, up to the top of its repository."""
    if (folder / ".git").exists():
        above = [folder]
    else:
        above = []
        for parent in folder.parents:
            above.append(parent)
            if (parent / ".git").exists():
                break
        else:
            return ()
    specs = [(parent, _ignored_in(parent)) for parent in reversed(above) if parent != folder]
    try:
        excluded = (above[-1] / ".git" / "info" / "exclude").read_text("utf-8", "replace")
        specs.insert(0, (above[-1], _spec(excluded.splitlines())))
    except OSError:
        pass
    return tuple((parent, spec) for parent, spec in specs if spec is not None)


def _is_ignored(
    path: Path, is_folder: bool, ignored: tuple[tuple[Path, GitIgnoreSpec], ...]
) -> bool:
    """Whether git ignores a path: the nearest ``.gitignore`` with a pattern for it decides."""
    for folder, spec in reversed(ignored):
        below = path.relative_to(folder).as_posix() + "/" * is_folder
        decided = spec.check_file(below).include
        if decided is not None:
            return decided
    return False
