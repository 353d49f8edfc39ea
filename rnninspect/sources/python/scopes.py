"""Scope: the names of a module, a function or a class body."""

from __future__ import annotations

from typing import Any

from rnninspect.layers import registry
from rnninspect.sources.dialects import CLASSES
from rnninspect.sources.python.values import External, Missing

KNOWN_TO_STARS = frozenset(
    [
        *" ".join([*registry.FAMILIES.values(), *registry.OTHER_FAMILIES.values()]).split(),
        *registry.ALIASES,
        *CLASSES,
        *registry.FOREIGN,
        *"Input Sequential Model add average concatenate dot maximum minimum multiply".split(),
        *"subtract merge layers models backend ops utils".split(),
    ]
)
"""The names that a star import of Keras can bring."""


class Scope:
    """Names and their values; a name that is not here is looked up outside."""

    def __init__(self, outer: Scope | None = None, *, is_class: bool = False) -> None:
        self.names: dict[str, Any] = {}
        self.outer = outer
        self.is_class = is_class
        self.shared: dict[str, Scope] = {}
        self.stars: list[str] = []
        self.annotated: list[str] = []

    @property
    def module(self) -> Scope:
        """The outermost scope."""
        scope = self
        while scope.outer is not None:
            scope = scope.outer
        return scope

    def get(self, name: str) -> Any:
        """The value of a name; Missing for one that is bound nowhere."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names and not (scope.is_class and scope is not self):
                return scope.names[name]
            scope = scope.outer
        return self._from_star(name)

    def _from_star(self, name: str) -> Any:
        module = self.module
        if name == "K" and module.stars:  # Keras 1 and 2 import their backend by this name
            module.names[name] = External("keras.backend")
            return module.names[name]
        if name in KNOWN_TO_STARS:
            for path in module.stars:
                module.names[name] = External(f"{path}.{name}")
                return module.names[name]
        module.names[name] = Missing(f"`{name}` is not defined here")
        return module.names[name]

    def set(self, name: str, value: Any) -> None:
        """Bind a name, where ``global`` or ``nonlocal`` say, else here."""
        self.shared.get(name, self).names[name] = value
