"""Defaults, closures, arguments, generators, decorators, recursion."""

TRAPS = """
### mutable default
def f(x, acc=[]):
    acc.append(x)
    return acc
f(1)
a = f(2)
probe(1)  # naive: a = [2]

### mutable default that escapes
def f(acc=[]):
    probe(1)  # naive: acc = []
    return acc
f().append(1)
f()

### default is evaluated once
n = 1
def f(x=n):
    probe(1)  # naive: x = 2
    return x
n = 2
y = f()
probe(2)  # naive: y = 2

### default is an object of the program
a = [1]
def f(x=a):
    x.append(2)
f()
probe(1)  # naive: a = [1]

### keyword-only default
def f(*, acc={}):
    acc[len(acc)] = 1
    return len(acc)
f()
n = f()
probe(1)  # naive: n = 1

### argument is changed
def f(x):
    x.append(1)
a = []
f(a)
probe(1)  # naive: a = []

### parameter is only a name
def f(x):
    x = [1]
a = []
f(a)
probe(1)  # naive: a = [1]

### result is the argument
def f(x):
    return x
a = []
f(a).append(1)
probe(1)  # naive: a = []

### star arguments are a new tuple of the same objects
def f(*args):
    args[0].append(1)
a = [[], []]
f(*a)
probe(1)  # naive: a = [[], []]

### double star makes a new dict
def f(**options):
    options["b"] = 2
d = {"a": 1}
f(**d)
probe(1)  # naive: d = {"a": 1, "b": 2}

### closure reads the latest value
n = 1
def f():
    return n
n = 2
x = f()
probe(1)  # naive: x = 1

### closures in a loop share the variable
fs = []
for i in range(3):
    fs.append(lambda: i)
x = [f() for f in fs]
probe(1)  # naive: x = [0, 1, 2]

### closures in a loop with a default
fs = [lambda i=i: i for i in range(3)]
x = [f() for f in fs]
probe(1)  # naive: x = [2, 2, 2]

### nonlocal
def make():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
step = make()
step()
x = step()
other = make()()
probe(1)  # naive: x = 1; other = 3

### two closures share a cell
def make():
    a = []
    def put(x):
        a.append(x)
    def get():
        return a
    return put, get
put, get = make()
put(1)
x = get()
probe(1)  # naive: x = []

### global in a function that is called later
n = 1
def f():
    global n
    n = 2
probe(1)  # naive: n = 2
f()
probe(2)  # naive: n = 1

### global that a function makes
def f():
    global made
    made = [1]
f()
made.append(2)
probe(1)  # naive: made = [1]

### local of the same name as a global
n = 1
def f():
    n = 5
    return n
f()
probe(1)  # naive: n = 5

### local that is assigned only in a branch not taken
n = 1
def f():
    if not n:
        n = 2
    return n
try:
    f()
    x = "ended"
except UnboundLocalError:
    x = "unbound"
probe(1)  # naive: x = "ended"

### comprehension variable is its own
i = 5
x = [i for i in range(3)]
probe(1)  # naive: i = 2

### walrus in a comprehension is outside
x = [(last := i) for i in range(3)]
probe(1)  # naive: last = 0

### loop variable stays
for i in range(3):
    pass
probe(1)  # naive: i = 3

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

### bound method holds its object
a = []
put = a.append
a = [5]
put(1)
probe(1)  # naive: a = [5, 1]

### function attributes
def f():
    f.count += 1
f.count = 0
f()
n = f.count
probe(1)  # naive: n = 0

### function is defined again
def f():
    return 1
g = f
def f():
    return 2
x = g() + f()
probe(1)  # naive: x = 4

### recursion changes a shared list
def walk(n, path=[]):
    path.append(n)
    if n:
        walk(n - 1)
    return path
x = walk(2)
probe(1)  # naive: x = [2]

### recursion with copies
def walk(n, path):
    path = path + [n]
    if n:
        walk(n - 1, path)
    probe(1)  # naive: path = [1]
walk(1, [])

### order of arguments
log = []
def note(x):
    log.append(x)
    return x
(lambda **k: None)(b=note(1), a=note(2))
probe(1)  # naive: log = [2, 1]

### an argument changes another one
a = []
def f(x, n):
    probe(1)  # naive: x = []
f(a, a.append(1))

### reduce over a growing list
import functools
a = [1, 2]
x = functools.reduce(lambda acc, i: acc + [i], a, [])
x.append(3)
probe(1)  # naive: a = [1, 2, 3]

### sorted calls its key
log = []
sorted([1, 2], key=lambda i: log.append(i) or i)
probe(1)  # naive: log = []

### any stops early
log = []
any(log.append(i) or i > 0 for i in range(4))
probe(1)  # naive: log = [0, 1, 2, 3]

### lambda default is evaluated at its definition
a = [1]
f = lambda x=a: x
a = [2]
x = f()
probe(1)  # naive: x = [2]

### filter with None
x = list(filter(None, [0, 1, "", [], [0]]))
probe(1)  # naive: x = [1]

### a callback that is kept
kept = []
def register(f):
    kept.append(f)
n = 0
def bump():
    global n
    n += 1
register(bump)
probe(1)  # naive: n = 1
for f in kept:
    f()
probe(2)  # naive: n = 0
"""
