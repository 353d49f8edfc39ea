"""``os``, ``os.path``, ``pathlib`` and ``sys``: paths as texts; the disk is not looked at."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.reader.cells import ListCell
from rnninspect.reader.context import Context, Ended
from rnninspect.reader.library.calling import (
    Args,
    Implementation,
    Kwargs,
    argument,
    unknown_result,
    unread,
)
from rnninspect.reader.values import LibraryObject, Unresolved, Value

_OF_PATHS = frozenset("join basename dirname splitext split normpath isabs splitdrive".split())


def _of_path(name: str) -> Implementation:
    """Return a function of ``os.path`` that only looks at the text."""
    function: Callable[..., Any] = getattr(posixpath, name)
    kind = {"isabs": bool, "splitext": tuple, "split": tuple, "splitdrive": tuple}.get(name, str)

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        plain = args and not kwargs and all(type(value) is str for value in args)
        # Where the backslash separates too, the result would be another.
        if plain and not any("\\" in v or ":" in v for v in args) and _is_same(name, args):
            return function(*args)
        if kind is tuple:
            return (Unresolved("a part of a path", str), Unresolved("a part of a path", str))
        return unread(ctx, args, kwargs, "a path is not known", kind)

    return call


def _is_same(name: str, args: Args) -> bool:
    """Whether every system gives the same: only what puts texts together uses its separator."""
    if name in ("join", "normpath"):
        return os.sep == "/" or len(args) == 1
    return True


def _known(kind: type | None) -> Implementation:
    return unknown_result("what is on the disk is not known", kind)


def _listed(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return ctx.new_list_of(ListCell.of_unknown_length(Unresolved("the name of a file", str)))


def _nothing(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return None


def _end(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    raise Ended


def _environment(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    default = argument(args, kwargs, 1, "default")
    ctx.state.escape(default, "it may be what an unknown variable has")
    return Unresolved("a variable of the environment", str if isinstance(default, str) else None)


def _path(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.call_back([*args, *kwargs.values()], "a path is made of it")
    return LibraryObject("pathlib.Path()")


FUNCTIONS: Mapping[str, Implementation] = {
    **{f"os.path.{name}": _of_path(name) for name in _OF_PATHS},
    **{f"os.path.{name}": _known(bool) for name in ("exists", "isfile", "isdir", "islink")},
    **{f"os.path.{name}": _known(str) for name in (
        "abspath", "realpath", "expanduser", "relpath", "expandvars")},
    "os.path.getsize": _known(int),
    "os.path.getmtime": _known(float),
    "os.listdir": _listed,
    "os.getcwd": _known(str),
    "os.getpid": _known(int),
    "os.cpu_count": _known(None),
    "os.getenv": _environment,
    "os.environ.get": _environment,
    **{f"os.{name}": _nothing for name in (
        "makedirs", "mkdir", "remove", "chdir", "rename", "rmdir", "unlink", "putenv")},
    "os._exit": _end,
    "os.abort": _end,
    "sys.exit": _end,
    "sys.setrecursionlimit": _nothing,
    **{f"sys.stdout.{name}": _nothing for name in ("flush", "write")},
    **{f"sys.stderr.{name}": _nothing for name in ("flush", "write")},
    "sys.path.append": _nothing,
    "sys.path.insert": _nothing,
    "pathlib.Path": _path,
    "pathlib.PurePath": _path,
    "pathlib.PosixPath": _path,
}  # fmt: skip
CONSTANTS: Mapping[str, Value] = {
    "sys.maxsize": Unresolved("the largest size", int),
    "sys.platform": Unresolved("the platform", str),
    "sys.argv": Unresolved("the arguments of the program"),
    "sys.byteorder": Unresolved("the order of bytes", str),
    "os.sep": Unresolved("what separates the parts of a path", str),
    "os.linesep": Unresolved("what ends a line", str),
    "os.name": Unresolved("the system", str),
    "sys.version": Unresolved("the version of Python", str),
    "sys.version_info": (
        3,
        Unresolved("the version of Python", int),
        Unresolved("the version of Python", int),
        Unresolved("the version of Python", str),
        Unresolved("the version of Python", int),
    ),
}
