"""``numpy.random``: arrays of a shape, and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnninspect.ir import shape_ops
from rnninspect.ir.dims import DYNAMIC
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import any_dims, number_from, operand_shape
from rnninspect.reader.library.calling import (
    Args,
    Implementation,
    Kwargs,
    argument,
    kept,
    number_kind,
    unknown,
)
from rnninspect.reader.library.randomness import shuffle_list
from rnninspect.reader.sizes import dim_of, shape_from, unknown_array
from rnninspect.reader.values import Array, FrameRef, LibraryObject, ListRef, Unresolved, Value


def _drawn(
    position: int, kind: type | None, dtype: str | None, parameters: int = 0
) -> Implementation:
    """Return a function whose ``size`` is the argument at ``position``."""

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        size = argument(args, kwargs, position, "size")
        if size is not None:
            return number_from(shape_from(ctx, size), dtype)
        given = [*args[:parameters], *(v for name, v in kwargs.items() if name != "dtype")]
        shapes = [operand_shape(ctx, value) for value in given if value is not None]
        plain = all(_is_number(value) for value in given)
        if plain:
            return Unresolved("a random number", kind)
        try:
            return number_from(any_dims(shape_ops.broadcast(*shapes), shapes), dtype)
        except Rejected:
            return unknown_array()

    return call


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) or number_kind(value) is not None


def _by_sizes(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """``rand(3, 4)``."""
    if not args:
        return Unresolved("a random number", float)
    return Array(shape_from(ctx, tuple(args)), "float64")


def _choice(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    source = argument(args, kwargs, 0, "a")
    size = argument(args, kwargs, 1, "size")
    dtype = "int64" if isinstance(source, int) or number_kind(source) is int else None
    if isinstance(source, Array):
        dtype = source.dtype
    if size is None and not isinstance(source, Array):
        return Unresolved("a random item")
    if size is None:
        dims = source.shape.dims
        return unknown_array() if not dims else number_from(Shape(dims[1:]), dtype)
    shape = shape_from(ctx, size)
    inner = source.shape if isinstance(source, Array) else Shape((DYNAMIC,))
    if shape.dims is None or not inner.dims:
        return unknown_array()
    return Array(Shape((*shape.dims, *inner.dims[1:])), dtype)


def _permutation(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    source = argument(args, kwargs, 0, "x")
    if isinstance(source, int) or number_kind(source) is int:
        return Array(Shape((dim_of(source),)), "int64")
    if isinstance(source, Unresolved):
        return unknown_array()
    dtype = source.dtype if isinstance(source, Array) else None
    return Array(operand_shape(ctx, source), dtype)


def _shuffle(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    source = argument(args, kwargs, 0, "x")
    if isinstance(source, ListRef):
        shuffle_list(ctx, source)
        return None
    ctx.state.note_array_write()
    if not isinstance(source, Array | FrameRef):
        return unknown(ctx, args, kwargs, "its order is random")
    return None


def _multivariate(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    mean = operand_shape(ctx, argument(args, kwargs, 0, "mean"))
    size = argument(args, kwargs, 2, "size")
    front = Shape(()) if size is None else shape_from(ctx, size)
    if front.dims is None or mean.dims is None:
        return unknown_array()
    return Array(Shape((*front.dims, *mean.dims)), "float64")


def _nothing(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return None


def _generator(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return LibraryObject("numpy.random.Generator()")


_TWO = (
    "normal uniform laplace logistic lognormal gumbel beta gamma f vonmises wald negative_binomial"
)
_ONE = """exponential poisson chisquare geometric rayleigh standard_t standard_gamma pareto power
weibull zipf logseries"""
_WHOLE = frozenset("poisson geometric binomial negative_binomial zipf logseries".split())


def _several(names: str, count: int) -> dict[str, Implementation]:
    return {
        name: _drawn(count, None if name in _WHOLE else float,
                     "int64" if name in _WHOLE else "float64", count)
        for name in names.split()
    }  # fmt: skip


FUNCTIONS: Mapping[str, Implementation] = {
    f"numpy.random.{name}": function
    for name, function in {
        "rand": _by_sizes, "randn": _by_sizes,
        **{name: _drawn(0, float, "float64") for name in (
            "random", "random_sample", "ranf", "sample", "standard_normal", "standard_exponential",
            "standard_cauchy")},
        **_several(_TWO, 2), **_several(_ONE, 1),
        "binomial": _drawn(2, None, "int64", 2), "triangular": _drawn(3, float, "float64", 3),
        "randint": _drawn(2, int, "int64", 2), "random_integers": _drawn(2, None, "int64", 2),
        "integers": _drawn(2, None, "int64", 2),
        "choice": _choice, "permutation": _permutation, "permuted": _permutation,
        "shuffle": _shuffle, "multivariate_normal": _multivariate, "dirichlet": kept("numbers"),
        "seed": _nothing, "set_state": _nothing, "RandomState": _generator,
        "default_rng": _generator, "Generator": _generator,
    }.items()
}  # fmt: skip
