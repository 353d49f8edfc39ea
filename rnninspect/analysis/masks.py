"""Where masks arise, pass, are used, and get lost."""

from __future__ import annotations

from enum import StrEnum

from rnninspect.ir.model import Edge, Model
from rnninspect.ir.structures import flatten


class Mask(StrEnum):
    """What happens to a mask at a layer."""

    NONE = "none"
    CARRIED = "carried"
    """The output has a mask, whether one arrived or the layer makes one."""
    USED = "used"
    """The layer computes differently for masked timesteps."""
    DROPPED = "dropped"
    """A mask arrives and has no effect any more."""


def masks_of(model: Model) -> dict[str, Mask]:
    """Return for each layer what happens to a mask there."""
    masked: dict[tuple[str, int], bool] = {}
    fates: dict[str, Mask] = {}
    for node in model.in_order:
        operation = model.layers[node.layer]
        # Keras writes an explicit mask as a keyword that is a tensor of its own.
        explicit = any(isinstance(leaf, Edge) for leaf in flatten(node.kwargs.get("mask")))
        incoming = [
            masked.get((leaf.layer, leaf.call), False) and leaf.tensor in (0, None)
            for leaf in flatten(list(node.args[:1]) or list(node.kwargs.values())[:1])
            if isinstance(leaf, Edge)
        ]
        join = all if operation.mask_needs_all else any
        arrives = explicit or (bool(incoming) and join(incoming))
        leaves = operation.carries_mask(arrives)
        if arrives or any(incoming):
            used = operation.uses_mask and arrives
            fate = Mask.USED if used else Mask.CARRIED if leaves else Mask.DROPPED
        else:
            fate = Mask.CARRIED if leaves else Mask.NONE
        masked[node.layer, node.call] = leaves
        fates[node.layer] = fate
    return fates
