"""Generators, decorators, partial and cached functions."""

TRAPS = """
### generator starts at the first next
log = []
def g():
    log.append(1)
    yield 1
it = g()
probe(1)  # naive: log = [1]
next(it)
probe(2)  # naive: log = []

### generator holds a reference
def g(a):
    while True:
        a.append(1)
        yield
a = []
it = g(a)
next(it)
next(it)
probe(1)  # naive: a = [1]

### generator is run by its consumer
a = []
def g():
    for i in range(3):
        a.append(i)
        yield i
for x in g():
    if x == 1:
        break
probe(1)  # naive: a = [0, 1, 2]

### generator gives the same list again
def g():
    row = []
    for i in range(3):
        row.append(i)
        yield row
x = list(g())
probe(1)  # naive: x = [[0], [0, 1], [0, 1, 2]]

### send
def g():
    got = yield 1
    probe(1)  # naive: got = None
    yield got
it = g()
next(it)
x = it.send(5)
probe(2)  # naive: x = None

### closing a generator runs its finally
log = []
def g():
    try:
        yield 1
    finally:
        log.append("closed")
it = g()
next(it)
it.close()
probe(1)  # naive: log = []

### yield from gives the result
def inner():
    yield 1
    return 7
def outer():
    x = yield from inner()
    probe(1)  # naive: x = 1
list(outer())

### lru_cache gives the same object
import functools
@functools.lru_cache(None)
def f(n):
    return [n]
f(1).append(2)
x = f(1)
probe(1)  # naive: x = [1]

### lru_cache calls once
import functools
calls = []
@functools.lru_cache(None)
def f(n):
    calls.append(n)
f(1)
f(1)
probe(1)  # naive: calls = [1, 1]

### decorator changes arguments
def more(f):
    def wrapper(a):
        a.append(9)
        return f(a)
    return wrapper
@more
def f(a):
    probe(1)  # naive: a = [1]
    return len(a)
n = f([1])
probe(2)  # naive: n = 1

### decorator replaces the function
def answer(f):
    return 42
@answer
def f():
    return 1
probe(1)  # naive: f = 1

### decorator keeps functions
registry = {}
def register(f):
    registry[f.__name__] = f
    return f
@register
def f():
    return 1
n = len(registry)
probe(1)  # naive: n = 0

### decorators are applied from below
log = []
def mark(x):
    def decorate(f):
        log.append(x)
        return f
    return decorate
@mark(1)
@mark(2)
def f(): pass
probe(1)  # naive: log = [1, 2]

### partial holds a list
import functools
a = []
put = functools.partial(list.append, a)
put(1)
probe(1)  # naive: a = []

### reduce over a growing list
import functools
a = [1, 2]
x = functools.reduce(lambda acc, i: acc + [i], a, [])
x.append(3)
probe(1)  # naive: a = [1, 2, 3]
"""
