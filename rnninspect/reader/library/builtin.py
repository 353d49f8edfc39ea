"""Builtin functions."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import DictCell, IteratorCell, ListCell, SetCell
from rnninspect.reader.conditions import holds_objects, is_key
from rnninspect.reader.context import Context, Ended
from rnninspect.reader.iteration import (
    END,
    NOT_KNOWN,
    all_items,
    element_of,
    enum_members,
    iteration_over,
    make_iterator,
    next_item,
)
from rnninspect.reader.join import Joiner
from rnninspect.reader.library.containers import sorted_items, update
from rnninspect.reader.sizes import size_of
from rnninspect.reader.values import (
    Array,
    BoundMethod,
    ClassRef,
    Descriptor,
    DictRef,
    EnumMember,
    External,
    FrameRef,
    Function,
    InstanceRef,
    IteratorRef,
    LayerRef,
    LibraryObject,
    ListRef,
    NativeMethod,
    Partial,
    SetRef,
    Super,
    Tensor,
    Unresolved,
    Value,
    is_constant,
)

MAX_ITEMS = 10_000
Args = Sequence[Value]
Kwargs = Mapping[str, Value]

_KINDS: Mapping[str, type] = {
    name: getattr(builtins, name) for name in "int float str bool bytes complex tuple range".split()
}


def unknown(ctx: Context, args: Args, kwargs: Kwargs, reason: str, kind: Any = None) -> Value:
    """Return what a builtin gives that may have called methods of its arguments."""
    objects = [
        value for value in (*args, *kwargs.values())
        if not is_constant(value) and not isinstance(value, Unresolved)
    ]  # fmt: skip
    if objects:
        ctx.call_unseen(objects, reason)
    return Unresolved(reason, kind)


def _pure(name: str, kind: type | None) -> Callable[..., Value]:
    function = getattr(builtins, name)

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        values = [*args, *kwargs.values()]
        if all(map(is_constant, values)) and not _is_large(name, args):
            try:
                return function(*args, **kwargs)
            except Exception:  # noqa: BLE001  the program would raise here
                return Unresolved(f"`{name}` fails on this value")
        if len(args) == 1 and isinstance(args[0], InstanceRef):
            method = {"int": "__int__", "float": "__float__", "str": "__str__",
                      "repr": "__repr__", "abs": "__abs__", "hash": "__hash__",
                      "bool": "__bool__"}.get(name)  # fmt: skip
            if method is not None and _has_method(ctx, args[0], method):
                return ctx.call(ctx.attribute(args[0], method, node), [], {}, node)
            if name == "str" and _has_method(ctx, args[0], "__repr__"):
                return ctx.call(ctx.attribute(args[0], "__repr__", node), [], {}, node)
        if any(isinstance(value, InstanceRef) for value in args):
            return unknown(ctx, args, kwargs, f"what `{name}` gives is not known", kind)
        if name == "abs" and len(args) == 1 and isinstance(args[0], Unresolved):
            kind_of_number = args[0].kind if args[0].kind in (int, float) else None
            return Unresolved("a number is not known", kind_of_number)
        if name == "round" and len(args) == 1 and isinstance(args[0], Unresolved):
            return Unresolved("a number is not known", int if args[0].kind is float else None)
        return Unresolved(f"what `{name}` gives is not known", kind)

    return call


def _is_large(name: str, args: Args) -> bool:
    if name == "pow":
        return any(isinstance(n, int) and abs(n) > 10**6 for n in args)
    return any(
        (isinstance(n, str | bytes) and len(n) > 4000)
        or (isinstance(n, int) and n.bit_length() > 10_000)
        or (isinstance(n, range) and len(n) > MAX_ITEMS)
        for n in args
    )


def _has_method(ctx: Context, value: InstanceRef, name: str) -> bool:
    return any(name in ctx.state.names(cls).values for cls in value.cls.ancestors())


def _len(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0] if args else None
    if isinstance(value, IteratorRef):
        view: IteratorCell = ctx.state.get(value)
        if view.kind == "view":
            return _len(ctx, [view.source[0]], {}, node)
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        if cell.exact:
            return len(cell.items)
    elif isinstance(value, DictRef | SetRef):
        items: DictCell | SetCell = ctx.state.get(value)
        if items.exact:
            return len(items.items)
    elif isinstance(value, EnumMember):
        return Unresolved("how long it is", int)
    elif isinstance(value, tuple | str | bytes | range | frozenset):
        return len(value)
    elif isinstance(value, Array | Tensor | FrameRef):
        shape: Shape = ctx.state.get(value).shape if isinstance(value, FrameRef) else value.shape
        if shape.dims:
            size = size_of(shape.dims[0])
            return Unresolved("how long the data are", int) if size is None else size
    elif isinstance(value, Shape) and value.rank is not None:
        return value.rank
    elif isinstance(value, ClassRef) and "enum" in value.traits:
        return len(enum_members(ctx, value))
    elif isinstance(value, InstanceRef):
        if _has_method(ctx, value, "__len__"):
            return ctx.call(ctx.attribute(value, "__len__", node), [], {}, node)
        return unknown(ctx, args, kwargs, "how long it is", int)
    elif isinstance(value, Unresolved):
        return value.child(("len()", ctx.state.epoch), int)
    return Unresolved("how long it is", int)


def _range(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if args and all(isinstance(n, int) for n in args) and not kwargs:
        try:
            return range(*args)
        except (TypeError, ValueError):
            return Unresolved("a range that is not valid")
    element = Unresolved("a number of a range", int)
    return ctx.new_list_of(ListCell.of_unknown_length(element))


def _list(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not args:
        return ctx.new_list([])
    value = args[0]
    items = all_items(ctx, value)
    if items is not None:
        return ctx.new_list(items)
    if isinstance(value, Array | Tensor):
        return value
    return ctx.new_list_of(ListCell.of_unknown_length(_taken(ctx, value), _least(ctx, value)))


def _least(ctx: Context, value: Value) -> int:
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        return len(cell.items) if cell.exact else cell.at_least
    return 0


def _taken(ctx: Context, value: Value) -> Value:
    """Return what every item of a value is that is taken whole, and take up an iterator."""
    if isinstance(value, IteratorRef):
        cell: IteratorCell = ctx.state.get(value)
        if cell.kind in ("map", "filter", "generator", "open"):
            ctx.call_unseen([value], "an iterator is taken up")
            return Unresolved("an item is not known")
    elif isinstance(value, InstanceRef | Unresolved):
        ctx.call_unseen([value], "an iterator is taken up")
        return Unresolved("an item is not known")
    return element_of(ctx, value)


def _tuple(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not args:
        return ()
    items = all_items(ctx, args[0])
    if items is not None:
        return tuple(items)
    if isinstance(args[0], Array):
        return args[0]
    element = _taken(ctx, args[0])
    ctx.state.escape(element, "it is in a tuple of unknown length")
    return Unresolved("how many items a tuple has", tuple)


def _set(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    items = all_items(ctx, args[0]) if args else []
    if items is not None:
        return ctx.new_set(items)
    return ctx.new_set_of(SetCell(frozenset(), _taken(ctx, args[0]), exact=False))


def _frozenset(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    items = all_items(ctx, args[0]) if args else []
    if items is not None and all(map(is_key, items)) and not holds_objects(items):
        return frozenset(items)
    return unknown(ctx, args, kwargs, "a set is not known")


def _dict(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    made = ctx.new_dict({})
    update(ctx, made, args, kwargs, node)
    return made


def _enumerate(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    start = args[1] if len(args) > 1 else kwargs.get("start", 0)
    inner = make_iterator(ctx, args[0] if args else kwargs.get("iterable"))
    ref = ctx.create(IteratorRef)
    ctx.state.put(ref, IteratorCell("enumerate", (inner, start)))
    return ref


def _zip(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    inner = tuple(make_iterator(ctx, value) for value in args)
    ref = ctx.create(IteratorRef)
    ctx.state.put(ref, IteratorCell("zip", inner))
    return ref


def _map(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) < 2:
        return unknown(ctx, args, kwargs, "what `map` gives")
    inner = tuple(make_iterator(ctx, value) for value in args[1:])
    ref = ctx.create(IteratorRef)
    ctx.state.put(ref, IteratorCell("map", (args[0], *inner)))
    return ref


def _filter(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) != 2:
        return unknown(ctx, args, kwargs, "what `filter` gives")
    ref = ctx.create(IteratorRef)
    ctx.state.put(ref, IteratorCell("filter", (args[0], make_iterator(ctx, args[1]))))
    return ref


def _reversed(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0]
    ref = ctx.create(IteratorRef)
    items = all_items(ctx, value) if isinstance(value, ListRef | tuple | str | range) else None
    if items is None:
        element = _taken(ctx, value)
        listed = ctx.new_list_of(ListCell.of_unknown_length(element))
        ctx.state.put(ref, IteratorCell("over", (listed,)))
    elif isinstance(value, ListRef):
        # A list that is changed meanwhile is read from its end as it is then.
        ctx.state.put(ref, IteratorCell("backwards", (value, len(items))))
    else:
        ctx.state.put(ref, IteratorCell("items", tuple(reversed(items))))
    return ref


def _iter(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) != 1:
        return unknown(ctx, args, kwargs, "an iterator")
    return make_iterator(ctx, args[0])


def _next(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0]
    if isinstance(value, IteratorRef):
        item = next_item(ctx, value)
        if item is END:
            if len(args) > 1:
                return args[1]
            raise Ended
        if item is not NOT_KNOWN:
            return item
        item = element_of(ctx, value)
        if len(args) > 1:
            return _joined(ctx, [item, args[1]])
        return item
    if isinstance(value, InstanceRef) and _has_method(ctx, value, "__next__"):
        if len(args) > 1:
            return unknown(ctx, args, kwargs, "an item is not known")
        return ctx.call(ctx.attribute(value, "__next__", node), [], {}, node)
    return ctx.call_unseen(args, "an item is not known")


def _joined(ctx: Context, values: Sequence[Value]) -> Value:
    joiner = Joiner("an item is not known")
    joined = joiner.all(values)
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)
    return joined


def _sorted(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    items = all_items(ctx, args[0]) if args else None
    is_set = bool(args) and isinstance(args[0], SetRef)
    if items is None and is_set and kwargs.get("key") is None:
        cell: SetCell = ctx.state.get(args[0])
        items = list(cell.items) if cell.exact else None
    if items is not None:
        result = sorted_items(ctx, items, kwargs)
        if result is not None:
            return ctx.new_list(result)
        for item in items:
            if isinstance(item, InstanceRef):
                ctx.call_unseen([item], "objects are sorted")
        return ctx.new_list_of(ListCell.of_unknown_length(_joined(ctx, items), len(items)))
    if kwargs.get("key") is not None:
        ctx.call_unseen([kwargs["key"], *args], "a list is sorted by a function")
    element = _taken(ctx, args[0]) if args else Unresolved("an item")
    return ctx.new_list_of(ListCell.of_unknown_length(element, _least(ctx, args[0])))


def _extreme(name: str) -> Callable[..., Value]:
    function: Callable[..., Value] = getattr(builtins, name)

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        items = all_items(ctx, args[0]) if len(args) == 1 else list(args)
        if items is None and isinstance(args[0], SetRef) and kwargs.get("key") is None:
            cell: SetCell = ctx.state.get(args[0])
            items = list(cell.items) if cell.exact else None
        if items is None:
            return unknown(ctx, args, kwargs, f"what `{name}` gives is not known")
        if not items and "default" in kwargs:
            return kwargs["default"]
        keys = list(items)
        if kwargs.get("key") is not None:
            keys = [ctx.call(kwargs["key"], [item], {}, node) for item in items]
        if keys and all(map(is_constant, keys)):
            try:
                best = function(range(len(items)), key=lambda number: keys[number])
            except TypeError:
                return Unresolved(f"`{name}` fails on these values")
            return items[best]
        joined = _joined(ctx, items) if items else Unresolved(f"`{name}` of nothing")
        for item in items:
            if isinstance(item, InstanceRef):
                ctx.call_unseen([item], "objects are compared")
        kinds = {type(i) if is_constant(i) else getattr(i, "kind", None) for i in items}
        return Unresolved(
            f"what `{name}` gives is not known", kinds.pop() if len(kinds) == 1 else None
        ) if not isinstance(joined, Array | Tensor) else joined  # fmt: skip

    return call


def _sum(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    items = all_items(ctx, args[0]) if args else None
    if items is None and args and isinstance(args[0], SetRef):
        cell: SetCell = ctx.state.get(args[0])
        items = list(cell.items) if cell.exact else None
        if items is not None and not all(isinstance(item, int) for item in items):
            return Unresolved("a sum is not known")
    start = args[1] if len(args) > 1 else kwargs.get("start", 0)
    if items is not None and all(isinstance(i, int | float | complex) for i in [*items, start]):
        return sum(items, start)
    if items is not None:
        import ast

        total = start
        for item in items:
            total = ctx.binary(ast.Add(), total, item, node)
        return total
    return unknown(ctx, args, kwargs, "a sum is not known")


def _any_all(name: str) -> Callable[..., Value]:
    stops_at = name == "any"

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        value = args[0] if args else ()
        if isinstance(value, SetRef) and ctx.state.get(value).exact:
            value = tuple(ctx.state.get(value).items)
        iteration = iteration_over(ctx, value)
        outcome: bool | None = not stops_at
        for number in range(MAX_ITEMS):
            item = iteration.item(ctx, number)
            if item is END:
                return Unresolved("a condition is not known", bool) if outcome is None else outcome
            if item is NOT_KNOWN:
                break
            truth = ctx.truth(item, node)
            if truth is stops_at and outcome is not None:
                return stops_at
            if truth is None or truth is stops_at:
                outcome = None
                if isinstance(value, IteratorRef):
                    break
        unknown(ctx, args, kwargs, "a condition is not known")
        return Unresolved("a condition is not known", bool)

    return call


def _getattr(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) > 1 and isinstance(args[1], str):
        if len(args) == 3:
            has = _hasattr(ctx, args[:2], {}, node)
            if has is False:
                return args[2]
            if has is not True:
                value = ctx.attribute(args[0], args[1], node)
                if isinstance(args[0], Unresolved | External | LibraryObject):
                    ctx.state.escape(args[2], "it may be what an attribute is")
                    return Unresolved("an attribute is not known")
                return _joined(ctx, [value, args[2]])
        return ctx.attribute(args[0], args[1], node)
    return ctx.call_unseen(args, "an attribute is not known")


def _hasattr(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value, name = (args[0], args[1]) if len(args) == 2 else (None, None)
    if isinstance(value, InstanceRef) and isinstance(name, str):
        names = ctx.state.names(value)
        is_certain = not (names.is_open or names.has_more)
        if _has_method(ctx, value, name) or (is_certain and name in names.values):
            return True
        if is_certain and not (
            value.cls.library_bases or value.cls.has_unknown_base
            or _has_method(ctx, value, "__getattr__") or name.startswith("__")
        ):  # fmt: skip
            return False
    return Unresolved("a condition is not known", bool)


def _setattr(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 3 and isinstance(args[1], str):
        ctx.set_attribute(args[0], args[1], args[2])
    else:
        ctx.call_unseen(args, "an attribute of an unknown name is set")
    return None


def _delattr(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 2 and isinstance(args[0], InstanceRef) and isinstance(args[1], str):
        ctx.state.delete_name(args[0], args[1])
        return None
    return ctx.call_unseen(args, "an attribute is deleted")


def kind_name(value: Value) -> str | None:
    """Return the name of the builtin type that a value has."""
    if isinstance(value, EnumMember):
        return None
    if isinstance(value, ListRef):
        return "list"
    if isinstance(value, DictRef):
        return value.kind
    if isinstance(value, SetRef):
        return "set"
    if isinstance(value, Unresolved):
        return value.kind.__name__ if value.kind is not None else None
    if is_constant(value) or isinstance(value, frozenset):
        return type(value).__name__
    return None


_PARENTS: Mapping[str, tuple[str, ...]] = {
    "bool": ("bool", "int", "object"),
    "defaultdict": ("defaultdict", "dict", "object"),
    "OrderedDict": ("OrderedDict", "dict", "object"),
    "Counter": ("Counter", "dict", "object"),
}


def _isinstance(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) != 2:
        return Unresolved("a condition is not known", bool)
    value, wanted = args
    if isinstance(value, Tensor) and _is_builtin(wanted, ("list", "tuple", "dict", "str", "int")):
        return False
    answers = [_is_a(ctx, value, kind) for kind in (wanted if type(wanted) is tuple else (wanted,))]
    if True in answers:
        return True
    return Unresolved("a condition is not known", bool) if None in answers else False


def _is_builtin(wanted: Value, names: tuple[str, ...]) -> bool:
    kinds = wanted if type(wanted) is tuple else (wanted,)
    return all(isinstance(k, External) and k.path in {f"builtins.{n}" for n in names}
               for k in kinds)  # fmt: skip


def _is_a(ctx: Context, value: Value, kind: Value) -> bool | None:
    if isinstance(kind, External):
        wanted = kind.path.removeprefix("builtins.").removeprefix("collections.")
        if isinstance(value, InstanceRef):
            if wanted == "object":
                return True
            if kind.path in value.cls.library_bases:
                return True
            plain = not value.cls.library_bases and not value.cls.has_unknown_base
            return False if (plain and wanted in _KINDS) or (plain and wanted in (
                "list", "dict", "set", "frozenset")) else None  # fmt: skip
        if isinstance(value, LayerRef):
            return ctx.is_layer_of(value, kind.path)
        name = kind_name(value)
        if name is None or not kind.path.startswith(("builtins.", "collections.")):
            if isinstance(value, Function | BoundMethod | ClassRef) and wanted in (
                *_KINDS, "list", "dict", "set"
            ):  # fmt: skip
                return False
            return None
        if kind.path.startswith("collections.abc"):
            return None
        return wanted in _PARENTS.get(name, (name, "object"))
    if isinstance(kind, ClassRef):
        if isinstance(value, InstanceRef):
            if kind in value.cls.ancestors():
                return True
            return None if value.cls.has_unknown_base else False
        if isinstance(value, EnumMember):
            return kind in value.cls.ancestors()
        if is_constant(value) or isinstance(value, ListRef | DictRef | SetRef):
            return False
    return None


def _issubclass(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 2 and isinstance(args[0], ClassRef) and isinstance(args[1], ClassRef):
        if args[1] in args[0].ancestors():
            return True
        if not args[0].has_unknown_base:
            return False
    return Unresolved("a condition is not known", bool)


def _callable(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0] if args else None
    if isinstance(value, Function | ClassRef | BoundMethod | NativeMethod | Partial | LayerRef):
        return True
    if is_constant(value) or isinstance(value, ListRef | DictRef | SetRef):
        return False
    return Unresolved("a condition is not known", bool)


def _type(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 1:
        if isinstance(args[0], InstanceRef | EnumMember):
            return args[0].cls
        name = kind_name(args[0])
        if name is not None:
            root = "collections" if name in _PARENTS and name != "bool" else "builtins"
            return External(f"{root}.{name}")
        return Unresolved("a type is not known")
    return ctx.call_unseen([*args, *kwargs.values()], "a class made by `type`")


def _vars(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if args and isinstance(args[0], InstanceRef):
        names = ctx.state.names(args[0])
        if not names.is_open and not names.has_more:
            made = ctx.new_dict(dict(names.values))
            # It is the object's own dict: what is written there changes the object.
            ctx.call_unseen([args[0], made], "the attributes of an object are handed out")
            return made
    return ctx.call_unseen(args, "the attributes of an object")


def _print(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    for value in args:
        for method in ("__str__", "__repr__"):
            if isinstance(value, InstanceRef) and _has_method(ctx, value, method):
                ctx.call(ctx.attribute(value, method, node), [], {}, node)
                break
    return None


def _exit(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    raise Ended


def _super(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 2 and isinstance(args[0], ClassRef):
        return Super(args[0], args[1])
    return Unresolved("what `super` gives")


def _descriptor(kind: str) -> Callable[..., Value]:
    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        if kind == "property":
            getter = args[0] if args else kwargs.get("fget")
            setter = args[1] if len(args) > 1 else kwargs.get("fset")
            return Descriptor("property", getter, setter)
        return Descriptor(kind, args[0] if args else None)

    return call


def _object(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return ctx.create(lambda: LibraryObject("builtins.object"))


def _input(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Unresolved("what is typed is not known", str)


def _open(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return LibraryObject("builtins.open()")


def _id(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Unresolved("an address", int)


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    f"builtins.{name}": function
    for name, function in {
        **{name: _pure(name, kind) for name, kind in (
            ("int", int), ("float", float), ("str", str), ("bool", bool), ("abs", None),
            ("round", None), ("divmod", tuple), ("pow", None), ("bytes", bytes), ("chr", str),
            ("ord", int), ("hex", str), ("bin", str), ("oct", str), ("repr", str),
            ("complex", complex), ("ascii", str), ("format", str), ("unicode", str),
            ("long", int),
        ) if hasattr(builtins, name)},
        "len": _len, "range": _range, "xrange": _range, "list": _list, "tuple": _tuple,
        "set": _set, "frozenset": _frozenset, "dict": _dict, "enumerate": _enumerate,
        "zip": _zip, "map": _map, "filter": _filter, "reversed": _reversed, "iter": _iter,
        "next": _next, "sorted": _sorted, "min": _extreme("min"), "max": _extreme("max"),
        "sum": _sum, "any": _any_all("any"), "all": _any_all("all"), "getattr": _getattr,
        "hasattr": _hasattr, "setattr": _setattr, "delattr": _delattr,
        "isinstance": _isinstance, "issubclass": _issubclass, "callable": _callable,
        "type": _type, "vars": _vars, "print": _print, "exit": _exit, "quit": _exit,
        "super": _super, "property": _descriptor("property"),
        "staticmethod": _descriptor("staticmethod"), "classmethod": _descriptor("classmethod"),
        "object": _object, "input": _input, "raw_input": _input, "open": _open, "id": _id,
        "hash": _id,
    }.items()
}  # fmt: skip
