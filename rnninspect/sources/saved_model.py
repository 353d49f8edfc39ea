"""A SavedModel directory: the config that Keras 2 wrote beside the graph. The graph is not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from rnninspect.errors import NotAModel, UnreadableSource
from rnninspect.ir.model import Model
from rnninspect.json_values import JsonObject, expect_object
from rnninspect.sources.config import read_config, read_layers
from rnninspect.sources.formats import SourceFormat
from rnninspect.sources.messages import read_message
from rnninspect.sources.models import Models, StoredTensor, StoredWeights, WeightLayout
from rnninspect.sources.saved_json import parse

METADATA, GRAPH, INDEX = "keras_metadata.pb", "saved_model.pb", "variables/variables.index"


def read_saved_model(path: Path, shown: str) -> Models:
    """Return the Keras model in a SavedModel directory."""
    entries = list(_entries(path, shown))
    if not entries:
        raise NotAModel(
            f"{shown}: this SavedModel holds no Keras metadata, only a graph",
            "Keras 2 writes the metadata with `model.save(directory)`.",
        )
    root = parse(entries[0][1].encode(), f"{shown}: metadata")
    if not isinstance(root, Mapping):
        raise UnreadableSource(f"{shown}: its Keras metadata is not an object")
    described, version = root.get("model_config"), root.get("keras_version")
    inner = described.get("config") if isinstance(described, Mapping) else None
    if isinstance(inner, list) or (isinstance(inner, Mapping) and "layers" in inner):
        model = read_config(described, shown, version)
    else:
        model = read_layers(
            str(root.get("name", "model")),
            str(root.get("class_name", "Model")),
            list(_layers(entries[1:], shown)),
            shown,
            version,
        )
    return Models(
        path=shown,
        format=SourceFormat.SAVED_MODEL,
        models=(model,),
        keras_version=version if isinstance(version, str) else None,
        config=described if isinstance(described, Mapping) else None,
        stored=partial(_stored, path, shown, model) if (path / INDEX).is_file() else None,
    )


def _stored(path: Path, shown: str, model: Model) -> StoredWeights:
    """Return the tensors of the checkpoint under the names of the layers.

    A checkpoint names a tensor by the shortest way to it: as the n-th of the model's variables, or
    as that of the n-th layer with weights. The variables of a model are its layers' in their order.
    """
    # Only a comparison pays for the import.
    from rnninspect.sources.tensor_bundle import read_index

    tensors = {_place(tensor.path): tensor for tensor in read_index(path / INDEX, shown)}
    stored: list[StoredTensor] = []
    seen: set[int] = set()
    number = start = 0
    for name, operation in model.layers.items():
        application = model.reference.get((name, 0))
        if application is None or id(operation) in seen:
            continue
        seen.add(id(operation))
        count = sum(1 for _ in application.all_weights())
        if not count:
            continue
        wanted = [key for key in tensors if key[0] == number and key[1]]
        wanted += [(index, "") for index in range(start, start + count)]
        stored += [
            tensors[key]._replace(path=f"{name}/{tensors[key].path}")
            for key in wanted
            if key in tensors
        ]
        number, start = number + 1, start + count
    return StoredWeights(WeightLayout.LEGACY, tuple(stored))


def _place(path: str) -> tuple[int, str]:
    """Return the number of a layer and the rest of the path, or that of a variable and nothing."""
    first, _, rest = path.removesuffix("/.ATTRIBUTES/VARIABLE_VALUE").partition("/")
    if first in ("variables", "trainable_variables") and rest.isdecimal():
        return int(rest), ""
    kind, _, number = first.partition("-")
    if kind == "layer_with_weights" and number.isdecimal():
        return int(number), rest
    return -1, path


def _entries(path: Path, shown: str) -> Iterator[tuple[str, str]]:
    """Yield path and metadata of each Keras object, the model first."""
    if (path / METADATA).is_file():
        for node in read_message("Metadata", path / METADATA, shown).nodes:
            if node.identifier.startswith("_tf_keras_"):
                yield node.path, node.metadata
    elif (path / GRAPH).is_file():
        for graph in read_message("Saved", path / GRAPH, shown).graphs[:1]:
            for objects in graph.objects[:1]:
                for number, node in enumerate(objects.nodes):
                    for user in node.user:
                        if user.identifier.startswith("_tf_keras_"):
                            yield f"object {number}", user.metadata


def _layers(entries: list[tuple[str, str]], shown: str) -> Iterator[JsonObject]:
    """Yield the layers that a model of its own class holds directly."""
    for path, metadata in entries:
        if path.count(".") != 1:
            continue
        entry = parse(metadata.encode(), f"{shown}: metadata of {path}")
        if isinstance(entry, Mapping) and isinstance(entry.get("class_name"), str):
            config = {"name": entry.get("name"), **expect_object(entry.get("config") or {})}
            build = {"input_shape": entry.get("build_input_shape")}
            yield {"class_name": entry["class_name"], "config": config, "build_config": build}
