"""Objects of libraries: methods and attributes of those that the reader models, and of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.reader.context import Context
from rnninspect.reader.library.arguments import parser_method
from rnninspect.reader.library.calling import Args, Kwargs
from rnninspect.reader.library.effects import is_pure
from rnninspect.reader.library.keras_data import (
    images_method,
    tokenizer_attribute,
    tokenizer_method,
)
from rnninspect.reader.library.learning import estimator_method, splitter_method
from rnninspect.reader.library.table import find_function
from rnninspect.reader.values import (
    LibraryObject,
    NativeMethod,
    ObjectRef,
    Unresolved,
    Value,
    is_constant,
)

_METHODS: Mapping[str, Callable[..., Value]] = {
    "parser": parser_method,
    "option parser": parser_method,
    "tokenizer": tokenizer_method,
    "estimator": estimator_method,
    "splitter": splitter_method,
    "images": images_method,
}


def call_method_of_object(
    ctx: Context, ref: ObjectRef, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of an object gives that the reader models."""
    method = _METHODS.get(ref.kind)
    if method is None:
        return ctx.call_unseen([ref, *args, *kwargs.values()], f"`{name}` is not followed")
    return method(ctx, ref, name, args, kwargs, node)


def attribute_of_object(ctx: Context, ref: ObjectRef, name: str, node: Any) -> Value:
    """Return an attribute of an object that the reader models."""
    if ref.kind == "tokenizer":
        return tokenizer_attribute(ctx, ref, name)
    return NativeMethod(ref, name)


def call_method_of_library(
    ctx: Context, value: LibraryObject, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method gives of an object that a library made."""
    path = value.path.removesuffix("()")
    if path.startswith(("numpy.random", "sklearn.utils")):
        found = find_function(f"numpy.random.{name}")
        if found is not None:
            return found(ctx, args, kwargs, node)
    if path.startswith("random."):
        found = find_function(f"random.{name}")
        if found is not None:
            return found(ctx, args, kwargs, node)
    values = [*args, *kwargs.values()]
    reason = f"what `{name}` gives is not known"
    if is_pure(path):
        ctx.call_back(values, reason)
    else:
        for item in values:
            if not is_constant(item):
                ctx.state.escape(item, reason)
    return Unresolved(reason)
