"""The options of check-stack, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import click

from rnninspect.sources.limits import FILE_TIMEOUT_SECONDS

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("full", "concise", "json", "sarif", "github", "gitlab", "junit")


class Wishes(NamedTuple):
    """What the command line of check-stack asks for."""

    expression: str | None
    output_format: str
    output_file: str | None
    statistics: bool
    select: str | None
    extend_select: str | None
    ignore: str | None
    exclude: tuple[str, ...]
    extend_exclude: tuple[str, ...]
    force_exclude: bool
    config: str | None
    isolated: bool
    fixes: bool
    unsafe_fixes: bool
    as_diff: bool
    add_noqa: bool
    baseline: str | None
    write_baseline: str | None
    verify: bool
    markdown: bool
    stdin_filename: str | None
    jobs: int | None
    timeout: float
    no_cache: bool
    cache_dir: str | None
    show_files: bool
    show_settings: bool
    fail_on: str | None
    exit_zero: bool

    @property
    def shows_fixes(self) -> bool:
        """Whether the report has anything to say of fixes."""
        return self.statistics or self.output_format in ("full", "json", "sarif")

    def given(self) -> Mapping[str, Any]:
        """The settings that the command line states; they win over those of files."""
        # The other commands do not pay for the import.
        from rnninspect.linting.settings import codes_of

        return {
            "select": codes_of(self.select) or None,
            "extend_select": codes_of(self.extend_select) or None,
            "ignore": codes_of(self.ignore) or None,
            "exclude": self.exclude or None,
            "extend_exclude": self.extend_exclude or None,
            "fail_on": self.fail_on,
        }


_CODES: dict[str, Any] = {"metavar": "CODE,..."}
_PATTERNS: dict[str, Any] = {"metavar": "PATTERN", "multiple": True}
_OPTIONS = (
    click.option("-e", "expression", metavar="EXPR", help="Check this expression; it is not run."),
    click.option(
        "--format",
        "output_format",
        type=click.Choice(FORMATS),
        default="full",
        show_default=True,
        help="How findings are written.",
    ),
    click.option("--output-file", metavar="FILE", help="Where the report goes instead."),
    click.option("--statistics", is_flag=True, help="Count the findings of each rule."),
    click.option("--select", **_CODES, help="Only these rules; RNN1 stands for RNN1xx."),
    click.option("--extend-select", **_CODES, help="These rules too."),
    click.option("--ignore", **_CODES, help="Not these rules."),
    click.option("--exclude", **_PATTERNS, help="Leave just these files and folders out."),
    click.option("--extend-exclude", **_PATTERNS, help="Leave these out too."),
    click.option("--force-exclude", is_flag=True, help="Leave them out even when they are named."),
    click.option("--config", metavar="FILE", help="The configuration, instead of the nearest one."),
    click.option("--isolated", is_flag=True, help="Without any configuration file."),
    click.option("--fix", "fixes", is_flag=True, help="Mend what can be mended safely, in place."),
    click.option(
        "--unsafe-fixes", is_flag=True, help="Mend also where it might not be what is meant."
    ),
    click.option(
        "--diff", "as_diff", is_flag=True, help="Print what --fix would change; write nothing."
    ),
    click.option("--add-noqa", is_flag=True, help="Silence what is found with comments."),
    click.option("--baseline", metavar="FILE", help="Leave out what this file counts."),
    click.option("--write-baseline", metavar="FILE", help="Count what is found in this file."),
    click.option(
        "--verify",
        is_flag=True,
        help="Let real Keras build what was understood, and confirm errors.",
    ),
    click.option("--markdown", is_flag=True, help="Check the fenced Python of Markdown files too."),
    click.option(
        "--stdin-filename", metavar="PATH", help="What the text on standard input belongs to."
    ),
    click.option(
        "--jobs", type=click.IntRange(min=1), metavar="N", help="How many processes."
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=FILE_TIMEOUT_SECONDS,
        show_default=True,
        metavar="SECONDS",
        help="How long one file may take.",
    ),
    click.option("--no-cache", is_flag=True, help="Check every file anew and keep nothing."),
    click.option(
        "--cache-dir",
        metavar="DIR",
        envvar="RNNINSPECT_CACHE_DIR",
        help="Where results are kept.  [default: .rnninspect_cache]",
    ),
    click.option("--show-files", is_flag=True, help="List the files that would be checked."),
    click.option("--show-settings", is_flag=True, help="Show the settings of the first path."),
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "hint"]),
        help="The least severe finding that makes the exit status 1.  [default: error]",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found."),
)  # fmt: skip


def check_options(command: F) -> F:
    """Add the options of check-stack."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
