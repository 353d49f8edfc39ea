"""Fills templates in: the random choices, the names, the depth of what is written."""

from __future__ import annotations

import re
from random import Random

from tests.reader.soundness.generator.compounds import COMPOUND, ERRORS
from tests.reader.soundness.generator.expressions import EXPRESSIONS
from tests.reader.soundness.generator.grammar import Field, Template
from tests.reader.soundness.generator.scopes import ClassText, Function, Impossible, Scope
from tests.reader.soundness.generator.statements import SIMPLE

MODULE_NAMES = "a b c d e f g h k l m n o".split()
FUNCTION_NAMES = "p q r s t u v w x y z".split()
KEYS = ("'a'", "'a'", "'a'", "'b'", "'b'", "'c'")
RISKY = re.compile(r"\[(?!\])|pop|int\(|//|remove|next|index|unseen|\.\w+\(")
MAX_DEPTH = 2
MAX_PROBES = 18


class Writer:
    """Writes expressions and statements at one place of a program."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.scopes: list[Scope] = [Scope("module")]
        self.classes: list[ClassText] = []
        self.pending: list[tuple[str, str]] = []  # names of this statement, not yet assigned
        self.extra: list[dict[str, str]] = []  # of comprehensions and lambdas
        self.inner = 0  # inside of a comprehension or lambda, where := means something else
        self.blocks = 0
        self.probes = 0
        self.left = 40  # statements
        self.calm = self.chance(0.5)  # most of this program can be known
        self.new_names = 0

    # choices

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    @property
    def scope(self) -> Scope:
        return self.scopes[-1]

    def visible(self) -> dict[str, str]:
        """Return the names that can be read here; a class's only in its own body."""
        names: dict[str, str] = {}
        for scope in self.scopes:
            if scope.kind != "class" or scope is self.scope:
                names.update(scope.names)
        for extra in self.extra:
            names.update(extra)
        return names

    def of_kind(self, kind: str) -> list[str]:
        return [name for name, other in self.visible().items() if other == kind]

    def choose(self, found: list[str]) -> str:
        if not found:
            raise Impossible
        return found[int(self.rng.random() * len(found))]

    # templates

    def fill(self, template: Template, depth: int) -> str:
        parts: list[str] = []
        inner = any(isinstance(p, str) and (" for " in p or "lambda" in p) for p in template)
        self.inner += inner
        try:
            for piece in template:
                if isinstance(piece, str):
                    if "\n" in piece:
                        self.assign_pending()
                    parts.append(piece)
                elif piece.extra:
                    self.extra.append(dict(piece.extra))
                    self.inner += 1
                    try:
                        parts.append(self.field(piece, depth))
                    finally:
                        self.inner -= 1
                        self.extra.pop()
                else:
                    parts.append(self.field(piece, depth))
        finally:
            self.inner -= inner
        return "".join(parts)

    def field(self, piece: Field, depth: int) -> str:
        if piece.symbol in EXPRESSIONS:
            return self.expression(piece.symbol, depth + 1)
        if piece.symbol in ("block", "loop"):
            return self.block(piece.symbol == "loop").replace("\n", "\n" + piece.indent)
        method = getattr(self, "write_" + piece.symbol)
        text: str = method(piece.argument, depth)
        return text

    def expression(self, kind: str, depth: int = 0) -> str:
        if kind not in ("input", "shared", "member") and (
            depth > MAX_DEPTH or self.chance(0.2 + 0.25 * depth)
        ):
            found = self.places(kind) if self.chance(0.8) else self.of_kind(kind)
            if found:
                return self.choose(found)
        if kind == "input" and self.calm and self.chance(0.75):
            return self.write_number("", depth)
        choices = EXPRESSIONS[kind]
        for _ in range(6):
            template = choices.pick_leaf(self.rng) if depth > MAX_DEPTH else choices.pick(self.rng)
            try:
                return self.fill(template, depth)
            except Impossible:
                continue
        raise Impossible

    def places(self, kind: str) -> list[str]:
        """Return what holds a value of the kind: names, attributes, items of containers."""
        found: list[str] = []
        for name, other in self.visible().items():
            if other == kind:
                found += [name, name]
            elif other[:7] == "object:":
                own = self.class_named(other[7:]).attributes
                found += [f"{name}.{n}" for n, k in own.items() if k == kind]
            elif kind == "list":
                if other == "rows":
                    found.append(f"{name}[{self.rng.randrange(2)}]")
                elif other == "groups":
                    found.append(f"{name}[{self.rng.choice(KEYS)}]")
                elif other == "pair":
                    found.append(f"{name}[0]")
        return found

    def class_named(self, name: str) -> ClassText:
        return next(c for c in self.classes if c.name == name)

    # leaves

    def write_number(self, _: str, __: int) -> str:
        return self.rng.choice("0 1 1 2 2 3 3 4 5 7 10 True".split())

    def write_small(self, _: str, depth: int) -> str:
        if self.chance(0.3) and (found := self.of_kind("int")):
            return self.choose(found)
        return self.rng.choice("0 0 1 1 2 -1".split())

    def write_whole(self, _: str, __: int) -> str:
        """Return what can be written inside of an f-string."""
        return self.choose(self.of_kind("int") or ["1"])

    def write_text_name(self, _: str, __: int) -> str:
        return "{" + self.choose(self.of_kind("text")) + "}"

    def write_tiny(self, _: str, __: int) -> str:
        """Return how often something is repeated: never more than a few times."""
        if self.chance(0.3) and (found := self.of_kind("int")):
            return f"({self.choose(found)} % 4)"
        return self.rng.choice("0 1 2 2 3".split())

    def write_word(self, _: str, __: int) -> str:
        return self.rng.choice(["'a'", "'b'", "'c'", "'key'", "'a1'", "''"])

    def write_key(self, _: str, depth: int) -> str:
        if self.chance(0.25) and (found := self.of_kind("text")):
            return self.choose(found)
        return self.rng.choice(KEYS)

    def write_error(self, _: str, __: int) -> str:
        return self.rng.choice(ERRORS)

    def write_new(self, kind: str, _: int) -> str:
        """Return a name to assign to: most often a fresh one, which exists after this line."""
        own = self.scope.names
        if self.chance(0.25) and (found := [n for n, k in own.items() if k == kind]):
            return self.choose(found)
        pool = FUNCTION_NAMES if len(self.scopes) > 1 else MODULE_NAMES
        free = [name for name in pool if name not in self.visible()]
        if free:
            name = free[int(self.rng.random() * min(4, len(free)))]
        else:
            self.new_names += 1
            name = f"{pool[0]}{self.new_names}"
        if any(name == n for n, _ in self.pending):
            raise Impossible
        self.pending.append((name, kind))
        return name

    def write_fresh(self, kind: str, depth: int) -> str:
        """Return a name for a walrus."""
        if self.inner or self.scope.kind == "class":
            raise Impossible
        return self.write_new(kind, depth)

    def assign_pending(self) -> None:
        for name, kind in self.pending:
            self.scope.names.pop(name, None)  # the last one is the last
            self.scope.names[name] = kind
        self.pending.clear()

    def write_own(self, kind: str, _: int) -> str:
        return self.choose([n for n, k in self.scope.names.items() if k == kind])

    def write_last(self, kind: str, _: int) -> str:
        """Return the name of the kind that was assigned last."""
        found = [n for n, k in self.scope.names.items() if k == kind]
        return self.choose(found[-1:])

    def write_gone(self, kind: str, depth: int) -> str:
        """Return a name to delete; most of the text after it does not use it."""
        name = self.write_own(kind, depth)
        if self.chance(0.8):
            del self.scope.names[name]
        return name

    def write_var(self, kind: str, _: int) -> str:
        return self.choose(self.of_kind(kind))

    def write_place(self, kind: str, _: int) -> str:
        return self.choose(self.places(kind))

    def write_attribute(self, kind: str, _: int) -> str:
        return self.choose([place for place in self.places(kind) if "." in place])

    def objects(self) -> list[str]:
        return [name for name, kind in self.visible().items() if kind[:7] == "object:"]

    def write_object(self, _: str, depth: int) -> str:
        return self.choose(self.objects())

    def write_class(self, _: str, __: int) -> str:
        return self.choose([c.name for c in self.classes])

    def write_function(self, _: str, __: int) -> str:
        return self.choose([f.name for scope in self.scopes for f in scope.functions])

    def write_method(self, _: str, __: int) -> str:
        name = self.choose(self.objects())
        methods = self.class_named(self.visible()[name][7:]).methods
        return f"{name}.{self.choose([m.name for m in methods])}"

    # calls

    def write_new_object(self, _: str, depth: int) -> str:
        if self.chance(0.2) and (found := self.objects()):
            other = self.choose(found)
            return f"{self.write_new(self.visible()[other], depth)} = {other}"
        if not self.classes:
            raise Impossible
        made = self.classes[int(self.rng.random() * len(self.classes))]
        arguments = self.arguments(Function(made.name, made.parameters, ""), depth)
        return f"{self.write_new('object:' + made.name, depth)} = {made.name}({arguments})"

    def write_call(self, kind: str, depth: int) -> str:
        if depth > MAX_DEPTH:
            raise Impossible
        found: list[tuple[str, Function]] = []
        for scope in self.scopes:
            found += [(f.name, f) for f in scope.functions if kind in (f.result, "any")]
        for name in self.objects():
            for method in self.class_named(self.visible()[name][7:]).methods:
                if kind in (method.result, "any"):
                    found.append((f"{name}.{method.name}", method))
        if not found:
            raise Impossible
        name, function = found[int(self.rng.random() * len(found))]
        return f"{name}({self.arguments(function, depth)})"

    def arguments(self, function: Function, depth: int) -> str:
        """Return arguments by position, by keyword, starred; defaults are often left out."""
        written: list[str] = []
        keywords = False
        for parameter in function.parameters:
            if parameter.prefix == "*":
                if not keywords and self.chance(0.5):
                    written.append(self.choose(["*" + self.argument("list", depth), "1, 2"]))
                continue
            if parameter.prefix == "**":
                if self.chance(0.5):
                    written.append(self.choose(["**" + self.argument("dict", depth), "extra=1"]))
                continue
            if parameter.default is not None and self.chance(0.6):
                keywords = True
                continue
            keywords = keywords or self.chance(0.15)
            value = self.argument(parameter.kind, depth)
            written.append(f"{parameter.name}={value}" if keywords else value)
        return ", ".join(written)

    def argument(self, kind: str, depth: int) -> str:
        if kind[:7] == "object:":
            return self.choose(self.of_kind(kind))
        if self.chance(0.6) and (found := self.places(kind)):
            return self.choose(found)
        return self.expression(kind, depth + 2)

    # statements

    def statement(self) -> str:
        """Return one statement; what it defines is known afterwards."""
        for _ in range(8):
            saved = self.scope.copy_names()
            try:
                text = self.try_statement()
            except Impossible:
                self.pending.clear()
                self.scope.restore(saved, keep_new=False)
                continue
            self.assign_pending()
            if self.chance(0.45 if self.scope.kind == "module" else 0.25) and RISKY.search(text):
                handler = self.probe() if self.chance(0.2) else "pass"
                body = text.replace("\n", "\n    ")
                text = f"try:\n    {body}\nexcept Exception:\n    {handler}"
            return text
        return "pass"

    def try_statement(self) -> str:
        roll = self.rng.random()
        scope = self.scope
        if scope.loops and roll < 0.05:
            return f"if {self.expression('bool')}:\n    {self.rng.choice(['break', 'continue'])}"
        if scope.kind == "generator" and roll < 0.25:
            return f"yield {self.expression('int')}"
        if scope.kind == "function" and roll < 0.06:
            return f"if {self.expression('bool')}:\n    return {self.expression(scope.result)}"
        if scope.kind == "module" and roll > 0.9:
            return self.write_call("any", 0)
        if self.blocks < 3 and self.left > 0 and scope.kind != "class" and roll < 0.32:
            return self.fill(COMPOUND.pick(self.rng), 0)
        if len(self.objects()) > 1 and self.blocks < 3 and roll > 0.87:
            return self.object_loop()
        text = self.fill(SIMPLE.pick(self.rng), 0)
        if self.calm and "unseen" in text and self.chance(0.7):
            raise Impossible
        return text

    def object_loop(self) -> str:
        """Return a loop over instances of one class, some of them perhaps the same."""
        first = self.choose(self.objects())
        kind = self.visible()[first]
        others = [self.choose(self.of_kind(kind)) for _ in range(self.rng.randrange(3))]
        name = self.write_new(kind, 0)
        body = self.block(loop=True).replace("\n", "\n    ")
        return f"for {name} in [{', '.join([first, *others])}]:\n    {body}"

    def probe(self) -> str:
        self.probes += 1
        return f"probe({self.probes})"

    def statements(self, count: int, probes: float = 0.22) -> list[str]:
        found: list[str] = []
        for _ in range(count):
            self.left -= 1
            found.append(self.statement())
            if self.probes < MAX_PROBES and self.chance(probes):
                found.append(self.probe())
        return found

    def block(self, loop: bool) -> str:
        """Return the lines of a block; names that only it defines are mostly forgotten."""
        self.assign_pending()
        scope = self.scope
        saved = scope.copy_names()
        loops = scope.loops
        scope.loops = loops + loop
        self.blocks += 1
        found = self.statements(self.rng.choice((1, 1, 2, 2, 3)))
        self.blocks -= 1
        scope.loops = loops
        scope.restore(saved, keep_new=self.chance(0.05))
        return "\n".join(found)
