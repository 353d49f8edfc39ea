"""Whole programs: functions and classes, then statements that use them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from random import Random

from tests.reader.soundness.generator.compounds import MODULES, PRELUDE
from tests.reader.soundness.generator.scopes import (
    ClassText,
    Function,
    Impossible,
    Parameter,
    Scope,
)
from tests.reader.soundness.generator.writer import Writer

ATTRIBUTES = {"items": "list", "count": "int", "table": "dict", "link": "any", "lists": "groups"}
EMPTY = {"list": "[]", "dict": "{}", "groups": "{'a': []}", "int": "0", "rows": "[[], []]"}
PLAIN = {
    "list": ["[1, 2, 3]", "[3, 1, 2]", "[0, 0, 5, 1]", "[]"],
    "dict": ["{'a': 1, 'b': 2, 'c': 0}", "{'b': 3, 'a': 0, 'c': 1}", "{}"],
    "groups": ["{'a': [1], 'b': [], 'c': [3]}", "{'a': [1], 'b': [1], 'c': [2]}"],
    "rows": ["[[1], [2, 3], [0, 1]]", "[[1], [1]]", "[[1], [], [1]]"],
    "int": ["int(input())", "random.randint(0, 3)", "len(sys.argv)", "2", "0", "5", "1"],
    "any": ["unseen_module.make()", "json.load(open('a.json'))", "None"],
    "set": ["{1, 2}", "set()"],
    "text": ["input()", "'a'", "os.environ.get('A', 'b')"],
}
FIRST = ["list", "list", "dict", "groups", "rows", "int", "int", "any", "set", "text"]
RESULTS = ("list", "list", "list", "int", "int", "dict", "rows", "groups", "fn", "pair", "any")
PARAMETERS = ("list", "list", "list", "int", "int", "dict", "rows", "groups", "fn", "any", "set")


def indent(text: str) -> str:
    return "    " + text.replace("\n", "\n    ")


class ProgramWriter(Writer):
    """Adds definitions to what a writer can write."""

    def parameters(self, name: str) -> list[Parameter]:
        """Return parameters; defaults are often mutable, or an object that the program has."""
        found: list[Parameter] = []
        names = self.rng.sample(["p", "q", "r", "s", "a", "b"], 3)
        defaults = False
        for i in range(self.rng.choice((0, 1, 1, 2, 2, 3))):
            kind = self.rng.choice(PARAMETERS)
            defaults = defaults or self.chance(0.3)
            default = None
            if defaults:
                if kind in EMPTY and self.chance(0.7):
                    default = EMPTY[kind]
                else:
                    default = self.argument(kind, 1)
            found.append(Parameter(names[i], kind, default))
        if self.chance(0.12):
            found.append(Parameter("args", "tuple", prefix="*"))
        if self.chance(0.1):
            found.append(Parameter("kwargs", "dict", prefix="**"))
        return found

    def signature(self, parameters: list[Parameter]) -> str:
        return ", ".join(
            p.prefix + p.name + ("" if p.default is None else f"={p.default}") for p in parameters
        )

    def open_scope(self, kind: str, parameters: list[Parameter], result: str = "") -> list[str]:
        """Enter a function; some names of outer scopes become its own. Return those statements."""
        outer = [scope for scope in self.scopes if scope.kind != "class"]
        taken = {p.name for p in parameters}
        scope = Scope(kind, {p.name: p.kind for p in parameters}, result)
        found: list[str] = []
        for level, word in ((outer[0], "global"), (outer[-1], "nonlocal")):
            if (word == "nonlocal" and len(outer) < 2) or not self.chance(0.35):
                continue
            names = [
                name
                for name, k in level.names.items()
                if name not in taken and name not in level.declared and k != "self"
            ]
            chosen = self.rng.sample(names, min(len(names), 2))
            if chosen:
                taken.update(chosen)
                scope.declared.update(chosen)
                scope.names.update({name: level.names[name] for name in chosen})
                found.append(f"{word} {', '.join(chosen)}")
        self.scopes.append(scope)
        return found

    def body(self, kind: str, parameters: list[Parameter], result: str, size: int) -> str:
        """Return the body of a function, which ends with what it returns."""
        saved = self.blocks, self.pending, self.extra, self.inner
        self.blocks, self.pending, self.extra, self.inner = 1, [], [], 0
        found = self.open_scope(kind, parameters, result)
        try:
            for name in sorted(self.scope.declared):
                if self.chance(0.4):
                    found.append(self.assign_outer(name))
            if self.chance(0.15) and len(self.scopes) < 4:
                found.append(self.define_function(nested=True))
                found += self.uses(len(self.scope.functions) - 1, len(self.classes))
            found += self.statements(size)
            if self.chance(0.5) and self.probes < 18:
                found.append(self.probe())
            if kind == "generator":
                found.append(f"yield {self.expression('int')}")
            elif self.chance(0.85):
                found.append(f"return {self.expression(result)}")
        finally:
            self.scopes.pop()
            self.blocks, self.pending, self.extra, self.inner = saved
        return "\n".join(found)

    def assign_outer(self, name: str) -> str:
        """Return a statement that assigns to a global or nonlocal name."""
        kind = self.scope.names[name]
        if kind == "int" and self.chance(0.5):
            return f"{name} += {self.write_number('', 0)}"
        if kind[:7] == "object:":
            return "pass"
        try:
            return f"{name} = {self.expression(kind, 1)}"
        except Impossible:
            return "pass"

    def define_function(self, nested: bool = False) -> str:
        self.new_names += 1
        name = f"f{self.new_names}"
        if self.chance(0.06):
            return self.define_recursion(name)
        kind = "generator" if self.chance(0.15) else "function"
        result = "gen" if kind == "generator" else self.rng.choice(RESULTS)
        parameters = self.parameters(name)
        body = self.body(kind, parameters, result, self.rng.choice((1, 2, 3, 4)))
        decorator = ""
        if kind == "function" and not nested and self.chance(0.15):
            decorator = self.rng.choice(
                ["@traced\n", "@traced\n", "@functools.lru_cache(None)\n", "@unseen_module.wrap\n"]
            )
            if self.chance(0.2) and (found := self.places("list")):
                decorator = f"@keeping({self.choose(found)})\n"
        self.scope.functions.append(Function(name, parameters, result))
        return f"{decorator}def {name}({self.signature(parameters)}):\n{indent(body)}"

    def define_recursion(self, name: str) -> str:
        parameters = [Parameter("p", "list"), Parameter("q", "int")]
        self.open_scope("function", parameters, "list")
        try:
            before, after = self.statement(), self.statement()
            end = self.expression("list")
        finally:
            self.scopes.pop()
        body = (
            f"if q <= 0 or len(p) > 6:\n    return {end}\n{before}\n"
            f"{self.rng.choice(['p.append(q)', 'r = p', 'r = p[:]'])}\n"
            f"{name}({self.rng.choice(['p', 'p', 'p + [q]', 'p[1:]'])}, q - 1)\n"
            f"{after}\n{self.probe()}\nreturn p"
        )
        made = Function(name, parameters[:1], "list")
        made.parameters = [Parameter("p", "list"), Parameter("q", "bounded")]
        self.scope.functions.append(made)
        return f"def {name}(p, q):\n{indent(body)}"

    def argument(self, kind: str, depth: int) -> str:
        if kind == "bounded":
            return self.rng.choice(["0", "1", "2", "3"])
        return super().argument(kind, depth)

    def define_class(self) -> str:
        """Return a class with attributes of its own and of its instances, methods, a property."""
        self.new_names += 1
        name = f"C{self.new_names}"
        if self.chance(0.15):
            return self.define_dataclass(name)
        base = self.rng.choice(self.classes) if self.classes and self.chance(0.4) else None
        unseen = base is None and self.chance(0.08)
        shared = [n for n in ATTRIBUTES if self.chance(0.25)]
        own = [n for n in ATTRIBUTES if self.chance(0.4)] or ["items"]
        attributes = dict(base.attributes) if base else {}
        attributes.update({n: ATTRIBUTES[n] for n in [*shared, *own]})
        made = ClassText(name, attributes, self.parameters("__init__") if own else [])
        lines: list[str] = []
        for attribute in shared:
            value = EMPTY.get(attributes[attribute])
            if value is None or self.chance(0.4):
                value = self.expression(attributes[attribute], 2)
            lines.append(f"{attribute} = {value}")
        if base and self.chance(0.3):
            made.parameters = base.parameters
        else:
            lines.append(self.define_init(made, own, base))
        self.classes.append(made)
        if base:
            made.methods += base.methods
        count = self.rng.choice((0, 1, 1, 2))
        lines += [self.define_method(made, base) for _ in range(count)]
        if self.chance(0.2):
            text = self.method_body(made, "list", 1)
            lines.append(f"@property\ndef view(self):\n{indent(text)}")
            made.attributes["view"] = "list"
        if self.chance(0.08):
            lines.append("def __len__(self):\n    return 1")
            lines.append("def __getitem__(self, i):\n    return self.items[i]")
        if self.chance(0.1):
            lines.append(
                "def __setattr__(self, name, value):\n    object.__setattr__(self, name, value)\n"
                "    object.__setattr__(self, 'last', name)"
            )
        parents = base.name if base else ("unseen_module.Base" if unseen else "")
        head = f"class {name}({parents}):" if parents else f"class {name}:"
        return head + "\n" + indent("\n".join(lines))

    def define_init(self, made: ClassText, own: list[str], base: ClassText | None) -> str:
        scope_parameters = [Parameter("self", f"object:{made.name}"), *made.parameters]
        self.classes.append(made)
        before = self.blocks
        self.blocks = 2
        self.open_scope("function", scope_parameters, "int")
        try:
            del self.scope.names["self"]
            lines = []
            if base:
                arguments = self.arguments(Function("", base.parameters, ""), 1)
                lines.append(f"super().__init__({arguments})")
            lines += [f"self.{a} = {self.expression(ATTRIBUTES[a], 1)}" for a in own]
            self.scope.names["self"] = f"object:{made.name}"
            self.scope.kind = "init"
            if self.chance(0.3):
                lines += self.statements(1)
        finally:
            self.scopes.pop()
            self.classes.pop()
            self.blocks = before
        signature = self.signature([Parameter("self", ""), *made.parameters])
        return f"def __init__({signature}):\n" + indent("\n".join(lines))

    def method_body(self, made: ClassText, result: str, size: int) -> str:
        return self.body("function", [Parameter("self", f"object:{made.name}")], result, size)

    def define_method(self, made: ClassText, base: ClassText | None) -> str:
        name = self.rng.choice(["update", "add", "take", "reset"])
        result = self.rng.choice(RESULTS)
        parameters = self.parameters(name)
        own = [Parameter("self", f"object:{made.name}"), *parameters]
        body = self.body("function", own, result, self.rng.choice((1, 2, 3)))
        if (
            base
            and self.chance(0.4)
            and any(m.name == name and not m.parameters for m in base.methods)
        ):
            body = f"super().{name}()\n{body}"
        made.methods = [m for m in made.methods if m.name != name]
        made.methods.append(Function(name, parameters, result, made.name))
        return (
            f"def {name}({self.signature([Parameter('self', ''), *parameters])}):\n{indent(body)}"
        )

    def define_dataclass(self, name: str) -> str:
        made = ClassText(name, {"items": "list", "count": "int"}, [])
        made.parameters = [Parameter("count", "int", "0"), Parameter("items", "list", "[]")]
        self.classes.append(made)
        return (
            f"@dataclasses.dataclass\nclass {name}:\n    count: int = {self.rng.randrange(4)}\n"
            "    items: list = dataclasses.field(default_factory=list)"
        )

    def first(self, kind: str) -> str:
        """Return a plain assignment, so that the rest has something to share."""
        value = self.rng.choice(PLAIN[kind])
        if kind == "int" and self.calm and self.chance(0.7):
            value = self.write_number("", 0)
        lists = self.of_kind("list")
        if kind in ("rows", "groups") and lists:
            value = value.replace("[1]", self.choose(lists))
        text = f"{self.write_new(kind, 0)} = {value}"
        self.assign_pending()
        return text

    def uses(self, functions: int, classes: int) -> list[str]:
        """Return statements that call what was defined last."""
        found: list[str] = []
        for function in self.scope.functions[functions:]:
            for _ in range(self.rng.choice((0, 1, 1, 2))):
                found += self.attempt(partial(self.call_statement, function.name, function))
        for made in self.classes[classes:]:
            if not self.attempt(partial(self.instantiate, made), found):
                continue
            for method in made.methods:
                if self.chance(0.7):
                    name = self.rng.choice(self.of_kind(f"object:{made.name}"))
                    found += self.attempt(
                        partial(self.call_statement, f"{name}.{method.name}", method)
                    )
        return found

    def attempt(self, write: Callable[[], str], found: list[str] | None = None) -> list[str]:
        """Return the statement, [] where it is impossible."""
        try:
            text = [write()]
        except Impossible:
            self.pending.clear()
            return []
        self.assign_pending()
        if found is not None:
            found += text
        return text

    def call_statement(self, name: str, function: Function) -> str:
        text = f"{name}({self.arguments(function, 1)})"
        if function.result == "gen":
            return self.rng.choice(
                [f"list({text})", f"next({text})", f"for k in {text}:\n    pass"]
            )
        if self.chance(0.6):
            return f"{self.write_new(function.result, 0)} = {text}"
        return text

    def instantiate(self, made: ClassText) -> str:
        arguments = self.arguments(Function(made.name, made.parameters, ""), 1)
        return f"{self.write_new('object:' + made.name, 0)} = {made.name}({arguments})"

    def whole(self) -> str:
        self.left = self.rng.choice((4, 8, 12, 16, 24))
        parts = [self.first(kind) for kind in self.rng.sample(FIRST, self.rng.choice((2, 3, 4, 5)))]
        for _ in range(self.rng.choice((1, 2, 3))):
            define = self.define_function if self.chance(0.6) else self.define_class
            saved = len(self.scope.functions), len(self.classes), dict(self.scope.names)
            try:
                parts.append(define())
            except Impossible:
                del self.scope.functions[saved[0] :]
                del self.classes[saved[1] :]
                continue
            self.pending.clear()
            uses = self.uses(saved[0], saved[1])
            for use in uses:
                parts += [use, *self.statements(self.rng.randrange(2))]
        while self.left > 0:
            parts += self.statements(1)
        return "\n".join([*parts, self.probe()]) + "\n"


def complete(text: str) -> str:
    """Put the definitions and imports before the program that it names."""
    words = set(re.findall(r"\w+", text))
    for name, definition in reversed(PRELUDE.items()):
        if name in words:
            text = f"{definition}\n{text}"
            words.update(re.findall(r"\w+", definition))
    used = [name for name in [*MODULES, "dataclasses"] if name in words]
    return "".join(f"import {name}\n" for name in used) + text


def write_program(rng: Random) -> str:
    """Return a program that has at least one `probe(k)`; a few do not compile."""
    return complete(ProgramWriter(rng).whole())
