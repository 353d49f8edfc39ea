"""Calls: what each kind of value does when it is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rnninspect.reader.attributes import NOT_FOUND, find_in_class
from rnninspect.reader.classes import fill, instantiate
from rnninspect.reader.context import Context
from rnninspect.reader.functions import follow
from rnninspect.reader.libraries import is_library
from rnninspect.reader.library.containers import container_method
from rnninspect.reader.library.effects import is_pure
from rnninspect.reader.library.records import named_tuple_method
from rnninspect.reader.library.table import find_function
from rnninspect.reader.naming import is_keras
from rnninspect.reader.values import (
    Array,
    BoundMethod,
    ClassRef,
    Dataset,
    Descriptor,
    DictRef,
    EnumMember,
    External,
    FrameRef,
    Function,
    GraphRef,
    InstanceRef,
    IteratorRef,
    LayerRef,
    LibraryObject,
    ListRef,
    NativeMethod,
    ObjectRef,
    Partial,
    SequentialRef,
    SetRef,
    Tensor,
    Unresolved,
    Value,
    is_constant,
)

Args = Sequence[Value]
Kwargs = Mapping[str, Value]


def call(ctx: Context, function: Value, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """Call a value."""
    ctx.spend()
    if isinstance(function, Function):
        return follow(ctx, function, args, kwargs, node)
    if isinstance(function, BoundMethod):
        return call(ctx, function.function, [function.receiver, *args], kwargs, node)
    if isinstance(function, External):
        return _of_library(ctx, function, args, kwargs, node)
    if isinstance(function, NativeMethod):
        return _of_method(ctx, function.receiver, function.name, args, kwargs, node)
    if isinstance(function, ClassRef):
        return instantiate(ctx, function, args, kwargs, node)
    if isinstance(function, LayerRef | SequentialRef | GraphRef):
        return ctx.use_layer(function, args, kwargs, node)
    if isinstance(function, InstanceRef):
        return _of_instance(ctx, function, args, kwargs, node)
    if isinstance(function, Partial):
        merged = {**function.kwargs, **kwargs}
        return call(ctx, function.function, [*function.args, *args], merged, node)
    if isinstance(function, Descriptor):
        return call(ctx, function.function, args, kwargs, node)
    if isinstance(function, Unresolved):
        return ctx.call_unseen(
            [function, *args, *kwargs.values()], "a function that is called is not known"
        )
    return ctx.call_unseen([*args, *kwargs.values()], "what is called is not a function")


def _of_instance(
    ctx: Context, function: InstanceRef, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    if ctx.is_model_class(function.cls):
        return ctx.use_layer(function, args, kwargs, node)
    called = find_in_class(ctx, function.cls, "__call__")
    if called is not NOT_FOUND:
        return call(ctx, BoundMethod(called, function), args, kwargs, node)
    return ctx.call_unseen(
        [function, *args, *kwargs.values()], "an object that is called is not known"
    )


def _of_library(ctx: Context, function: External, args: Args, kwargs: Kwargs, node: Any) -> Value:
    path = function.path
    if is_keras(path):
        return ctx.call_keras(function, args, kwargs, node)
    implementation = find_function(path)
    if implementation is not None:
        return implementation(ctx, args, kwargs, node)
    result = ctx.call_on_tensors(function, args, kwargs, node)
    if result is not None:
        return result
    return library_default(ctx, path, args, kwargs, node)


def library_default(ctx: Context, path: str, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """Return what a function gives that no file of the library folder knows."""
    values = [*args, *kwargs.values()]
    last = path.rpartition(".")[2]
    reason = f"what `{last}` gives is not known"
    if not is_library(path):
        return ctx.call_unseen(values, reason)
    if is_pure(path):
        ctx.call_back(values, reason)
        for value in values:
            if isinstance(value, Array):  # some functions write into what they are given
                ctx.state.escape(value, reason)
        return Unresolved(reason)
    for value in values:
        if not is_constant(value):
            ctx.state.escape(value, reason)
    if last[:1].isupper():
        return LibraryObject(f"{path}()")
    return Unresolved(reason)


def _of_method(
    ctx: Context, receiver: Value, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    if isinstance(receiver, ClassRef) and args and isinstance(args[0], InstanceRef):
        fill(ctx, args[0], receiver, args[1:], kwargs, node)
        return None
    if isinstance(receiver, InstanceRef) and "namedtuple" in receiver.cls.traits:
        return named_tuple_method(ctx, receiver, name, args, kwargs, node)
    if isinstance(receiver, SequentialRef | GraphRef | LayerRef | InstanceRef):
        return ctx.call_method_of_layer(receiver, name, args, kwargs, node)
    if isinstance(receiver, Tensor | Array | FrameRef | Dataset):
        return ctx.call_method_of_data(receiver, name, args, kwargs, node)
    if isinstance(receiver, ObjectRef):
        return ctx.call_method_of_object(receiver, name, args, kwargs, node)
    if isinstance(receiver, ListRef | DictRef | SetRef | str | bytes | frozenset) or (
        isinstance(receiver, tuple) and not isinstance(receiver, EnumMember)
    ):
        if name in _AS_FUNCTIONS:
            return _as_function(ctx, receiver, name, args, node)
        return container_method(ctx, receiver, name, args, kwargs, node)
    if isinstance(receiver, IteratorRef) and name in ("__next__", "next", "__iter__"):
        builtin = "iter" if name == "__iter__" else "next"
        return call(ctx, External(f"builtins.{builtin}"), [receiver], {}, node)
    if isinstance(receiver, Descriptor) and args:
        getter, setter = receiver.function, receiver.setter
        if name == "setter":
            return Descriptor("property", getter, args[0])
        return Descriptor("property", args[0] if name == "getter" else getter, setter)
    if isinstance(receiver, Function | BoundMethod | Partial) and name == "__call__":
        return call(ctx, receiver, args, kwargs, node)
    if isinstance(receiver, LibraryObject):
        return ctx.call_method_of_library(receiver, name, args, kwargs, node)
    if is_constant(receiver):
        ctx.call_back([*args, *kwargs.values()], f"`{name}` is not followed")
        return Unresolved(f"what `{name}` gives is not known")
    return ctx.call_unseen([receiver, *args, *kwargs.values()], f"`{name}` is not followed")


_AS_FUNCTIONS = frozenset(
    "__len__ __iter__ __contains__ __getitem__ __setitem__ __delitem__".split()
)


def _as_function(ctx: Context, receiver: Value, name: str, args: Args, node: Any) -> Value:
    import ast

    from rnninspect.reader.subscripts import delete_item

    if name == "__getitem__" and args:
        return ctx.item(receiver, args[0], node)
    if name == "__setitem__" and len(args) == 2:
        ctx.set_item(receiver, args[0], args[1], node)
        return None
    if name == "__delitem__" and args:
        delete_item(ctx, receiver, args[0], node)
        return None
    if name == "__contains__" and args:
        return ctx.compare(ast.In(), args[0], receiver, node)
    builtin = "len" if name == "__len__" else "iter"
    return call(ctx, External(f"builtins.{builtin}"), [receiver], {}, node)
