"""TensorFlow.js: ``model.json`` holds the config, and a list of the weights with their shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rnninspect.errors import NotAModel
from rnninspect.json_values import Json, JsonObject
from rnninspect.sources.config import read_config
from rnninspect.sources.formats import SourceFormat
from rnninspect.sources.models import Models, StoredTensor, StoredWeights, WeightLayout


def read_tfjs(config: JsonObject, shown: str) -> Models:
    """Return the model of a layers-model; a graph-model has lost its layers."""
    topology = config["modelTopology"]
    if not isinstance(topology, Mapping) or config.get("format") == "graph-model":
        raise NotAModel(
            f"{shown}: this is a TensorFlow.js graph model, which holds no layers",
            "Convert the Keras model as a layers model: --output_format tfjs_layers_model.",
        )
    described = topology.get("model_config", topology)
    version = topology.get("keras_version")
    tensors = tuple(_tensors(config.get("weightsManifest")))
    return Models(
        path=shown,
        format=SourceFormat.TFJS,
        models=(read_config(described, shown, version),),
        keras_version=version if isinstance(version, str) else None,
        config=described if isinstance(described, Mapping) else None,
        stored=(lambda: StoredWeights(WeightLayout.LEGACY, tensors)) if tensors else None,
    )


def _tensors(manifest: Json) -> Iterator[StoredTensor]:
    for group in manifest if isinstance(manifest, list) else []:
        weights = group.get("weights") if isinstance(group, Mapping) else None
        for weight in weights if isinstance(weights, list) else []:
            if not isinstance(weight, Mapping):
                continue
            name, shape = weight.get("name"), weight.get("shape")
            if isinstance(name, str) and isinstance(shape, list):
                sizes = tuple(n for n in shape if isinstance(n, int))
                yield StoredTensor(name, sizes, str(weight.get("dtype")))
