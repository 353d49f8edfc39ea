"""A constructor call held against the declaration: what Keras says if it does not fit.

Sources: ``inspect.signature`` of the constructors; ``Layer.__init__`` in
``keras/src/layers/layer.py`` (Keras 3) and ``keras/engine/base_layer.py`` (Keras 2); the messages
of CPython for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING
from functools import cache
from typing import Literal, NamedTuple

from rnninspect.layers.base import Layer
from rnninspect.layers.identifiers import Era, reject_name

EVERYWHERE: Mapping[Era, str] = {
    "3": "activity_regularizer autocast dtype input_dim input_shape name trainable",
    "2": (
        "activity_regularizer autocast batch_input_shape batch_size dtype dynamic implementation "
        "input_dim input_shape name trainable weights"
    ),
    "1": "batch_input_shape dtype input_dim input_dtype input_length input_shape name trainable",
}
"""The keywords that every layer accepts, in each era."""
_OF_KERAS_1 = frozenset("consume_less dim_ordering init nb_col nb_row weights".split())
"""Keywords of Keras 1 without a name of one layer's own in the declarations."""


class Misfit(NamedTuple):
    """Why Keras rejects a constructor call, in its own words."""

    kind: Literal[
        "unknown keyword",
        "given twice",
        "too many",
        "missing",
        "unknown name",
        "class for layer",
        "not a tuple",
    ]
    argument: str
    """The argument that is wrong or missing; the class for too many positional arguments, and
    where a class stands for a layer."""
    error: Literal["TypeError", "ValueError", "SyntaxError"]
    message: str
    accepted: tuple[str, ...] = ()
    """The keywords that are accepted, if one is not."""
    value: object = None
    """The name that is not known."""


@cache
def positions(declaration: type[Layer], era: Era = "3") -> tuple[str, ...]:
    """Return the arguments that can be passed by position, in Keras's order."""
    if era == "1" and declaration.positional_1:
        return tuple(declaration.positional_1.split())
    return tuple(_of_era(declaration.positional, "2" if era == "1" else era))


@cache
def accepted_keywords(declaration: type[Layer], era: Era = "3") -> frozenset[str]:
    """Return every keyword that a constructor accepts, those of its base classes too."""
    words = " ".join(vars(base).get("keywords", "") for base in declaration.__mro__)
    own = {*positions(declaration, era), *_of_era(words, "3" if era == "3" else "2")}
    if era == "1":
        own |= {*positions(declaration, "2"), *declaration.earlier_names(), *_OF_KERAS_1}
    if declaration.is_closed and era == "3":
        return frozenset(own)
    common = set(EVERYWHERE[era].split())
    return frozenset(own | (common - set(declaration.lacks.split()) if era == "3" else common))


def _of_era(words: str, era: Era) -> list[str]:
    """Return the words without a mark (``seed@3``), and those of this era."""
    marked = (word.partition("@") for word in words.split())
    return [name for name, _, mark in marked if mark in ("", era)]


@cache
def required(declaration: type[Layer], era: Era = "3") -> tuple[str, ...]:
    """Return the arguments that a call cannot leave out, in order."""
    needed = {field.name for field in declaration.declared() if field.default is MISSING}
    needed |= {
        old for old, new in declaration.earlier_names().items() if new in needed and era == "1"
    }
    if era != "3":
        needed -= declaration.earlier_defaults.keys()
    return tuple(name for name in positions(declaration, era) if name in needed)


def bind_arguments(
    declaration: type[Layer],
    args: Sequence[object],
    kwargs: Mapping[str, object],
    era: Era = "3",
) -> dict[str, object]:
    """Return a call's arguments by name; positional ones that are too many are left out."""
    return {**dict(zip(positions(declaration, era), args, strict=False)), **kwargs}


def check_call(
    declaration: type[Layer],
    args: Sequence[object],
    kwargs: Mapping[str, object],
    era: Era = "3",
) -> Misfit | None:
    """Return the first reason why Keras rejects a constructor call; None if it accepts it.

    The values may be Unknown. A call with ``*args`` or ``**kwargs`` of unknown content is the
    caller's to leave out.
    """
    names = positions(declaration, era)
    init = f"{declaration.constructor or declaration.__name__}.__init__()"
    now = declaration.earlier_names() if era == "1" else {}
    twice = next(
        (
            passed
            for name in names[: len(args)]
            for passed in (name, now.get(name))
            if passed in kwargs
        ),
        None,
    )
    if twice is not None:
        message = f"{init} got multiple values for argument '{twice}'"
        return Misfit("given twice", twice, "TypeError", message)
    needed = required(declaration, era)
    if len(args) > len(names):
        takes = _counts(len(needed) + 1, len(names) + 1)
        message = f"{init} takes {takes} but {len(args) + 1} were given"
        return Misfit("too many", declaration.__name__, "TypeError", message)
    missing = _left_out(declaration, needed, {*names[: len(args)], *kwargs}, era)
    if missing:
        return Misfit("missing", missing[0], "TypeError", f"{init} {_missing(missing)}")
    return _unknown_keyword(declaration, kwargs, era) or _unknown_name(
        bind_arguments(declaration, args, kwargs, era), era
    )


def _left_out(
    declaration: type[Layer], needed: Sequence[str], passed: set[str], era: Era
) -> list[str]:
    """Return the required arguments that are passed by no name that the era has for them."""
    now = declaration.earlier_names() if era == "1" else {}
    modern = {now.get(name, name) for name in passed}
    if era == "1" and {"nb_row", "nb_col"} & passed:
        modern.add("kernel_size")
    return [name for name in needed if name not in passed and now.get(name, name) not in modern]


def _counts(least: int, most: int) -> str:
    """Write how many positional arguments a function takes, ``self`` counted, as CPython does."""
    if least == most:
        return f"{most} positional argument{'s' * (most != 1)}"
    return f"from {least} to {most} positional arguments"


def _missing(names: Sequence[str]) -> str:
    """Write which required arguments a call lacks, as CPython does."""
    quoted = [f"'{name}'" for name in names]
    if len(quoted) > 2:
        listed = f"{', '.join(quoted[:-1])}, and {quoted[-1]}"
    else:
        listed = " and ".join(quoted)
    return f"missing {len(names)} required positional argument{'s' * (len(names) > 1)}: {listed}"


def _unknown_keyword(
    declaration: type[Layer], kwargs: Mapping[str, object], era: Era
) -> Misfit | None:
    accepted = accepted_keywords(declaration, era)
    unknown = {name: value for name, value in kwargs.items() if name not in accepted}
    if era == "2":  # a layout of each weight: ``keras/dtensor/utils.py``, allow_initializer_layout
        unknown = {name: value for name, value in unknown.items() if not name.endswith("_layout")}
    if not unknown or (declaration.accepts_any and era == "3"):
        return None
    first = next(iter(unknown))
    kind: Literal["unknown keyword"] = "unknown keyword"
    if era == "3" and declaration.is_closed:
        init = f"{declaration.__name__}.__init__()"
        message = f"{init} got an unexpected keyword argument '{first}'"
        return Misfit(kind, first, "TypeError", message, tuple(sorted(accepted)))
    if era == "3":
        message = f"Unrecognized keyword arguments passed to {declaration.__name__}: {unknown}"
        return Misfit(kind, first, "ValueError", message, tuple(sorted(accepted)))
    message = f"('Keyword argument not understood:', {first!r})"
    return Misfit(kind, first, "TypeError", message, tuple(sorted(accepted)))


def _unknown_name(arguments: Mapping[str, object], era: Era) -> Misfit | None:
    for name, value in arguments.items():
        message = reject_name(name, value, era)
        if message is not None:
            return Misfit("unknown name", name, "ValueError", message, value=value)
    return None


def reject_input_shape(value: object) -> str | None:
    """Return Keras's error for an ``input_shape`` that is not a tuple: ``(20)`` is the number 20.

    The constructor accepts it; Sequential, which makes an InputLayer of it, raises ValueError
    (``standardize_shape`` in ``keras/src/backend/common/variables.py``).
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"Cannot convert '{value}' to a shape." if is_number else None


def reject_class_as_layer(written: str, path: str) -> str:
    """Return Sequential's error for a class in place of a layer: ``model.add(LSTM)``.

    ``path`` is the module of the class, such as ``keras.src.layers.rnn.lstm``.
    """
    return (
        "Only instances of `keras.Layer` can be added to a Sequential model. Received: "
        f"<class '{path}.{written}'> (of type <class 'type'>)"
    )


def reject_class_in_wrapper(wrapper: str, written: str, path: str) -> str:
    """Return a wrapper's error for a class in place of a layer: ``Bidirectional(LSTM)``."""
    return (
        f"Please initialize `{wrapper}` layer with a `keras.layers.Layer` instance. Received: "
        f"<class '{path}.{written}'>"
    )
