"""The parts of Keras that rnninspect calls, as types; Keras itself has none.

Keras 2 and 3 both have what is here. What only one of them has is looked up with ``getattr``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from rnninspect.json_values import Json


class KerasTensor(Protocol):
    """A symbolic tensor."""

    @property
    def shape(self) -> Iterable[int | None]: ...

    def __getitem__(self, key: object) -> KerasTensor: ...


class KerasVariable(Protocol):
    """A weight of a layer; every axis has a size."""

    @property
    def name(self) -> str: ...
    @property
    def shape(self) -> Iterable[int]: ...
    @property
    def dtype(self) -> object: ...


class KerasOperation(Protocol):
    """A layer, or an operation of ``keras.ops`` in a model's graph, which has no weights."""

    @property
    def name(self) -> str: ...


class KerasLayer(KerasOperation, Protocol):
    """A layer or a model: what can be called on tensors and holds weights."""

    @property
    def weights(self) -> Sequence[KerasVariable]: ...
    @property
    def trainable_weights(self) -> Sequence[KerasVariable]: ...
    @property
    def non_trainable_weights(self) -> Sequence[KerasVariable]: ...
    def __call__(self, *args: object, **kwargs: object) -> object: ...


class KerasModel(KerasLayer, Protocol):
    """A ``keras.Model`` of any kind."""

    @property
    def layers(self) -> Sequence[KerasLayer]: ...
    def count_params(self) -> int: ...
    def summary(self, *, line_length: int, print_fn: Callable[..., None]) -> None: ...
    def to_json(self) -> str: ...
    def save(self, path: str) -> None: ...


class _Utils(Protocol):
    def clear_session(self) -> None: ...


class _Config(Protocol):
    def enable_unsafe_deserialization(self) -> None: ...


class _Backend(Protocol):
    def backend(self) -> str: ...


class _Models(Protocol):
    def load_model(self, path: str, **options: bool) -> KerasModel: ...
    def model_from_json(self, text: str) -> KerasModel: ...


class _Saving(Protocol):
    def serialize_keras_object(self, layer: KerasLayer) -> Mapping[str, Json]: ...


class Keras(Protocol):
    """The package ``keras`` or ``tf_keras``."""

    @property
    def __version__(self) -> str: ...
    @property
    def utils(self) -> _Utils: ...
    @property
    def config(self) -> _Config: ...
    @property
    def backend(self) -> _Backend: ...
    @property
    def models(self) -> _Models: ...
    @property
    def saving(self) -> _Saving: ...
    @property
    def layers(self) -> object: ...
    @property
    def ops(self) -> object: ...

    # Classes, which a protocol can only hold as attributes.
    Input: Callable[..., KerasTensor]
    Model: Callable[..., KerasModel]
    Sequential: Callable[..., KerasModel]
