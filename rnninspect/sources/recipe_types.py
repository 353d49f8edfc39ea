"""Recipe: a model as JSON from which real Keras can build it again, layer by layer."""

from __future__ import annotations

import builtins
from typing import Literal, TypeAlias, TypedDict, final

Plain: TypeAlias = bool | int | float | str | None


@final
class LayerArgument(TypedDict):
    """A layer among the constructor arguments of another one."""

    layer: RecipeLayer


@final
class DictArgument(TypedDict):
    """A dict among constructor arguments."""

    dict: builtins.dict[str, Argument]


Argument: TypeAlias = "Plain | list[Argument] | LayerArgument | DictArgument"
"""A constructor argument."""


@final
class BuiltInLayer(TypedDict):
    """A layer of Keras by its class, with its constructor arguments."""

    class_name: str
    config: dict[str, Argument]


@final
class FunctionCall(TypedDict):
    """An operation of ``keras.ops`` by its name in TensorFlow."""

    function: str


@final
class InnerModel(TypedDict):
    """A model that is a layer of the model."""

    model: Recipe


RecipeLayer: TypeAlias = BuiltInLayer | FunctionCall | InnerModel


@final
class EdgeValue(TypedDict):
    """A tensor: what call number ``call`` of a layer returned, or one tensor of it."""

    edge: str
    call: int
    tensor: int | None


@final
class EllipsisValue(TypedDict):
    """An ellipsis in an index."""

    ellipsis: Literal[True]


@final
class SliceValue(TypedDict):
    """A slice in an index: start, stop, step."""

    slice: list[CallValue]


@final
class ListValue(TypedDict):
    """A list or tuple."""

    list: builtins.list[CallValue]
    tuple: bool


@final
class DictValue(TypedDict):
    """A dict."""

    dict: builtins.dict[str, CallValue]


CallValue: TypeAlias = "Plain | EdgeValue | EllipsisValue | SliceValue | ListValue | DictValue"
"""An argument of a layer call."""


class RecipeNode(TypedDict):
    """One layer call."""

    layer: str
    args: list[CallValue]
    kwargs: dict[str, CallValue]


class RecipeInput(TypedDict):
    """An input of the model; None in ``batch_shape`` is a dynamic dimension."""

    name: str
    batch_shape: list[int | None]
    config: dict[str, Argument]


class Recipe(TypedDict):
    """A model; its nodes come in an order in which they can be called."""

    name: str | None
    class_name: str
    inputs: list[RecipeInput]
    layers: dict[str, RecipeLayer]
    nodes: list[RecipeNode]
    outputs: CallValue
