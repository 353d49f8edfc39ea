"""What a program cannot know: its inputs, filled in at random, and code that nobody can see.

`unseen_module` is adversarial: whatever it is called with it may change, keep, change at a later
call, call back, hand out again.
"""

from __future__ import annotations

import builtins
import collections
import importlib
import io
import json
import os
import random
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

TYPED = "0 1 1 2 2 3 3 4 5 7 12 -1".split() * 3 + ["abc"]
WORDS = ("a", "b", "c", "0", "2", "7", "", "left", "x y")
KEYS = ("a", "b", "c", "key", 0, 1, "items", "count")
REAL = frozenset(
    "__future__ abc argparse bisect collections contextlib copy dataclasses enum functools heapq "
    "itertools math operator re string textwrap types typing weakref string time".split()
)


class Unseen:
    """An object of unseen code: every operation gives something, none changes what it was given."""

    def __init__(self, adversary: Adversary) -> None:
        object.__setattr__(self, "_adversary", adversary)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._adversary.function(name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._adversary.call(args, kwargs)

    def __bool__(self) -> bool:
        return bool(self._adversary.random.random() < 0.5)

    def __len__(self) -> int:
        return int(self._adversary.random.randrange(4))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._adversary.items())

    def __getitem__(self, key: Any) -> Any:
        return self._adversary.fresh()

    def __setitem__(self, key: Any, value: Any) -> None:
        self._adversary.keep(value)

    def __add__(self, other: Any) -> Any:
        return self._adversary.fresh()

    __radd__ = __sub__ = __mul__ = __rmul__ = __mod__ = __add__

    def __lt__(self, other: Any) -> bool:
        return bool(self)

    __gt__ = __le__ = __ge__ = __contains__ = __lt__

    def __enter__(self) -> Any:
        return self._adversary.result(())

    def __exit__(self, *error: Any) -> bool:
        return bool(self)


class Adversary:
    """The mind behind `unseen_module` in one execution."""

    def __init__(self, rng: random.Random, stop: type[BaseException]) -> None:
        self.random = rng
        self.stop = stop  # what ends an execution passes through
        self.kept: list[Any] = []
        self.functions: dict[str, Any] = {}
        self.depth = 0
        self.count_step: Callable[[], object] = int  # set by who counts steps

    def function(self, name: str) -> Any:
        """Return a function of unseen code, or a class whose methods are."""
        if name not in self.functions:
            if name[:1].isupper():
                self.functions[name] = self.base(name)
            else:

                def unseen(*args: Any, **kwargs: Any) -> Any:
                    result = self.call(args, kwargs)
                    if name == "context":  # used as one
                        return Unseen(self)
                    return self.items() if name == "items" else result

                unseen.__name__ = unseen.__qualname__ = name
                self.functions[name] = unseen
        return self.functions[name]

    def base(self, name: str) -> type:
        def construct(own: Any, *args: Any, **kwargs: Any) -> None:
            self.keep(own)
            if self.random.random() < 0.5:
                own.items = self.random.choice([[], {}, 3, list(args)])
            self.call(args, kwargs)

        def method(own: Any, *args: Any, **kwargs: Any) -> Any:
            return self.call((own, *args), kwargs)

        return type(name, (), {"__init__": construct, "update": method, "run": method})

    def keep(self, x: Any) -> None:
        if not isinstance(x, int | str | float | None):
            self.kept.append(x)

    def call(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        self.count_step()
        given = [*args, *kwargs.values()]
        chance = self.random.random
        self.depth += 1
        try:
            if self.depth < 4:
                if given and chance() < 0.55:
                    self.change(given)
                if self.kept and chance() < 0.5:
                    self.change(self.kept)
                if chance() < 0.6:
                    self.call_back([*given, *self.kept[-3:]])
            for x in given:
                if chance() < 0.6:
                    self.keep(x)
            if chance() < 0.03:
                raise self.random.choice([ValueError, KeyError, RuntimeError, TypeError])("unseen")
            return self.result(given)
        finally:
            self.depth -= 1

    def items(self) -> list[Any]:
        return [self.fresh() for _ in range(self.random.randrange(4))]

    def fresh(self) -> Any:
        """Return a value that the program has not had before, most often a number."""
        match self.random.randrange(12):
            case 0:
                return self.random.choice(WORDS)
            case 1:
                return None
            case 2:
                return [self.random.randrange(5) for _ in range(self.random.randrange(4))]
            case 3:
                return {self.random.choice(KEYS): self.random.randrange(5)}
            case 4:
                return self.random.random() < 0.5
            case 5:
                return Unseen(self)
            case _:
                return self.random.randrange(8)

    def result(self, given: Any) -> Any:
        chance = self.random.random()
        if given and chance < 0.3:
            return self.random.choice(given)
        if chance < 0.5 and (found := self.reachable([*given, *self.kept])):
            return self.random.choice(found)
        return self.fresh()

    def reachable(self, roots: Any) -> list[Any]:
        """Return the mutable objects that can be reached by ordinary access."""
        found: list[Any] = []
        seen: set[int] = set()
        left = list(roots)
        while left and len(found) < 40:
            x = left.pop()
            if id(x) in seen or x is None or isinstance(x, int | str | float | type):
                continue
            seen.add(id(x))
            if isinstance(x, dict):
                found.append(x)
                left.extend(x.values())
            elif isinstance(x, list | set | tuple | frozenset | collections.deque):
                left.extend(x)
                if not isinstance(x, tuple | frozenset):
                    found.append(x)
            elif isinstance(x, types.MethodType):
                left.append(x.__self__)
            elif type(x).__module__ == "__main__" and hasattr(x, "__dict__"):
                found.append(x)
                left.extend(vars(x).values())
        return found

    def change(self, roots: Any) -> None:
        found = self.reachable(roots)
        classes = [x for x in roots if isinstance(x, type) and x.__module__ == "__main__"]
        if classes and self.random.random() < 0.3:
            setattr(classes[0], self.random.choice(["items", "count", "limit"]), self.fresh())
        for _ in range(self.random.randrange(1, 3)):
            if not found:
                return
            x = self.random.choice(found)
            value = self.random.choice(found) if self.random.random() < 0.15 else self.fresh()
            try:
                self.change_one(x, value)
            except self.stop:
                raise
            except Exception:  # noqa: BLE001 (unhashable, frozen, refused by the program: not changed)
                continue

    def change_one(self, x: Any, value: Any) -> None:
        pick = self.random.randrange(6)
        if isinstance(x, list | collections.deque):
            actions: list[Callable[[], object]] = [
                lambda: x.append(value),
                x.clear,
                x.pop,
                lambda: x.insert(0, value),
                lambda: x.__setitem__(0, value),
                x.reverse,
            ]
        elif isinstance(x, dict):
            key = self.random.choice([*x, *KEYS])
            actions = [
                lambda: x.__setitem__(key, value),
                lambda: x.pop(key),
                x.clear,
                x.popitem,
                lambda: x.update(new=value),
                lambda: x.__setitem__(self.random.choice(KEYS), value),
            ]
        elif isinstance(x, set):
            actions = [lambda: x.add(value), x.clear, x.pop] * 2
        else:
            names = [*vars(x), "count", "extra"]
            name = self.random.choice(names)
            actions = [lambda: setattr(x, name, value)] * 3
            actions += [lambda: delattr(x, name), lambda: self.method(x), lambda: self.method(x)]
        actions[pick]()

    def method(self, x: Any) -> None:
        names = [n for n in dir(type(x)) if n[:1] != "_" and callable(getattr(type(x), n))]
        if names:
            getattr(x, self.random.choice(names))(*self.items()[:1])

    def call_back(self, found: list[Any]) -> None:
        functions = [
            x
            for x in found
            if isinstance(x, types.FunctionType | types.MethodType) or hasattr(x, "func")
        ]
        if not functions:
            return
        function = self.random.choice(functions)
        for _ in range(self.random.randrange(1, 3)):
            try:
                self.keep(function(*self.items()[:2]))
            except self.stop:
                raise
            except Exception:
                if self.random.random() < 0.1:
                    raise


class UnseenModule(types.ModuleType):
    """A module that cannot be found when the program is read."""

    adversary: Adversary

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.adversary.function(name)


class Inputs:
    """The inputs of one execution, as builtins of the program."""

    def __init__(self, rng: random.Random, stop: type[BaseException]) -> None:
        self.random = rng
        self.adversary = Adversary(rng, stop)
        self.modules: dict[str, types.ModuleType] = {}

    def text(self) -> str:
        return self.random.choice(TYPED)

    def structure(self, depth: int = 2) -> Any:
        """Return what a JSON file can hold."""
        pick = self.random.randrange(7 if depth else 4)
        if pick > 4:
            return {
                self.random.choice(["a", "b", "key"]): self.structure(depth - 1)
                for _ in range(self.random.randrange(4))
            }
        if pick == 4:
            return [self.structure(depth - 1) for _ in range(self.random.randrange(4))]
        return (self.random.choice(WORDS), None, self.random.random() < 0.5, 3)[pick]

    def open(self, path: Any = "", *_: Any, **__: Any) -> io.StringIO:
        if self.random.random() < 0.08:
            raise FileNotFoundError(2, "No such file", path)
        lines = [self.random.choice(WORDS) for _ in range(self.random.randrange(5))]
        return io.StringIO("\n".join(lines))

    def module(self, name: str) -> types.ModuleType:
        if name not in self.modules:
            self.modules[name] = self.make_module(name)
        return self.modules[name]

    def make_module(self, name: str) -> types.ModuleType:
        rng = self.random
        if name == "unseen_module":
            unseen = UnseenModule(name)
            unseen.adversary = self.adversary
            return unseen
        module = types.ModuleType(name)
        match name:
            case "random":
                for function in "random randint randrange choice shuffle sample uniform".split():
                    setattr(module, function, getattr(rng, function))
                module.seed = lambda *_: None  # type: ignore[attr-defined]
            case "sys":
                words = [rng.choice(WORDS) for _ in range(rng.randrange(4))]
                module.__dict__.update(
                    argv=["program.py", *words], exit=sys.exit, maxsize=2**63 - 1
                )
            case "os":
                names = [n for n in ("A", "B", "HOME", "MODE") if rng.random() < 0.5]
                environ = {n: rng.choice(WORDS) for n in names}
                module.__dict__.update(
                    environ=environ,
                    getenv=environ.get,
                    path=os.path,
                    sep=os.sep,
                    listdir=lambda *_: [rng.choice(WORDS) for _ in range(rng.randrange(4))],
                )
            case "json":
                module.__dict__.update(
                    load=lambda *_: self.structure(),
                    loads=json.loads,
                    dumps=json.dumps,
                    JSONDecodeError=json.JSONDecodeError,
                )
            case _:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return module

    def import_module(
        self, name: str, _: Any = None, __: Any = None, names: Any = (), *___: Any
    ) -> Any:
        if name in REAL or name == "os.path":
            return importlib.import_module(name.split(".")[0]) if not names else _real(name)
        return self.module(name)

    def builtins(self) -> dict[str, Any]:
        return {
            **vars(builtins),
            "input": lambda *_: self.text(),
            "open": self.open,
            "print": lambda *_, **__: None,
            "__import__": self.import_module,
        }


def _real(name: str) -> types.ModuleType:
    return importlib.import_module(name)
