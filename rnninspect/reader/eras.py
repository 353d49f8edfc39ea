"""Eras: which versions of Keras a program can be written for, told by its words and imports."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from rnninspect.layers.identifiers import Era
from rnninspect.reader.libraries import is_library
from rnninspect.reader.naming import canonical

KERAS_1_WORDS = frozenset(
    """nb_filter nb_row nb_col filter_length border_mode subsample subsample_length dim_ordering
    nb_epoch inner_init inner_activation W_regularizer U_regularizer b_regularizer W_constraint
    dropout_W dropout_U TimeDistributedDense MaxoutDense Highway samples_per_epoch nb_val_samples
    pool_length set_image_dim_ordering image_dim_ordering Merge Graph""".split()
)
"""Names that only Keras 1 has; Keras 2.0 to 2.3 understand most of them."""

_EARLIER_MODULES = frozenset(
    """advanced_activations convolutional convolutional_recurrent core embeddings local noise
    normalization pooling recurrent wrappers""".split()
)
"""Modules in ``keras.layers`` of Keras 1 and 2."""

_REGISTERING = frozenset(
    """CustomObjectScope custom_object_scope get_custom_objects register_keras_serializable
    _GLOBAL_CUSTOM_OBJECTS""".split()
)
"""What makes names known to Keras that it does not have itself."""


class Eras(NamedTuple):
    """The eras of Keras that a program can be for, and what is known of its names."""

    quoted: Era = "3"
    """The one whose words are quoted: the stated one, else the installed one."""
    meant: Era = "3"
    """The one in whose sense the program's arguments are read first."""
    possible: tuple[Era, ...] = ("1", "2", "3")
    """Those of which none may accept a call that is reported."""
    is_plain_keras: bool = False
    """Whether it imports Keras itself and not TensorFlow's."""
    registers_names: bool = False
    """Whether it, or code that is not at hand, may make further names known to Keras."""

    @property
    def is_plainly_old(self) -> bool:
        """Whether its own words say that it is for Keras 1 or 2, and nothing else is stated."""
        return self.meant != "3" and "3" in self.possible and self.is_plain_keras


def eras_of(
    words: Set[str], modules: Set[str], keras_major: int | None = None, *, is_stated: bool = False
) -> Eras:
    """Return the eras of a program with these names and imported modules.

    ``keras_major`` is the version that the user states, or else the installed one. A program
    that does not state it may be for any: what one era accepts is not a mistake there.
    """
    version = min(max(keras_major or 3, 1), 3)
    quoted = _ERAS[version - 1]
    roots = {module.partition(".")[0] for module in modules}
    is_plain = "keras" in roots and not any(
        module.startswith(("tensorflow.", "tf_keras")) and canonical(module).startswith("keras")
        for module in modules
    )
    possible = _ERAS
    if is_stated:  # Keras 2 understands the words of Keras 1
        possible = _ERAS[:version] if version < 3 else ("3",)
    if not is_plain and version > 1:  # TensorFlow's Keras is as old as Keras 2
        possible = tuple(era for era in possible if era != "1")
    registers = not words.isdisjoint(_REGISTERING) or not all(
        is_library(module) for module in modules
    )
    meant = quoted if is_stated else _meant(words, modules) or quoted
    return Eras(quoted, meant if meant in possible else quoted, possible, is_plain, registers)


_ERAS: tuple[Era, ...] = ("1", "2", "3")


def _meant(words: Set[str], modules: Set[str]) -> Era | None:
    """Return the era for which a program is plainly written; None if nothing tells."""
    if not words.isdisjoint(KERAS_1_WORDS):
        return "1"
    parts = [canonical(module).split(".") for module in modules]
    if any(path[:2] == ["keras", "layers"] and _EARLIER_MODULES & {*path[2:]} for path in parts):
        return "2"
    return None
