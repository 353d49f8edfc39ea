"""Large models that people use: some of ``keras.applications``, one of each family, row by row."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rnninspect.analysis.analyse import analyse
from rnninspect.comparison.compare import Status
from rnninspect.comparison.keras import compare_keras
from rnninspect.keras_runtime.live_model import describe
from rnninspect.sources.config import read_config

pytestmark = pytest.mark.keras

NAMES = (
    "ConvNeXtTiny",
    "DenseNet121",
    "EfficientNetB0",
    "EfficientNetV2B0",
    "InceptionV3",
    "MobileNet",
    "MobileNetV3Small",
    "NASNetMobile",
    "ResNet50V2",
    "VGG16",
    "Xception",
)


@pytest.mark.parametrize("name", NAMES)
def test_every_layer_is_as_keras_has_it(name: str, keras: Any) -> None:
    model = getattr(keras.applications, name)(weights=None)
    analysis = analyse(read_config(json.loads(model.to_json()), "m"))
    comparison = compare_keras(analysis, describe(model, keras))
    assert comparison.status is Status.AGREE, comparison.disagreements
    assert analysis.is_complete
    assert analysis.total == (model.count_params(), False)
