"""Edge: a tensor inside a model, named by the layer call that makes it."""

from __future__ import annotations

from dataclasses import dataclass

from rnninspect.ir.shape import Shape


@dataclass(slots=True, eq=False, match_args=False)
class Edge:
    """A tensor inside a model: output number ``tensor`` of a layer's call number ``call``.

    ``tensor`` None means all outputs as they are. ``recorded`` is the shape that the source
    itself states for it, if any.
    """

    layer: str
    call: int = 0
    tensor: int | None = 0
    recorded: Shape | None = None
