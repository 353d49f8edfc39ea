"""Layer: what every declaration of a Keras layer shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cache
from typing import Any, ClassVar

from rnninspect.ir.dims import Dim, Unknown, UnknownValue
from rnninspect.ir.operation import Application, Call, Operation, Part, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.strictness import is_strict

UNFORESEEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What arguments of impossible kinds may lead to."""

Sizes = int | tuple[int, ...]
"""One number for all axes or one for each, as in Keras's ``kernel_size``."""


@declare
class Layer(Operation):
    """A Keras layer, known by its constructor arguments.

    A declaration says what the layer holds (``parts``) and what it returns (``output``), both as
    functions of the input shapes in the order of ``inputs``; counts, formulas, stored shapes and
    gates follow from these. Either may raise UnknownValue where it depends on a value that is not
    known, and Rejected where Keras (``keras/src/layers``) would certainly raise.
    """

    positional: ClassVar[str] = ""
    """Keras's constructor arguments in order; ``seed@3`` exists in Keras 3 only, ``@2`` before."""
    keywords: ClassVar[str] = ""
    """Further arguments that it accepts by keyword, marked alike, besides those inherited."""
    is_closed: ClassVar[bool] = False
    """Whether Keras 3's constructor accepts no keywords but these."""
    accepts_any: ClassVar[bool] = False
    """Whether Keras 3's constructor ignores keywords that it does not know."""
    lacks: ClassVar[str] = ""
    """The keywords of every layer that Keras 3's constructor does not accept."""
    positional_1: ClassVar[str] = ""
    """The order in Keras 1, in its own words, if a program can tell the difference."""
    earlier: ClassVar[str] = (
        "b_constraint:bias_constraint b_regularizer:bias_regularizer border_mode:padding "
        "inner_activation:recurrent_activation inner_init:recurrent_initializer nb_filter:filters "
        "W_constraint:kernel_constraint W_regularizer:kernel_regularizer"
    )
    """Argument names of Keras 1 and 2, and what they are called now, besides those inherited."""
    earlier_defaults: ClassVar[Mapping[str, Any]] = {}
    """The defaults of Keras 1 and 2 where they were others."""
    constructor: ClassVar[str] = ""
    """The class of Keras that has the constructor, if it is a base class."""
    reading: ClassVar[str] = ""
    """How the arguments follow from a printed count: a name in ``analysis/guesses``."""
    reading_is_complete: ClassVar[bool] = False
    """Whether every possible count is read once the input is known."""
    variants: ClassVar[tuple[Mapping[str, Any], ...]] = ()
    """Arguments besides the usual ones that change a printed count, the likelier ones first."""
    takes_causal: ClassVar[bool] = False
    """Whether padding may be causal."""
    takes_axes: ClassVar[bool] = False
    """Whether ``axis`` may be several."""
    spatial_axes: ClassVar[int] = 0
    """How many spatial axes it has: 2 for pictures."""
    inputs: ClassVar[tuple[str, ...]] = ("inputs",)
    """The tensor arguments of Keras's ``call``, in order."""
    takes_several: ClassVar[bool] = False
    """Whether its first input is a list of tensors."""
    is_quantizable: ClassVar[bool] = False
    """Whether its declaration covers quantized weights."""
    ndim: ClassVar[int | None] = None
    """The rank that Keras's ``input_spec`` demands of the first input."""
    min_ndim: ClassVar[int | None] = None
    positive: ClassVar[tuple[str, ...]] = ()
    """The arguments that Keras's constructor wants to be 1 or more."""

    dtype: object = None
    autocast: bool = True
    activity_regularizer: object = None
    input_hint: Shape | None = field(default=None, metadata={"ours": True})
    """The shape that old arguments such as ``input_shape`` state."""

    def parts(self, *args: Any, **kwargs: Any) -> Iterator[Weight | Part]:
        """Yield what it holds: weights, and the applications of inner layers."""
        return iter(())

    def output(self, *args: Any, **kwargs: Any) -> Structure:
        """Return the output shape, or a tuple of them: by default that of the first input."""
        first: Structure = args[0]
        return first

    def use(self, *inputs: Any, **kwargs: Any) -> tuple[Structure, tuple[Weight | Part, ...]]:
        """Return output and parts together, for layers whose output comes from an inner layer."""
        output: Structure
        try:
            output = self.output(*inputs)
        except UnknownValue as unknown:
            output = Shape.unknown(unknown.reason)
        return output, tuple(self.parts(*inputs))

    def apply(self, call: Call) -> Application:
        inputs = self.bind(call)
        try:
            self.reject_arguments()
            inputs = (self._one_tensor(inputs[0]), *inputs[1:])
            self.check(inputs)
            output, parts = self.use(*inputs)
            _check_sizes(parts)
        except UnknownValue as unknown:
            output = self._output_despite(inputs, unknown.reason)
            return Application(self, call, output, unknown=unknown.reason)
        except UNFORESEEN as error:
            if is_strict():
                raise
            reason = f"its arguments are not what Keras takes ({type(error).__name__})"
            return Application(self, call, Shape.unknown(reason), unknown=reason)
        except Rejected as rejected:
            reason = "Keras rejects this input"
            return Application(self, call, Shape.unknown(reason), unknown=reason, rejected=rejected)
        weights = tuple(
            p.held_by(self.variable_dtype, trainable=self.trainable)
            for p in parts
            if isinstance(p, Weight)
        )
        inner = tuple(part for part in parts if isinstance(part, Part))
        unknown_part = next((p.application.unknown for p in inner if p.application.unknown), "")
        rejected_part = next(
            (p.application.rejected for p in inner if p.application.rejected), None
        )
        return Application(self, call, output, weights, inner, unknown_part, rejected_part)

    def _output_despite(self, inputs: tuple[Structure, ...], reason: str) -> Structure:
        if not self.takes_several and not isinstance(inputs[0], Shape):
            return Shape.unknown(reason)
        try:
            return self.output(*inputs)
        except (UnknownValue, Rejected, *UNFORESEEN):
            return Shape.unknown(reason)

    def _one_tensor(self, first: Structure) -> Structure:
        """Return the first input as the declaration expects it: one tensor, or several."""
        if self.takes_several or isinstance(first, Shape):
            return first
        if isinstance(first, list | tuple) and len(first) == 1:
            return first[0]
        if (self.ndim or self.min_ndim) and isinstance(first, list | tuple) and len(first) > 1:
            raise Rejected(
                f'Layer "{self.name}" expects 1 input(s), but it received {len(first)} input '
                f"tensors. Inputs received: {list(first)}"
            )
        raise UnknownValue("it is not called on one tensor")

    def bind(self, call: Call) -> tuple[Structure, ...]:
        """Return the call's tensors in the order of ``inputs``; None for one that is not passed."""
        tensors = dict(zip(self.inputs, call.args, strict=False))
        tensors.update({k: v for k, v in call.kwargs.items() if k in self.inputs})
        if self.inputs[0] not in tensors:
            tensors[self.inputs[0]] = call.first
        return tuple(tensors.get(name) for name in self.inputs)

    def check(self, inputs: tuple[Structure, ...]) -> None:
        """Raise Rejected where the first input's rank does not fit Keras's ``input_spec``."""
        x = inputs[0]
        if not isinstance(x, Shape) or (rank := x.rank) is None:
            return
        if self.ndim is not None and rank != self.ndim:
            raise self._wrong_rank(f"expected ndim={self.ndim}, found ndim={rank}", x, self.ndim)
        if self.min_ndim is not None and rank < self.min_ndim:
            wanted = f"expected min_ndim={self.min_ndim}, found ndim={rank}"
            raise self._wrong_rank(wanted, x, self.min_ndim)

    def _wrong_rank(self, what: str, x: Shape, wanted: int) -> Rejected:
        # Keras: keras/src/layers/input_spec.py, assert_input_compatibility.
        return Rejected(
            f"Input 0 with name 'None' of layer '{self.name}' is incompatible with the layer: "
            f"{what}. Full shape received: {x}",
            expected_ndim=wanted,
            found_ndim=x.rank,
        )

    def reject_arguments(self) -> None:
        """Raise Rejected where Keras's constructor would, whatever the layer is called on."""
        for argument in self.positive:
            value = getattr(self, argument)
            if isinstance(value, int) and value <= 0:
                raise _not_positive(argument, value)

    def dim(self, argument: str) -> Dim:
        """Return an argument's number under its own name; Rejected where it is negative."""
        value = getattr(self, argument)
        if isinstance(value, int) and value < 0:
            raise _not_positive(argument, value)
        return Dim.named(argument, value)

    @property
    def variable_dtype(self) -> str | None:
        """The dtype of its variables by its policy; None where the policy does not say."""
        return variable_dtype(self.dtype)

    @classmethod
    @cache
    def earlier_names(cls) -> Mapping[str, str]:
        """Return the argument names of Keras 1 and 2, and what they are called now."""
        names: dict[str, str] = {}
        for base in reversed(cls.__mro__):
            for pair in vars(base).get("earlier", "").split():
                old, _, new = pair.partition(":")
                names[old] = new
        return names

    @classmethod
    @cache
    def argument_kinds(cls) -> Mapping[str, str]:
        """Return each argument and the kind of value that it takes."""
        return {
            argument.name: str(argument.type)
            for argument in cls.declared()
            if not argument.metadata
        }


def _not_positive(argument: str, value: int) -> Rejected:
    return Rejected(
        f"Received an invalid value for argument `{argument}`, expected a positive integer, "
        f"got {value}."
    )


def _check_sizes(parts: Iterable[Weight | Part]) -> None:
    """Raise Rejected where a weight would have an axis of any size (Keras: ``Variable``)."""
    for part in parts:
        if isinstance(part, Weight) and any(dim.dynamic for dim in part.shape):
            sizes = tuple(dim.value for dim in part.shape)
            raise Rejected(
                "Shapes used to initialize variables must be fully-defined (no `None` dimensions). "
                f"Received: shape={sizes} for variable `{part.name}`"
            )


def variable_dtype(policy: object) -> str | None:
    """Return the dtype in which a policy keeps variables (``DTypePolicy.variable_dtype``)."""
    if policy is None:
        return "float32"
    if isinstance(policy, str):
        policy = policy.rpartition("_from_")[2]
        return "float32" if policy in ("mixed_float16", "mixed_bfloat16") else policy
    if isinstance(policy, Mapping):
        config = policy.get("config")
        if policy.get("class_name") == "DTypePolicy" and isinstance(config, Mapping):
            return variable_dtype(config.get("name"))
        if isinstance(config, Mapping) and "source_name" in config:
            return variable_dtype(config["source_name"])
        if policy.get("class_name") == "DTypePolicyMap" and isinstance(config, Mapping):
            return (
                None if config.get("policy_map") else variable_dtype(config.get("default_policy"))
            )
    return None


_KINDS: Mapping[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "str": (str,),
    "Operation": (Operation,),
    "None": (type(None),),
}


def fits(kind: str, value: object) -> bool:
    """Whether a value is of an argument's declared kind; a value that is not known fits.

    Arguments that no declaration looks at, such as initializers, are of kind ``object``.
    """
    if kind == "object" or isinstance(value, Unknown):
        return True
    for alternative in re.split(r" \| (?![^\[]*\])", kind):  # unions, but not inside brackets
        if alternative == "Sizes":
            if isinstance(value, int) or (
                isinstance(value, list | tuple)
                and all(isinstance(v, int | Unknown | None) for v in value)
            ):
                return True
        elif alternative.startswith("tuple["):
            if isinstance(value, list | tuple):
                inner = alternative[len("tuple[") : -len(", ...]")]
                if all(fits(inner, item) for item in value):
                    return True
        elif alternative == "int":
            if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
                return True
        elif isinstance(value, _KINDS[alternative]):
            return True
    return False


def sizes(argument: str, value: object, axes: int) -> tuple[Dim, ...]:
    """Return a ``Sizes`` argument as one Dim for each axis."""
    if isinstance(value, list | tuple):
        if len(value) != axes:
            raise Rejected(
                f"The `{argument}` argument must be a tuple of {axes} integers. "
                f"Received {argument}={value}"
            )
        return tuple(Dim.named(argument, size) for size in value)
    return (Dim.named(argument, value),) * axes


def reject_sizes(argument: str, value: object, axes: int) -> None:
    """Raise Rejected for a ``Sizes`` argument that Keras's constructor does not take.

    Source: ``standardize_tuple`` in ``keras/src/utils/argument_validation.py``.
    """
    numbers = [dim.value for dim in sizes(argument, value, axes)]
    if any(number is not None and number <= 0 for number in numbers):
        raise Rejected(
            f"The `{argument}` argument must be a tuple of {axes} integers. Received "
            f"{argument}={value}, including values {{{min(n or 0 for n in numbers)}}} that do not "
            "satisfy `value > 0`"
        )


def axis_of(shape: Shape, axis: object) -> Dim:
    """Return the size at an axis that a layer names; Rejected where the axis does not exist."""
    if not isinstance(axis, int):
        raise UnknownValue(f"axis is {axis!r}")
    rank = shape.rank
    if rank is not None and not -rank <= axis < rank:
        raise Rejected(f"Axis {axis} is out of bounds for input shape {shape}")
    return shape[axis]
