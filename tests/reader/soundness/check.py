"""Whether a world holds in a state, and if not, which claim is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from tests.reader.soundness.claims import (
    Absent,
    Address,
    Bound,
    Claim,
    Entries,
    Instance,
    Items,
    Known,
    Named,
    OfType,
    OneOf,
    Same,
    SomeEntries,
    SomeItems,
    Symbol,
    Unknown,
    World,
)
from tests.reader.soundness.snapshot import CUT, Node, Snapshot, Value, encode_constant

MAX_PAIRED = 6  # members of a set that are not all constants; of more only the number counts


@dataclass(frozen=True)
class Mismatch:
    """A claim that does not hold: of which variable (with the path into it), and what is there."""

    variable: str
    claim: Claim | None  # None: the path is claimed to be unreachable
    actual: str
    checked: int = 0  # claims that held before


# What is left to check: (path, claim, value or None where the name is unbound), then the rest.
Agenda = tuple[tuple[str, Claim, Value | None], "Agenda"] | None


@dataclass
class Bindings:
    """What the addresses and symbols of one world are in this state."""

    addresses: dict[Address, int] = field(default_factory=dict)
    symbols: dict[object, int] = field(default_factory=dict)

    def copy(self) -> Bindings:
        return Bindings(dict(self.addresses), dict(self.symbols))


class Checker:
    """Checks worlds against one state."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.module: dict[str, Value] = dict(snapshot.module)
        self.local = self.module if snapshot.local is None else dict(snapshot.local)
        self.objects: Sequence[Node] = snapshot.objects

    def mismatch(self, world: World) -> Mismatch | None:
        """Return the claim of the world that does not hold, None if all of them hold jointly."""
        agenda: Agenda = None
        for name, claim in world.module.items():
            if not isinstance(claim, Unknown):
                agenda = ((f"global {name}", claim, self.module.get(name)), agenda)
        for name, claim in world.local.items():
            if not isinstance(claim, Unknown):
                agenda = ((name, claim, self.local.get(name)), agenda)
        return self._solve(agenda, Bindings(), world.distinct, 0)

    def _solve(
        self, agenda: Agenda, bound: Bindings, distinct: frozenset[Address], checked: int
    ) -> Mismatch | None:
        """Work the agenda off; alternatives are tried with copies of the bindings."""
        while agenda is not None:
            (path, claim, value), agenda = agenda
            if isinstance(claim, Unknown):
                continue
            if value == CUT:
                continue
            alternatives: Iterator[tuple[Claim, Agenda]] | None = None
            if isinstance(claim, OneOf):
                rest = agenda
                alternatives = ((c, ((path, c, value), rest)) for c in claim.claims)
            elif isinstance(claim, Items) and claim.kind in ("set", "frozenset") and claim.items:
                alternatives = self._members(path, claim, value, agenda)
            if alternatives is not None:
                worst: Mismatch | None = None
                for _, plan in alternatives:
                    failed = self._solve(plan, bound.copy(), distinct, checked)
                    if failed is None:
                        return None
                    if worst is None or failed.checked > worst.checked:
                        worst = failed
                return worst or Mismatch(path, claim, self.show(value), checked)
            parts = self._parts(path, claim, value, bound, distinct)
            if parts is None:
                return Mismatch(path, claim, self.show(value), checked)
            for part in parts:
                agenda = (part, agenda)
            checked += 1
        return None

    def _members(
        self, path: str, claim: Items, value: Value | None, rest: Agenda
    ) -> Iterator[tuple[Claim, Agenda]]:
        """Pair the first claimed member of a set with each member, the others follow."""
        node = self._node(value)
        if node is None or node.kind != claim.kind or len(node.items) != len(claim.items):
            return
        if not _named(node, claim.class_name or claim.kind):
            return
        plan: Agenda = rest
        if claim.address is not None:
            plan = ((path, Same(claim.address), value), plan)
        constants = [encode_constant(c.value) for c in claim.items if isinstance(c, Known)]
        if len(constants) == len(claim.items):
            if set(constants) == set(node.items):
                yield claim, plan
            return
        if len(claim.items) > MAX_PAIRED:
            yield claim, plan
            return
        for order in permutations(range(len(claim.items))):
            agenda = plan
            for member, i in zip(claim.items, order, strict=True):
                agenda = ((f"{path}{{}}", member, node.items[i]), agenda)
            yield claim, agenda

    def _node(self, value: Value | None) -> Node | None:
        """Return the object; a tuple, which has no identity, as one."""
        if isinstance(value, int):
            return self.objects[value]
        if value is not None and value[0] == "tuple":
            return Node("tuple", value[1], value[2], ())
        return None

    def _at(
        self,
        address: Address | None,
        value: Value | None,
        bound: Bindings,
        apart: frozenset[Address],
    ) -> bool:
        """Bind an address to an object; False if it is another one, or one it must differ from."""
        if address is None or not isinstance(value, int):
            return True
        known = bound.addresses.setdefault(address, value)
        if known != value:
            return False
        return address not in apart or not any(
            other == value and name != address and name in apart
            for name, other in bound.addresses.items()
        )

    def _parts(
        self,
        path: str,
        claim: Claim,
        value: Value | None,
        bound: Bindings,
        distinct: frozenset[Address],
    ) -> list[tuple[str, Claim, Value | None]] | None:
        """Return the claims that follow from this one, None if it does not hold."""
        if isinstance(claim, Absent):
            return [] if value is None else None
        if value is None:
            return None
        node = self._node(value)
        match claim:
            case Bound():
                return []
            case Known():
                return [] if value == encode_constant(claim.value) else None
            case OfType():
                name = node.class_name if node else ("type" if value[0] == "class" else value[0])
                if node and node.kind == "class":
                    name = "type"
                return [] if name == claim.name else None
            case Symbol():
                if node or value[0] != "int":
                    return None
                base = value[1] - claim.offset
                return [] if bound.symbols.setdefault(claim.name, base) == base else None
            case Same():
                held = isinstance(value, int) and self._at(claim.address, value, bound, distinct)
                return [] if held else None
            case Named():
                return self._named(path, claim, value, bound, distinct)
        if isinstance(claim, Unknown | OneOf):  # taken apart before
            return []
        if node is None or not self._at(claim.address, value, bound, distinct):
            return None
        match claim:
            case Instance():
                if node.class_name != claim.class_name or node.kind == "class":
                    return None
                own = dict(node.attributes)
                if claim.exact and not set(own) <= set(claim.attributes):
                    return None
                return [(f"{path}.{n}", c, own.get(n)) for n, c in claim.attributes.items()]
            case Items() | SomeItems():
                if node.kind != claim.kind or not _named(node, claim.class_name or claim.kind):
                    return None
                if isinstance(claim, Items):
                    if len(node.items) != len(claim.items):
                        return None
                    return _numbered(path, claim.items, node.items)
                if len(node.items) < max(claim.at_least, len(claim.first)):
                    return None
                each = (claim.each,) * len(node.items)
                return _numbered(path, each, node.items) + _numbered(path, claim.first, node.items)
        return self._entries(path, claim, node)

    def _entries(
        self, path: str, claim: Entries | SomeEntries, node: Node
    ) -> list[tuple[str, Claim, Value | None]] | None:
        if node.kind != "dict" or not _named(node, claim.class_name or "dict"):
            return None
        if isinstance(claim, Entries):
            if len(node.items) != len(claim.entries):
                return None
            parts: list[tuple[str, Claim, Value | None]] = []
            for (key, content), (k, v) in zip(claim.entries, node.items, strict=True):
                parts += [(f"{path}[{self.show(k)}]", content, v), (f"{path} key", key, k)]
            return parts
        if len(node.items) < claim.at_least:
            return None
        values = dict(node.items)
        parts = [
            (f"{path}[{k.value!r}]", c, values.get(encode_constant(k.value)))
            for k, c in claim.certain
        ]
        if any(v is None for _, _, v in parts):
            return [] if CUT in values else None
        for k, v in node.items:
            parts.append((f"{path}[{self.show(k)}]", claim.each_value, v))
            parts.append((f"{path} key", claim.each_key, k))
        return parts

    def _named(
        self,
        path: str,
        claim: Named,
        value: Value,
        bound: Bindings,
        distinct: frozenset[Address],
    ) -> list[tuple[str, Claim, Value | None]] | None:
        if not isinstance(value, int):
            return [] if value == (claim.kind, claim.name) and not claim.attributes else None
        node = self.objects[value]
        if (node.kind, node.class_name) != (claim.kind, claim.name):
            return None
        if not self._at(claim.address, value, bound, distinct):
            return None
        own = dict(node.attributes)
        return [(f"{path}.{n}", c, own.get(n)) for n, c in claim.attributes.items()]

    def show(self, value: Value | None, depth: int = 4) -> str:
        """Return the value as Python would write it, roughly."""
        if value is None:
            return "(unbound)"
        node = self._node(value)
        if node is None:
            return repr(value[1]) if value[0] in ("int", "str", "bytes") else f"{value[-1]}"
        if depth == 0:
            return f"{node.class_name}(…)"
        parts = [
            f"{self.show(i[0], 1)}: {self.show(i[1], depth - 1)}"
            if node.kind == "dict"
            else self.show(i, depth - 1)
            for i in node.items[:20]
        ]
        parts += [f"{name}={self.show(v, depth - 1)}" for name, v in node.attributes]
        text = ", ".join(parts)
        match node.class_name:
            case "list":
                return f"[{text}]"
            case "dict" | "set":
                return f"{{{text}}}"
            case "tuple":
                return f"({text})"
        return f"{node.class_name}({text})"


def _named(node: Node, name: str) -> bool:
    return node.class_name == name


def _numbered(
    path: str, claims: Sequence[Claim], values: Sequence[Value]
) -> list[tuple[str, Claim, Value | None]]:
    return [(f"{path}[{i}]", c, v) for i, (c, v) in enumerate(zip(claims, values, strict=False))]


def find_mismatches(worlds: Sequence[World], snapshot: Snapshot) -> list[Mismatch]:
    """Return one mismatch a world, the nearest world first; [] where one of the worlds holds."""
    checker = Checker(snapshot)
    failed: list[Mismatch] = []
    for world in worlds:
        mismatch = checker.mismatch(world)
        if mismatch is None:
            return []
        failed.append(mismatch)
    if not failed:
        return [Mismatch("", None, "the point is reached")]
    return sorted(failed, key=lambda mismatch: -mismatch.checked)
