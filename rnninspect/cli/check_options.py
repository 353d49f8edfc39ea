"""CheckOptions: the options of check-stack, each declared once, as a typed field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, NamedTuple, TypeVar, get_type_hints

import click

from rnninspect.render.formats import FORMATS
from rnninspect.sources.limits import FILE_TIMEOUT_SECONDS

F = TypeVar("F", bound=Callable[..., Any])


class Option(NamedTuple):
    """How a field is given on the command line: its names and what ``click.option`` takes."""

    names: tuple[str, ...]
    more: Mapping[str, Any]


def option(*names: str, **more: Any) -> Option:
    """Declare the option of a field. Without a name it is that of the field, with hyphens."""
    return Option(names, more)


def flag(*names: str, help: str) -> Option:
    """Declare an option without a value."""
    return Option(names, {"is_flag": True, "help": help})


def codes(help: str) -> Option:
    """Declare an option that takes codes of rules."""
    return Option((), {"metavar": "CODE,...", "help": help})


def patterns(help: str) -> Option:
    """Declare an option that takes patterns of files and can be repeated."""
    return Option((), {"metavar": "PATTERN", "multiple": True, "help": help})


class CheckOptions(NamedTuple):
    """The options of check-stack as the command line states them."""

    expression: Annotated[
        str | None, option("-e", metavar="EXPR", help="Check this expression; it is not run.")
    ]
    output_format: Annotated[
        str,
        option(
            "--format",
            type=click.Choice(list(FORMATS)),
            default="full",
            show_default=True,
            help="How findings are written.",
        ),
    ]
    output_file: Annotated[
        str | None, option(metavar="FILE", help="Where the report goes instead.")
    ]
    statistics: Annotated[bool, flag(help="Count the findings of each rule.")]
    show_unknown: Annotated[
        bool, flag(help="List what was not followed, and why models are not complete.")
    ]
    select: Annotated[str | None, codes("Only these rules; RNN1 means RNN1xx.")]
    extend_select: Annotated[str | None, codes("These rules too.")]
    ignore: Annotated[str | None, codes("Not these rules.")]
    exclude: Annotated[tuple[str, ...], patterns("Leave just these files and folders out.")]
    extend_exclude: Annotated[tuple[str, ...], patterns("Leave these out too.")]
    force_exclude: Annotated[bool, flag(help="Leave them out even when they are named.")]
    config: Annotated[
        str | None, option(metavar="FILE", help="The configuration, instead of the nearest one.")
    ]
    isolated: Annotated[bool, flag(help="Without any configuration file.")]
    fixes: Annotated[bool, flag("--fix", help="Fix what can be fixed safely, in place.")]
    unsafe_fixes: Annotated[bool, flag(help="Fix also where it might not be what is meant.")]
    as_diff: Annotated[bool, flag("--diff", help="Print what --fix would change; write nothing.")]
    add_noqa: Annotated[bool, flag(help="Silence what is found with comments.")]
    baseline: Annotated[str | None, option(metavar="FILE", help="Leave out what this file counts.")]
    write_baseline: Annotated[
        str | None, option(metavar="FILE", help="Count what is found in this file.")
    ]
    verify: Annotated[
        bool, flag(help="Let real Keras build what was understood, and confirm errors.")
    ]
    markdown: Annotated[bool, flag(help="Check the fenced Python of Markdown files too.")]
    stdin_filename: Annotated[
        str | None, option(metavar="PATH", help="What the text on standard input belongs to.")
    ]
    jobs: Annotated[
        int | None, option(type=click.IntRange(min=1), metavar="N", help="How many processes.")
    ]
    timeout: Annotated[
        float,
        option(
            type=click.FloatRange(min=0, min_open=True),
            default=FILE_TIMEOUT_SECONDS,
            show_default=True,
            metavar="SECONDS",
            help="How long one file may take.",
        ),
    ]
    no_cache: Annotated[bool, flag(help="Check every file again and keep nothing.")]
    cache_dir: Annotated[
        str | None,
        option(
            metavar="DIR",
            envvar="RNNINSPECT_CACHE_DIR",
            help="Where results are kept.  [default: .rnninspect_cache]",
        ),
    ]
    show_files: Annotated[bool, flag(help="List the files that would be checked.")]
    show_settings: Annotated[bool, flag(help="Show the settings of the first path.")]
    fail_on: Annotated[
        str | None,
        option(
            type=click.Choice(["error", "warning", "hint"]),
            help="The least severe finding that makes the exit status 1.  [default: error]",
        ),
    ]
    exit_zero: Annotated[bool, flag(help="Exit with 0 whatever is found.")]

    @property
    def wants_fixes(self) -> bool:
        """Whether fixes are made, or shown as a patch."""
        return self.fixes or self.unsafe_fixes or self.as_diff

    @property
    def shows_fixes(self) -> bool:
        """Whether the report says anything about fixes."""
        return self.statistics or FORMATS[self.output_format].shows_fixes

    def stated_settings(self) -> Mapping[str, Any]:
        """Return the settings that the command line states; they win over those of files."""
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


def check_options(command: F) -> F:
    """Add the options of check-stack: one for each field of CheckOptions."""
    declared = get_type_hints(CheckOptions, include_extras=True)
    for field, annotation in reversed(declared.items()):
        (own,) = annotation.__metadata__
        names = own.names or (f"--{field.replace('_', '-')}",)
        command = click.option(*names, field, **own.more)(command)
    return command
