"""``argparse`` and its kin: an option's default is a possible value, not a certain one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.reader.cells import ObjectCell
from rnninspect.reader.context import Context, Ended
from rnninspect.reader.join import kind_of
from rnninspect.reader.library.calling import Args, Implementation, Kwargs, unknown
from rnninspect.reader.library.records import namespace, new_namespace
from rnninspect.reader.store import State
from rnninspect.reader.values import (
    External,
    LibraryObject,
    ObjectRef,
    Unresolved,
    Value,
    is_constant,
)

_CONVERTED: Mapping[str, Callable[[str], Any]] = {
    "builtins.int": int,
    "builtins.float": float,
    "builtins.str": str,
}


def _parser(kind: str) -> Implementation:
    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        ctx.call_back([*args, *kwargs.values()], "it is given to a parser of options")
        ref: ObjectRef = ctx.create(lambda: ObjectRef(kind))
        # The options of its parents are not known.
        ctx.state.put(ref, ObjectCell({}, is_open="parents" in kwargs))
        return ref

    return call


def parser_method(
    ctx: Context, ref: ObjectRef, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of a parser gives.

    The cell holds for each option ``(default, what it is when it is given)``.
    """
    cell: ObjectCell = ctx.state.get(ref)
    ctx.call_back([*args, *kwargs.values()], "it is given to a parser of options")
    if name in ("add_argument", "add_option"):
        _add(ctx, ref, cell, args, kwargs)
        return LibraryObject("argparse.Action()")
    if name in ("add_argument_group", "add_option_group", "add_mutually_exclusive_group"):
        return ref
    if name == "set_defaults":
        if not cell.is_open:
            changed = {
                key: (value, cell.contents[key][1] if key in cell.contents else value)
                for key, value in kwargs.items()
            }
            ctx.state.put(ref, ObjectCell({**cell.contents, **changed}))
        return None
    if name in ("parse_args", "parse_known_args", "parse_intermixed_args"):
        if cell.is_open or kwargs.keys() & {"namespace"}:
            return unknown(ctx, args, kwargs, "an option is not known")
        parsed = _parsed(ctx, cell, args, node)
        rest = name == "parse_known_args" or ref.kind == "option parser"
        return (parsed, Unresolved("further arguments")) if rest else parsed
    if name in ("add_subparsers", "add_parser", "register"):
        ctx.state.escape(ref, "the options of other commands are not followed")
        return LibraryObject("argparse.ArgumentParser()")
    if name in ("error", "exit"):
        raise Ended
    if name in ("print_help", "print_usage"):
        return None
    if name == "get_default" and args and isinstance(args[0], str) and not cell.is_open:
        return cell.contents.get(args[0], (None, None))[0]
    return Unresolved("what a parser gives")


def _add(ctx: Context, ref: ObjectRef, cell: ObjectCell, args: Args, kwargs: Kwargs) -> None:
    if cell.is_open:
        return
    names = [value for value in args if isinstance(value, str)]
    stated = kwargs.get("dest")
    if len(names) < len(args) or not isinstance(stated, str | None) or not (names or stated):
        ctx.state.put(ref, ObjectCell({}, is_open=True))
        return
    long = next((value for value in names if value.startswith("--")), names[0] if names else "")
    name = stated or long.lstrip("-").replace("-", "_")
    if kwargs.get("action") in ("help", "version"):
        return
    is_option = not names or names[0].startswith("-")
    option = _option(kwargs, is_option=is_option, before=cell.contents.get(name))
    ctx.state.put(ref, ObjectCell({**cell.contents, name: option}))


def _option(kwargs: Kwargs, *, is_option: bool, before: Value) -> tuple[Value, Value]:
    """Return the default of an option, and what it is when the user gives it."""
    action = kwargs.get("action", "store")
    default = kwargs.get("default")
    if action in ("store_true", "store_false"):
        usual = action == "store_false"
        default = kwargs.get("default", usual if before is None else before[0])
        return default, joined_option(default, not usual)
    if action == "store_const":
        return default, joined_option(default, kwargs.get("const"))
    kind = kwargs.get("type")
    path = kind.path if isinstance(kind, External) else None
    if isinstance(kind, str):  # as optparse has it
        path = f"builtins.{kind.replace('string', 'str')}"
    convert = _CONVERTED.get(path or "")
    if isinstance(default, str) and kind is not None:
        try:
            default = convert(default) if convert is not None else Unresolved("an option")
        except ValueError:
            default = Unresolved("an option's default is not valid")
    elif default is not None and not is_constant(default):
        default = Unresolved("an option's default is not known")
    is_one = action == "store" and kwargs.get("nargs") is None
    plain = {"builtins.int": int, "builtins.float": float, "builtins.str": str}
    given_kind = plain.get(path or "") if kind is not None else str
    given = Unresolved("an option of the program", given_kind if is_one else None)
    if is_option and kwargs.get("required") is not True:
        # It may also be left out, then it has its default.
        usual_kind = kind_of(default)
        given = Unresolved(given.reason, given.kind if usual_kind is given.kind else None)
        return default, given
    return given, given


def joined_option(default: Value, given: Value) -> Value:
    """Return what an option is that may or may not be given."""
    if default == given and type(default) is type(given):
        return default
    both = {kind_of(default), kind_of(given)}
    return Unresolved("an option of the program", both.pop() if len(both) == 1 else None)


def _parsed(ctx: Context, cell: ObjectCell, args: Args, node: Any) -> Value:
    """Return the options: in one state all have their defaults, in another none is known."""
    options = dict(cell.contents)

    def both() -> list[tuple[State, Value]]:
        start = ctx.state
        ends = []
        for number in (0, 1):
            values = {name: option[number] for name, option in options.items()}
            ctx.state = start.forked()
            ends.append((ctx.state, new_namespace(ctx, "Namespace", values, node)))
        return ends

    return ctx.once(both)


def _flags(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.call_back([*args, *kwargs.values()], "it is given to a parser of options")
    return LibraryObject("absl.flags.Flag()")


FUNCTIONS: Mapping[str, Implementation] = {
    "argparse.ArgumentParser": _parser("parser"),
    "argparse.Namespace": namespace,
    "optparse.OptionParser": _parser("option parser"),
    **{
        f"absl.flags.DEFINE_{kind}": _flags
        for kind in ("string", "integer", "float", "bool", "boolean", "enum", "list")
    },
}
