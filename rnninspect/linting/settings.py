"""LintSettings: what the command line, ``rnninspect.toml`` and ``pyproject.toml`` ask for."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from rnninspect.diagnostics import Severity
from rnninspect.errors import BadRequest
from rnninspect.rules.keras_words import installed_major
from rnninspect.rules.rule import RuleSettings

DEFAULT_EXCLUDE = (
    "__pycache__ .bzr .direnv .eggs .git .hg .ipynb_checkpoints .mypy_cache .nox .pytest_cache "
    ".rnninspect_cache .ruff_cache .svn .tox .venv _build build dist env node_modules "
    "site-packages venv"
).split()
FILES = ("rnninspect.toml", "pyproject.toml")
_CODE = re.compile(r"RNN\d{0,3}")


class LintSettings(NamedTuple):
    """What holds for the files below one configuration file; the key names are those in TOML."""

    root: str = ""
    """The directory that patterns are relative to."""
    source: str = ""
    """The configuration file; empty for the defaults."""
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = tuple(DEFAULT_EXCLUDE)
    extend_exclude: tuple[str, ...] = ()
    fail_on: str = str(Severity.ERROR)
    keras_version: str = ""
    max_params: int | None = None
    max_bytes: int | None = None

    def wants(self, code: str, path: str) -> bool:
        """Whether findings of a rule are shown for a file."""
        chosen = (*self.select, *self.extend_select) if self.select else ()
        if (chosen and not code.startswith(chosen)) or code.startswith(self.ignore or ("-",)):
            return False
        return not any(
            code.startswith(codes) and self.fits(pattern, path)
            for pattern, codes in self.per_file_ignores
        )

    def fits(self, pattern: str, path: str) -> bool:
        """Whether a pattern names a file or folder: its name, or its path below the root."""
        absolute = os.path.normpath(Path.cwd() / path)
        below = os.path.relpath(absolute, self.root or os.curdir).replace(os.sep, "/")
        pattern = pattern.removeprefix("./").rstrip("/")
        return (
            fnmatch(Path(absolute).name, pattern)
            or fnmatch(below, pattern)
            or fnmatch(below, f"{pattern}/*")
        )

    def excludes(self, path: str) -> bool:
        """Whether a file or folder is left out of what is searched."""
        names, patterns = _split((*self.exclude, *self.extend_exclude))
        return path.rpartition(os.sep)[2] in names or any(
            self.fits(pattern, path) for pattern in patterns
        )

    def fails(self, severity: Severity) -> bool:
        """Whether a finding of this severity makes the check fail."""
        order = list(Severity)
        return order.index(severity) <= order.index(Severity(self.fail_on))

    @property
    def for_rules(self) -> RuleSettings:
        """The settings for the rules; without a stated version, the installed Keras is quoted."""
        stated = int(self.keras_version.partition(".")[0]) if self.keras_version else None
        return RuleSettings(
            max_params=self.max_params,
            max_bytes=self.max_bytes,
            keras_major=stated or installed_major(),
            is_keras_stated=stated is not None,
        )

    def shown(self) -> Mapping[str, Any]:
        """Return the settings by their TOML names."""
        return {key.replace("_", "-"): value for key, value in self._asdict().items()}


@cache
def _split(patterns: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the patterns that are plain names, and the others."""
    plain = frozenset(pattern for pattern in patterns if not set(pattern) & set("/*?["))
    return plain, tuple(pattern for pattern in patterns if pattern not in plain)


class Configuration:
    """Finds the settings of each file: those of the nearest configuration file above it.

    ``stated`` are settings of the command line, which win. Raises BadRequest for a file that does
    not hold what it should.
    """

    def __init__(
        self,
        stated: Mapping[str, Any] | None = None,
        *,
        file: str | None = None,
        isolated: bool = False,
    ) -> None:
        self.stated = {key: value for key, value in (stated or {}).items() if value is not None}
        self.isolated = isolated
        self.file = file
        self._by_folder: dict[Path, LintSettings] = {}

    def of(self, path: str | os.PathLike[str]) -> LintSettings:
        """Return the settings for a file, or for the files in a folder."""
        if self.isolated or self.file:
            return self._fixed
        where = Path.cwd() / path
        return self.of_folder(where if where.is_dir() else where.parent)

    def of_folder(self, folder: Path) -> LintSettings:
        """Return the settings for the files in a folder; its path is absolute."""
        if folder not in self._by_folder:
            settings = next((s for name in FILES if (s := self._read(folder / name))), None)
            if settings is None:
                parent = folder.parent
                settings = self._with_stated(LintSettings(os.fspath(Path.cwd())))
                if parent != folder:
                    settings = self.of_folder(parent)
            self._by_folder[folder] = settings
        return self._by_folder[folder]

    @cached_property
    def _fixed(self) -> LintSettings:
        if self.file is None:
            return self._with_stated(LintSettings(os.fspath(Path.cwd())))
        path = Path(self.file)
        if not path.is_file():
            raise BadRequest(f"{self.file}: there is no such file", "Check --config.")
        settings = self._read(path)
        if settings is None:
            raise BadRequest(f"{self.file}: it has no table [tool.rnninspect]")
        return settings

    def _with_stated(self, settings: LintSettings) -> LintSettings:
        return settings._replace(**self.stated)

    def _read(self, path: Path) -> LintSettings | None:
        try:
            text = path.read_bytes()
        except OSError:
            return None
        shown = os.path.relpath(path)
        try:
            table: Any = tomllib.loads(text.decode("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            if path.name == "pyproject.toml" and b"rnninspect" not in text:
                return None
            raise BadRequest(f"{shown}: this is not TOML: {error}") from None
        if path.name == "pyproject.toml":
            tool = table.get("tool")
            table = tool.get("rnninspect") if isinstance(tool, dict) else None
            if table is None:
                return None
        if not isinstance(table, dict):
            raise BadRequest(f"{shown}: tool.rnninspect is not a table")
        values = {
            key.replace("-", "_"): _checked(key, value, shown) for key, value in table.items()
        }
        root = os.fspath(path.parent.absolute())
        return self._with_stated(LintSettings(root, shown)._replace(**values))


def _codes(value: Any) -> tuple[str, ...] | None:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return None
    return codes_of(",".join(words))


def codes_of(text: str | None) -> tuple[str, ...]:
    """Return the rule codes, or beginnings of codes, in ``RNN101,RNN2``; ``ALL`` means every rule.

    Raises BadRequest for one that no rule has.
    """
    # A check without any choice of rules does not pay for the import.
    from rnninspect.rules.registry import codes as all_codes

    codes = tuple(word.strip().upper() for word in (text or "").split(",") if word.strip())
    codes = tuple("RNN" if code == "ALL" else code for code in codes)
    for code in codes:
        if not _CODE.fullmatch(code) or not any(rule.startswith(code) for rule in all_codes()):
            raise BadRequest(
                f"there is no rule {code!r}", f"The rules are {', '.join(all_codes())}."
            )
    return codes


def _words(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return tuple(value)
    return None


def _per_file(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
    if not isinstance(value, dict):
        return None
    ignored = tuple((pattern, _codes(codes)) for pattern, codes in value.items())
    return None if any(codes is None for _, codes in ignored) else ignored  # type: ignore[return-value]


def _severity(value: Any) -> str | None:
    return value if value in list(Severity) else None


def _version(value: Any) -> str | None:
    text = str(value) if isinstance(value, str | int | float) else ""
    return text if re.fullmatch(r"[123](\.\d+){0,2}", text) else None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


_KEYS: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "select": (_codes, "a list of codes"),
    "extend-select": (_codes, "a list of codes"),
    "ignore": (_codes, "a list of codes"),
    "per-file-ignores": (_per_file, "a table of patterns with lists of codes"),
    "exclude": (_words, "a list of patterns"),
    "extend-exclude": (_words, "a list of patterns"),
    "fail-on": (_severity, "error, warning or hint"),
    "keras-version": (_version, 'a version of Keras such as "3" or "2.13"'),
    "max-params": (_count, "a number of parameters"),
    "max-bytes": (_count, "a number of bytes"),
}


def _checked(key: str, value: Any, shown: str) -> Any:
    if key not in _KEYS:
        # Only a typing mistake pays for the import.
        from difflib import get_close_matches

        alike = get_close_matches(key.replace("_", "-"), _KEYS, n=1, cutoff=0.5)
        hint = f"Did you mean {alike[0]}?" if alike else f"The keys are {', '.join(_KEYS)}."
        raise BadRequest(f"{shown}: there is no setting {key!r}", hint)
    take, wanted = _KEYS[key]
    try:
        accepted = take(value)
    except BadRequest as error:
        raise BadRequest(f"{shown}: {key}: {error.message}", error.hint) from None
    if accepted is None:
        raise BadRequest(f"{shown}: {key} must be {wanted}, not {value!r}")
    return accepted
