"""Program: how every command ends. An error of a request is one line and a hint, not a traceback.

Exit status: 0 nothing wrong, 1 something was found, 2 the request could not be carried out, 70 a
bug in rnninspect.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import click

from rnninspect.errors import RnnInspectError
from rnninspect.render.letters import encodable, printable
from rnninspect.version import __version__

INTERRUPTED = 130
BROKEN_PIPE = 141
BUG = 70
TRACEBACK_VARIABLE = "RNNINSPECT_TRACEBACK"


class Program(click.Group):
    """A group of commands that turns every exception into a line and an exit status.

    A command is imported when it is called: ``modules`` has ``module:name`` of each.
    """

    modules: Mapping[str, str] = MappingProxyType({})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.modules, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = self.modules.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line and exit with its status; return it unless ``standalone_mode``."""
        # A config may hold numbers of any length, and so may the counts that follow from them.
        sys.set_int_max_str_digits(0)
        try:
            status = super().main(
                args,
                prog_name or "rnninspect",
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
            sys.stdout.flush()
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else "rnninspect"
            status = complain(error.format_message(), f"Try: {path} --help", error.exit_code)
        except click.ClickException as error:
            status = complain(error.format_message(), "", error.exit_code)
        except RnnInspectError as error:
            status = complain(error.message, error.hint, error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            status = INTERRUPTED
        except BrokenPipeError:
            _forget_output()
            status = BROKEN_PIPE
        except MemoryError:
            status = complain("there is not enough memory for this", "", 2)
        except Exception as error:
            if os.environ.get(TRACEBACK_VARIABLE):
                raise
            status = _own_bug(error)
        if not standalone_mode:
            return status
        sys.exit(status or 0)


def complain(message: str, hint: str, status: int) -> int:
    """Print an error and its hint on standard error; return the exit status."""
    _say(f"error: {message}")
    if hint:
        _say(f"hint: {hint}")
    return status


def _own_bug(error: Exception) -> int:
    text = " ".join(str(error).split())[:200]
    _say(
        f"bug in rnninspect {__version__}: {type(error).__name__}: {text} "
        f"(Python {sys.version.split()[0]}, {sys.platform})"
    )
    _say(f"hint: Set {TRACEBACK_VARIABLE}=1 for the traceback, and report it with the command.")
    return BUG


def _say(line: str) -> None:
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    click.echo(encodable(printable(" ".join(line.split())), encoding), err=True)


def _forget_output() -> None:
    """Discard the buffered output after its reader has closed the pipe, so that exit is silent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
