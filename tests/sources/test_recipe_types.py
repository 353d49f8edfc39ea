"""The kinds of values in a recipe, which readers tell apart by a key."""

from __future__ import annotations

import pytest

from rnninspect.sources import recipe_types as types


@pytest.mark.parametrize(
    "kinds",
    [
        (types.LayerArgument, types.DictArgument),
        (types.BuiltInLayer, types.FunctionCall, types.InnerModel),
        (
            types.EdgeValue,
            types.EllipsisValue,
            types.SliceValue,
            types.ListValue,
            types.DictValue,
        ),
    ],
)
def test_every_kind_has_keys_that_no_other_has(kinds: tuple[type, ...]) -> None:
    keys = [key for kind in kinds for key in kind.__annotations__]
    assert len(keys) == len(set(keys))
