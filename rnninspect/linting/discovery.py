"""discover: the files below the given paths, without what git or the settings leave out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rnninspect.errors import SourceNotFound
from rnninspect.linting.settings import Configuration

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

PROGRAMS = (".py", ".ipynb", ".md", ".markdown")
"""Endings of what is read as a program; Markdown only where it is asked for or named."""
MODELS = (".keras", ".h5", ".hdf5", ".json")


class Found(NamedTuple):
    """A file to be checked, the directory whose files it can import, whether it was named."""

    path: str
    root: str
    is_named: bool


def discover(
    paths: Sequence[str | os.PathLike[str]],
    configuration: Configuration,
    *,
    markdown: bool = False,
    force_exclude: bool = False,
) -> Iterator[Found]:
    """Each file below ``paths`` once, in the order of their names.

    What is named itself is always checked, unless ``force_exclude``. Raises SourceNotFound.
    """
    endings = (*PROGRAMS, *MODELS) if markdown else (*PROGRAMS[:2], *MODELS)
    seen: set[str] = set()
    for path in [os.fspath(one) for one in paths]:
        where = Path(path)
        if where.is_dir() and not (where / "saved_model.pb").is_file():
            for found in _Walk(configuration, endings).below(path):
                real = os.path.realpath(found)
                if real not in seen:
                    seen.add(real)
                    yield Found(found, path, False)
        elif not where.exists():
            raise SourceNotFound(f"{path}: there is no such file", "Check the path.")
        elif os.path.realpath(path) not in seen:
            if force_exclude and is_excluded(path, configuration):
                continue
            seen.add(os.path.realpath(path))
            yield Found(path, root_of(where), True)


def is_excluded(path: str, configuration: Configuration) -> bool:
    """Whether the settings leave a file out, by itself or with a folder it is in."""
    settings = configuration.of(path)
    where = Path(os.path.normpath(Path.cwd() / path))
    root = Path(settings.root)
    return any(
        settings.excludes(os.fspath(one))
        for one in (where, *where.parents)
        if one != root and one.is_relative_to(root)
    )


def root_of(file: Path) -> str:
    """The current directory for what is below it, else the file's own."""
    folder = file.resolve().parent
    return os.curdir if folder.is_relative_to(Path.cwd()) else os.fspath(folder)


class _Walk:
    """Goes through a directory; links to directories are not followed."""

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
                inside = sorted(entries, key=lambda one: one.name)
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
                if entry.is_file():
                    yield os.path.normpath(shown / name)
            elif not (path / "pyvenv.cfg").is_file():
                yield from self._folder(shown / name, path, ignored)


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
    """What git ignores by the files above a folder, up to the top of its repository."""
    if (folder / ".git").exists():
        above = [folder]
    else:
        above = []
        for one in folder.parents:
            above.append(one)
            if (one / ".git").exists():
                break
        else:
            return ()
    found = [(one, _ignored_in(one)) for one in reversed(above) if one != folder]
    try:
        excluded = (above[-1] / ".git" / "info" / "exclude").read_text("utf-8", "replace")
        found.insert(0, (above[-1], _spec(excluded.splitlines())))
    except OSError:
        pass
    return tuple((one, spec) for one, spec in found if spec is not None)


def _is_ignored(
    path: Path, is_folder: bool, ignored: tuple[tuple[Path, GitIgnoreSpec], ...]
) -> bool:
    """The nearest ``.gitignore`` that says anything of a path decides."""
    for folder, spec in reversed(ignored):
        below = path.relative_to(folder).as_posix() + "/" * is_folder
        decided = spec.check_file(below).include
        if decided is not None:
            return decided
    return False
