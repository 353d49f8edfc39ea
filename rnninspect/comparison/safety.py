"""Whether a config may be loaded with Keras: only if all it names is part of Keras's own models.

Keras itself has run, read or fetched what a model file named more than once; so what is not
plainly a layer, a model or one of their ingredients is not handed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rnninspect.layers.registry import FOREIGN

_INGREDIENTS = re.compile(
    r"keras(\.src)?(\.(activations|constraints|dtype_policies|engine|initializers|layers|losses|metrics|"
    r"models|ops|optimizers|quantizers|random|regularizers)(\.[\w.]+)?)?"
)
_FUNCTION_MODULES = re.compile(r"keras(\.src)?\.(activations|losses|metrics)(\.[\w.]+)?")
_FILE_ARGUMENTS = frozenset({"vocabulary", "filepath", "idf_weights"})


def unsafe_reasons(config: Mapping[str, object] | None) -> list[str]:
    """Return why a config must not be loaded with Keras, a sentence each; none if it may be."""
    if config is None:
        return []
    # Keras does not look at the top model's own compile_config when told not to compile.
    top = {key: value for key, value in config.items() if key != "compile_config"}
    return list(dict.fromkeys(_walk(top)))


def _walk(config: object) -> Iterator[str]:
    stack = [config]
    while stack:
        value = stack.pop()
        if isinstance(value, list | tuple):
            stack.extend(reversed(value))
        elif isinstance(value, Mapping):
            yield from _named(value)
            yield from _files(value)
            stack.extend(reversed(list(value.values())))


def _named(entry: Mapping[str, object]) -> Iterator[str]:
    class_name, module = entry.get("class_name"), entry.get("module")
    registered = entry.get("registered_name")
    if not isinstance(class_name, str):
        return
    if class_name in FOREIGN or class_name in ("__lambda__", "__typespec__"):
        config = entry.get("config")
        name = config.get("name") if isinstance(config, Mapping) else None
        what = FOREIGN.get(class_name, "it runs code of its own")
        yield f"{_label(class_name, name)} is not loaded: {what}"
    elif isinstance(module, str):
        if class_name == "function":
            if not _FUNCTION_MODULES.fullmatch(module):
                yield f"the function {entry.get('config')!r} is not part of Keras"
        elif not _INGREDIENTS.fullmatch(module):
            yield f"{class_name} comes from the module {module!r}, which is not part of Keras"
        elif isinstance(registered, str) and ">" in registered:
            yield f"{class_name} is a custom object ({registered})"
    elif "module" in entry or ">" in class_name:
        if not class_name.startswith("__"):
            yield f"{class_name} is a custom object"
    elif isinstance(registered, str) and ">" in registered:
        yield f"{class_name} is a custom object ({registered})"


def _files(entry: Mapping[str, object]) -> Iterator[str]:
    for argument in sorted(_FILE_ARGUMENTS & entry.keys()):
        if isinstance(entry[argument], str):
            yield f"`{argument}` names the file {entry[argument]!r}, which Keras would read"


def _label(class_name: str, name: object) -> str:
    return f"{class_name} `{name}`" if isinstance(name, str) else class_name
