from __future__ import annotations

from rnninspect.diagnostics import Cause, Change, ChangeKind
from rnninspect.rules.rejection.blame import (
    cause_of,
    dropper_of,
    finding_about,
    shapes_of,
    source_of_rank,
)
from tests.rules.subjects import rejection_in_stack


def test_the_dropper_is_the_last_layer_that_would_end_the_sequence() -> None:
    rejection = rejection_in_stack("Input((20, 6)), Flatten(), Dense(4), LSTM(3)")
    dropper = dropper_of(rejection)
    assert dropper is not None and dropper.node.layer == "flatten"
    many = rejection_in_stack("Input((20, 6)), LSTM(5), Flatten(), LSTM(3)")
    dropper = dropper_of(many)
    assert dropper is not None and dropper.node.layer == "flatten"


def test_an_input_that_lacks_the_axis_has_no_dropper() -> None:
    assert dropper_of(rejection_in_stack("Input((20,)), Dense(4), LSTM(3)")) is None
    assert dropper_of(rejection_in_stack("Input((5, 20, 6)), LSTM(3)")) is None


def test_the_source_of_the_rank_is_the_last_layer_that_decided_it() -> None:
    rejection = rejection_in_stack(
        "Input((20, 6)), LSTM(5, return_sequences=True), Dropout(0.1), RepeatVector(3)"
    )
    source = source_of_rank(rejection)
    assert source is not None and source.node.layer == "lstm"
    assert source_of_rank(rejection_in_stack("Input((20, 6)), RepeatVector(3)")) is None


def test_advice_goes_to_the_cause_if_it_is_recurrent() -> None:
    rejection = rejection_in_stack("Input((20, 6)), LSTM(5), Conv1D(3, 3)")
    change = Change(ChangeKind.RETURN_SEQUENCES, True)
    finding = finding_about(dropper_of(rejection), "m", "to the layer", "to {layer}", change)
    assert (finding.help, finding.change) == ("to lstm", change)
    assert finding_about(None, "m", "to the layer", "to {layer}", change).help == "to the layer"


def test_a_cause_is_where_its_layer_is_made() -> None:
    rejection = rejection_in_stack("Input((20, 6)), LSTM(5), LSTM(3)")
    (step,) = rejection.upstream
    assert cause_of(step, "label") == Cause("lstm", step.node.made_at, "label")


def test_the_shapes_are_those_of_all_inputs() -> None:
    assert shapes_of(rejection_in_stack("Input((20,)), LSTM(3)")) == "(None, 20)"
