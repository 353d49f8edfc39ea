from __future__ import annotations

import json
from pathlib import Path

from rnninspect.analysis.analyse import analyse
from rnninspect.diagnostics import Place, Severity
from rnninspect.rules.analysed_model.subject import AnalysedModel
from rnninspect.rules.rule import Finding, Rule, RuleSettings
from rnninspect.sources.read import read
from tests.rules.subjects import analysed_stack

RULE = Rule("RNN998", Severity.WARNING, "none", lambda model: iter(()))


def test_a_finding_about_a_layer_is_where_the_layer_is() -> None:
    model = analysed_stack("Input((20, 6)), GRU(5), Dense(3)")
    found = model.diagnostic(Finding("odd", "do this", layer="dense"), RULE, RuleSettings())
    assert (found.place.line, found.place.column, found.layer) == (3, 45, "dense")
    assert (found.model, found.message, found.help) == ("sequential", "odd", "do this")
    whole = model.diagnostic(Finding("odd"), RULE, RuleSettings())
    assert (whole.place.line, whole.layer) == (3, None)


def test_a_layer_of_a_saved_model_is_at_its_config_path(tmp_path: Path) -> None:
    config = {"name": "d", "units": 3, "batch_input_shape": [None, 4]}
    layers = [{"class_name": "Dense", "config": config}]
    path = tmp_path / "m.json"
    path.write_text(
        json.dumps({"class_name": "Sequential", "config": {"name": "m", "layers": layers}})
    )
    (saved,) = read(str(path)).models
    place = AnalysedModel(analyse(saved)).place_of("d")
    assert (place.path, place.config_path) == (str(path), "config.layers[0]")


def test_the_file_is_known_where_the_model_does_not_know_it() -> None:
    model = analysed_stack("Input((20, 6)), GRU(5)")
    (row,) = model.analysis.layers
    unplaced = model.analysis.model.but(place=Place(), nodes=())
    there = AnalysedModel(model.analysis._replace(model=unplaced), "m.h5")
    assert there.place_of(row.name) == Place("m.h5")


def test_a_model_builds_unless_a_layer_call_is_rejected(tmp_path: Path) -> None:
    assert analysed_stack("Input((20, 6)), GRU(5)").builds
    layers = [
        {"class_name": "LSTM", "config": {"name": "a", "units": 4, "batch_input_shape": [2, 9, 2]}},
        {"class_name": "LSTM", "config": {"name": "b", "units": 4}},
    ]
    path = tmp_path / "m.json"
    path.write_text(
        json.dumps({"class_name": "Sequential", "config": {"name": "m", "layers": layers}})
    )
    (saved,) = read(str(path)).models
    assert not AnalysedModel(analyse(saved)).builds
