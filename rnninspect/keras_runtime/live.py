"""A live Keras model, in this process or described by a child, becomes Models."""

from __future__ import annotations

from rnninspect.keras_runtime.keras_types import KerasModel
from rnninspect.keras_runtime.live_model import config_of, describe, keras_of, weights_of
from rnninspect.keras_runtime.protocol import LiveModel
from rnninspect.sources.config import read_config, read_layers
from rnninspect.sources.formats import SourceFormat
from rnninspect.sources.models import Models, StoredWeights, WeightLayout


def read_live(model: KerasModel) -> Models:
    """Return an object of this process as a model."""
    return models_of(f"<{type(model).__name__}>", live_model_of(model))


def live_model_of(model: KerasModel) -> LiveModel:
    """Return what a model in memory states about itself."""
    keras = keras_of(model)
    return LiveModel(
        config=config_of(model),
        weights=tuple(weights_of(model)),
        keras_version=str(keras.__version__),
        summary=describe(model, keras),
    )


def models_of(shown: str, live: LiveModel) -> Models:
    """Return a live model as Models; ``shown`` is the name of the source in messages."""
    config = live.config
    listed = config.get("listed_layers")
    if isinstance(listed, list | tuple):
        name, class_name = live.summary.name, str(config.get("class_name"))
        model = read_layers(name, class_name, listed, shown)
    else:
        model = read_config(config, shown)
    stored = StoredWeights(WeightLayout.LIVE, live.weights)
    return Models(
        path=shown,
        format=SourceFormat.LIVE,
        models=(model,),
        keras_version=live.keras_version,
        config=config,
        stored=lambda: stored,
        summary=live.summary,
    )
