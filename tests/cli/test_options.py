from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from rnninspect.cli.options import everywhere, input_shape_option, settings, sizes
from rnninspect.cli.terminal import Settings


def parsed(text: str | None) -> tuple[int | None, ...] | None:
    return sizes(click.Context(click.Command("x")), click.Option(["--x"]), text)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (None, None),
        ("20,6", (20, 6)),
        ("(20, 6)", (20, 6)),
        ("[None, 6,]", (None, 6)),
        ("?,6", (None, 6)),
        ("7", (7,)),
    ],
)
def test_sizes_are_written_as_in_keras(
    text: str | None, shape: tuple[int | None, ...] | None
) -> None:
    assert parsed(text) == shape


@pytest.mark.parametrize("text", ["", "20,,6", "20,x", "-1,6", "0", "2.5", "99999999999"])
def test_other_sizes_are_one_line_with_an_example(text: str) -> None:
    with pytest.raises(click.BadParameter, match=r"is not a valid size; .* 20,6"):
        parsed(text)


def seen(*arguments: str) -> Settings:
    """Return the settings of a command below a group, both with the options of all commands."""
    kept: list[Settings] = []

    @click.group()
    @everywhere
    @click.pass_context
    def group(context: click.Context, color: str | None, quiet: bool | None) -> None:
        context.obj = settings(context, color, quiet)

    @group.command()
    @input_shape_option
    @everywhere
    @click.pass_context
    def command(
        context: click.Context, input_shape: object, color: str | None, quiet: bool | None
    ) -> None:
        kept.append(settings(context, color, quiet))

    result = CliRunner(env={"RNNINSPECT_LANG": "en"}).invoke(group, arguments)
    assert result.exit_code == 0, result.output
    return kept[0]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["command"], Settings("auto", False, "en")),
        (["-q", "--color", "never", "command"], Settings("never", True, "en")),
        (["--color", "never", "command", "--color", "always"], Settings("always", False, "en")),
        (["--lang", "ko", "command", "-q"], Settings("auto", True, "ko")),
        (["--lang", "ko", "command", "--lang", "en"], Settings("auto", False, "en")),
    ],
)
def test_the_later_place_wins(arguments: list[str], expected: Settings) -> None:
    assert seen(*arguments) == expected
