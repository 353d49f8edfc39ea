"""Defaults, closures, arguments, recursion."""

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

### filter calls its function on each item, whatever it returned for the first
def f(*args):
    probe(1)  # naive: args = (0,)
    return int
x = list(filter(f, [0, 5, 1]))

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
