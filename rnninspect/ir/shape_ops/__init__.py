"""The one algebra of shapes: what an operation on tensors or arrays does to their sizes.

Every function is pure and takes shapes and arguments of which anything may be unknown: a rank, a
size, an axis. It returns the best answer that is certain, and raises Rejected only where the
operation fails whatever the unknown values are. Where libraries differ, the semantics are NumPy's,
which ``keras.ops`` shares; the words of a rejection are the library's that the docstring names.
A caller with words of its own catches Rejected.
"""

from rnninspect.ir.shape_ops.arithmetic import broadcast, broadcast_dim, dot, matmul, reduce
from rnninspect.ir.shape_ops.axes import normalize_axes, normalize_axis
from rnninspect.ir.shape_ops.indexing import Index, getitem, take
from rnninspect.ir.shape_ops.joining import concat, pad, repeat, stack, tile
from rnninspect.ir.shape_ops.rearranging import (
    expand_dims,
    flatten,
    moveaxis,
    permute,
    reshape,
    squeeze,
    swapaxes,
    transpose,
)
from rnninspect.ir.shape_ops.splitting import array_split, split, split_sizes, unstack

ravel = flatten

__all__ = [
    "Index",
    "array_split",
    "broadcast",
    "broadcast_dim",
    "concat",
    "dot",
    "expand_dims",
    "flatten",
    "getitem",
    "matmul",
    "moveaxis",
    "normalize_axes",
    "normalize_axis",
    "pad",
    "permute",
    "ravel",
    "reduce",
    "repeat",
    "reshape",
    "split",
    "split_sizes",
    "squeeze",
    "stack",
    "swapaxes",
    "take",
    "tile",
    "transpose",
    "unstack",
]
