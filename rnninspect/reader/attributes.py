"""Attributes: of objects, classes, modules, libraries and values of Python."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from rnninspect.reader.choices import joined_value
from rnninspect.reader.context import Context
from rnninspect.reader.data.frames import set_frame_attribute
from rnninspect.reader.library.table import find_constant
from rnninspect.reader.lookup import module_attribute
from rnninspect.reader.naming import canonical
from rnninspect.reader.values import (
    Array,
    BoundMethod,
    ClassRef,
    Dataset,
    Descriptor,
    EnumMember,
    External,
    FieldDefault,
    FrameRef,
    Function,
    GraphRef,
    InstanceRef,
    LayerRef,
    LibraryObject,
    ModuleValue,
    NativeMethod,
    ObjectRef,
    Partial,
    ScopeRef,
    SequentialRef,
    Super,
    Tensor,
    Unresolved,
    Value,
)

CONSTANTS: Mapping[str, Value] = {
    "numpy.newaxis": None,
    "tensorflow.newaxis": None,
    "keras.backend.newaxis": None,
    "numpy.pi": math.pi,
    "math.pi": math.pi,
    "math.e": math.e,
    "math.inf": math.inf,
    "typing.TYPE_CHECKING": False,
}
"""Attributes of libraries that are plain constants."""
LIBRARY: Final = ScopeRef()
"""The names that the program sets on modules of libraries (``tf.model = ...``)."""
NOT_FOUND: Final = object()


def attribute_of(ctx: Context, value: Value, name: str, node: Any) -> Value:
    """Return an attribute of a value."""
    if isinstance(value, InstanceRef):
        return _of_instance(ctx, value, name, node)
    if isinstance(value, External):
        return _of_library(ctx, value, name)
    if isinstance(value, Unresolved):
        return value.child((name, ctx.state.epoch))
    if isinstance(value, ModuleValue):
        return _of_module(ctx, value, name)
    if isinstance(value, ClassRef):
        return _of_class(ctx, value, name)
    if isinstance(value, Super):
        return _of_super(ctx, value, name, node)
    if isinstance(value, LayerRef | SequentialRef | GraphRef):
        return ctx.attribute_of_layer(value, name, node)
    if isinstance(value, Tensor | Array | FrameRef | Dataset):
        return ctx.attribute_of_data(value, name, node)
    if isinstance(value, EnumMember):
        return _of_member(ctx, value, name)
    if isinstance(value, ObjectRef):
        return ctx.attribute_of_object(value, name, node)
    if isinstance(value, Function | Descriptor | BoundMethod | Partial):
        return _of_function(value, name)
    if name.startswith("__") and name.endswith("__") and name not in _METHODS:
        return Unresolved(f"the attribute `{name}` is not known")
    if isinstance(value, bool | int | float | complex) and name in ("real", "imag"):
        return getattr(value, name)
    if isinstance(value, int) and name in ("numerator", "denominator"):
        return getattr(value, name)
    if isinstance(value, range) and name in ("start", "stop", "step"):
        return getattr(value, name)
    return NativeMethod(value, name)


_METHODS = frozenset(
    """__len__ __getitem__ __setitem__ __delitem__ __contains__ __iter__ __next__ __call__ __enter__
    __exit__ __init__ __eq__ __add__ __neg__ __pos__ __invert__ __hash__ __repr__ __str__""".split()
)


def mangled(ctx: Context, name: str) -> str:
    """Return the name that a private name has in the body of a class."""
    owner = ctx.frame.owner
    if owner is None or not name.startswith("__") or name.endswith("__"):
        return name
    return f"_{owner.name.lstrip('_')}{name}"


def find_in_class(ctx: Context, cls: ClassRef, name: str, after: ClassRef | None = None) -> Value:
    """Return what a class or its ancestors hold under a name; NOT_FOUND for nothing."""
    ancestors = cls.ancestors()
    if after is not None and after in ancestors:
        ancestors = ancestors[ancestors.index(after) + 1 :]
    for number, ancestor in enumerate(ancestors):
        names = ctx.state.names(ancestor)
        if name not in names.values:
            continue
        found = names.values[name]
        if name in names.doubtful:
            others = [ctx.state.names(other).values for other in ancestors[number + 1 :]]
            for values in others:
                if name in values:
                    found = joined_value(ctx, found, values[name])
        return found
    return NOT_FOUND


def is_filling(value: Value) -> bool:
    """Whether a value is the initializer that a dataclass has."""
    return isinstance(value, NativeMethod) and isinstance(value.receiver, ClassRef)


def bound(ctx: Context, found: Value, receiver: Value, cls: ClassRef, node: Any) -> Value:
    """Return what a member of a class is when it is asked of an object."""
    if isinstance(found, Function) or is_filling(found):
        return BoundMethod(found, receiver)
    if isinstance(found, Descriptor):
        if found.kind == "property":
            return ctx.call(found.function, [receiver], {}, node)
        if found.kind == "cached_property":
            return ctx.call(found.function, [receiver], {}, node)
        return found.function if found.kind == "staticmethod" else BoundMethod(found.function, cls)
    if isinstance(found, FieldDefault):
        return found.default
    if isinstance(found, Unresolved) and found.kind is None:
        member = Unresolved(found.reason)
        member.receiver = receiver
        return member
    if isinstance(found, InstanceRef):
        getter = find_in_class(ctx, found.cls, "__get__")
        if getter is not NOT_FOUND:
            return ctx.call(BoundMethod(getter, found), [receiver, cls], {}, node)
    return found


def setter_of(ctx: Context, found: Value) -> Value:
    """Return the method ``__set__`` of an object that a class holds; NOT_FOUND without one."""
    if isinstance(found, InstanceRef):
        setter = find_in_class(ctx, found.cls, "__set__")
        if setter is not NOT_FOUND:
            return BoundMethod(setter, found)
    return NOT_FOUND


def _of_instance(ctx: Context, value: InstanceRef, name: str, node: Any) -> Value:
    found = find_in_class(ctx, value.cls, name)
    names = ctx.state.names(value)
    is_property = isinstance(found, Descriptor) and found.kind == "property"
    is_property = is_property or setter_of(ctx, found) is not NOT_FOUND
    if not is_property and name in names.values:
        if name in names.doubtful:
            return _doubtful(ctx, value, name, names.values[name], found, node)
        return names.values[name]
    if isinstance(found, Descriptor) and found.kind == "cached_property":
        result = bound(ctx, found, value, value.cls, node)
        ctx.state.set_name(value, name, result)
        return result
    is_method = isinstance(found, Function | Descriptor) or is_filling(found)
    if found is not NOT_FOUND and (is_method or not names.is_open):
        return bound(ctx, found, value, value.cls, node)
    if name == "__class__":
        return value.cls
    if name == "__dict__":
        ctx.call_unseen([value], "its attributes are handed out")
        return Unresolved("the attributes of an object")
    if names.is_open or names.has_more:
        return Unresolved(names.is_open or names.has_more)
    getter = find_in_class(ctx, value.cls, "__getattr__")
    if getter is not NOT_FOUND and not name.startswith("__"):
        return ctx.call(BoundMethod(getter, value), [name], {}, node)
    if value.cls.library_bases or value.cls.traits:
        return NativeMethod(value, name)
    return Unresolved(f"the attribute `{name}` is not known")


def _doubtful(
    ctx: Context, value: InstanceRef, name: str, own: Value, found: Value, node: Any
) -> Value:
    """Return an attribute that an object may have itself, or else from its class."""
    if found is not NOT_FOUND:
        return joined_value(ctx, own, bound(ctx, found, value, value.cls, node))
    if find_in_class(ctx, value.cls, "__getattr__") is NOT_FOUND and not value.cls.library_bases:
        return own
    return ctx.call_unseen([value, own], f"whether it has the attribute `{name}` is not known")


def _of_library(ctx: Context, value: External, name: str) -> Value:
    path = canonical(f"{value.path}.{name}")
    names = ctx.state.names(LIBRARY).values
    if names and path in names:
        return names[path]
    if path in CONSTANTS:
        return CONSTANTS[path]
    try:
        return find_constant(path)
    except KeyError:
        pass
    if name in ("__name__",) and value.last[:1].isupper():
        return value.last
    return External(path)


def _of_module(ctx: Context, value: ModuleValue, name: str) -> Value:
    found = module_attribute(ctx, value.scope, name)
    if isinstance(found, Unresolved) and value.path.endswith("__init__.py"):
        inner = ctx.submodule(value, name)
        if inner is not None:
            return inner
    return found


def _of_class(ctx: Context, value: ClassRef, name: str) -> Value:
    found = find_in_class(ctx, value, name)
    if isinstance(found, Descriptor):
        if found.kind == "classmethod":
            return BoundMethod(found.function, value)
        return found.function if found.kind == "staticmethod" else found
    if isinstance(found, FieldDefault):
        return found.default
    if found is not NOT_FOUND:
        return found
    if name in ("__name__", "__qualname__"):
        return value.name
    if value.library_bases:
        return External(f"{value.library_bases[0]}.{name}")
    return Unresolved(f"the attribute `{name}` is not known")


def _of_super(ctx: Context, value: Super, name: str, node: Any) -> Value:
    receiver = value.receiver
    cls = receiver if isinstance(receiver, ClassRef) else getattr(receiver, "cls", value.after)
    found = find_in_class(ctx, cls, name, value.after)
    if found is not NOT_FOUND:
        return bound(ctx, found, receiver, cls, node)
    return NativeMethod(receiver, f"super.{name}")


def _of_member(ctx: Context, value: EnumMember, name: str) -> Value:
    if name in ("name", "_name_"):
        return value.name
    if name in ("value", "_value_"):
        return value.value
    found = find_in_class(ctx, value.cls, name)
    if found is NOT_FOUND:
        return Unresolved(f"the attribute `{name}` is not known")
    return bound(ctx, found, value, value.cls, None)


def _of_function(value: Value, name: str) -> Value:
    if name in ("__name__", "__qualname__"):
        if isinstance(value, Function) and name == "__name__":
            return value.name
        if isinstance(value, BoundMethod) and isinstance(value.function, Function):
            return value.function.name if name == "__name__" else Unresolved("a name", str)
    if isinstance(value, BoundMethod):
        if name == "__self__":
            return value.receiver
        if name == "__func__":
            return value.function
    if isinstance(value, Descriptor) and value.kind == "property" and name in (
        "setter", "getter", "deleter"
    ):  # fmt: skip
        return NativeMethod(value, name)
    if isinstance(value, Partial) and name == "func":
        return value.function
    return NativeMethod(value, name) if name == "__call__" else Unresolved("a function's attribute")


def set_attribute_of(ctx: Context, value: Value, name: str, item: Value) -> None:
    """Set an attribute of a value."""
    if isinstance(value, InstanceRef):
        found = find_in_class(ctx, value.cls, name)
        if isinstance(found, Descriptor) and found.kind == "property":
            if found.setter is not None:
                ctx.call(found.setter, [value, item], {}, None)
            return
        setter = setter_of(ctx, found)
        if setter is not NOT_FOUND:
            ctx.call(setter, [value, item], {}, None)
            return
        setter = find_in_class(ctx, value.cls, "__setattr__")
        if setter is not NOT_FOUND:
            ctx.call(BoundMethod(setter, value), [name, item], {}, None)
            return
        ctx.state.set_name(value, name, item)
        ctx.attribute_was_set(value, name, item)
    elif isinstance(value, ClassRef):
        ctx.state.set_name(value, name, item)
    elif isinstance(value, ModuleValue):
        ctx.state.set_name(value.scope, name, item)
    elif isinstance(value, External):
        ctx.state.set_name(LIBRARY, canonical(f"{value.path}.{name}"), item)
    elif isinstance(value, LayerRef | SequentialRef | GraphRef):
        ctx.set_attribute_of_layer(value, name, item)
    elif isinstance(value, FrameRef):
        set_frame_attribute(ctx, value, name, item)
    elif isinstance(value, LibraryObject | Tensor | Array):
        ctx.call_unseen([item], "it is an attribute of a library's object")
    else:
        ctx.call_unseen([value, item], "it is an attribute of an object that is not known")
        ctx.state.epoch += 1


def delete_attribute_of(ctx: Context, value: Value, name: str) -> None:
    """Delete an attribute of a value."""
    if isinstance(value, InstanceRef | ClassRef):
        ctx.state.delete_name(value, name)
    else:
        ctx.call_unseen([value], "an attribute is deleted")
