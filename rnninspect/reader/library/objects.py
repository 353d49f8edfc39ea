"""Objects of libraries: methods and attributes of those that the reader models, and of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from rnninspect.reader.context import Context
from rnninspect.reader.library.calling import Args, Kwargs
from rnninspect.reader.library.effects import is_pure
from rnninspect.reader.library.table import find_function
from rnninspect.reader.values import (
    LibraryObject,
    NativeMethod,
    ObjectRef,
    Unresolved,
    Value,
    is_constant,
)

_METHODS: Mapping[str, tuple[str, str]] = {
    "parser": ("arguments", "parser_method"),
    "option parser": ("arguments", "parser_method"),
    "tokenizer": ("keras_data", "tokenizer_method"),
    "images": ("keras_data", "images_method"),
    "estimator": ("learning", "estimator_method"),
    "splitter": ("learning", "splitter_method"),
}
"""The file and the function that know the methods of each kind of object."""


@cache
def _load(file: str, name: str) -> Callable[..., Value]:
    function: Callable[..., Value] = getattr(
        import_module(f"rnninspect.reader.library.{file}"), name
    )
    return function


def call_method_of_object(
    ctx: Context, ref: ObjectRef, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of an object gives that the reader models."""
    method = _METHODS.get(ref.kind)
    if method is None:
        return ctx.call_unseen([ref, *args, *kwargs.values()], f"`{name}` is not followed")
    return _load(*method)(ctx, ref, name, args, kwargs, node)


def attribute_of_object(ctx: Context, ref: ObjectRef, name: str, node: Any) -> Value:
    """Return an attribute of an object that the reader models."""
    if ref.kind == "tokenizer":
        return _load("keras_data", "tokenizer_attribute")(ctx, ref, name)
    if ref.kind == "estimator" and name.endswith("_"):
        return Unresolved("what an estimator has found out")
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
