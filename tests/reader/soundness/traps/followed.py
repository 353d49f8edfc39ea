"""What the project's own reader once took to be so."""

TRAPS = """
### zip takes from an iterator
it = iter([1, 2, 3, 4])
for pair in zip(it, input() + "a"):
    pass
rest = list(it)
probe(1)  # naive: rest = [1, 2, 3, 4]

### nan is in its list
x = float("nan")
held = x in [x]
probe(1)  # naive: held = False

### a list grows while it is extended
x = [0]
x.extend(len(x) for _ in range(3))
probe(1)  # naive: x = [0, 1, 1, 1]

### a list is empty while it is sorted
x = [2, 1]
seen = []
x.sort(key=lambda item: seen.append(len(x)) or item)
probe(1)  # naive: seen = [2, 2]

### a comprehension of unknown length makes several lists
import random
xs = [[] for _ in range(random.randint(2, 4))]
xs[0].append(1)
y = len(xs[-1])
probe(1)  # naive: y = 1

### a key that a Counter does not have
import collections
x = collections.Counter("a")[input()]
probe(1)  # naive: x = 1

### an object looks for itself in an unknown list
class A:
    def __init__(self):
        self.log = []
    def __eq__(self, other):
        self.log.append("eq")
        return False
a = A()
found = a in [1, *input()]
log = a.log
probe(1)  # naive: log = []

### a comprehension binds the name of a nonlocal
def f():
    x = 0
    def g():
        nonlocal x
        y = [x for x in [1, 2]]
    g()
    probe(1)  # naive: x = 2
f()

### a global between two functions
a = 1
def f(a):
    def g():
        global a
        return a
    x = g()
    probe(1)  # naive: x = 2
f(2)

### a dataclass is initialized by its subclass
import dataclasses
@dataclasses.dataclass
class A:
    count: int = 3
class B(A):
    def __init__(self):
        self.count = 1
        super().__init__()
x = B().count
probe(1)  # naive: x = 1

### an attribute that is set on one path
import random
class A:
    x = 0
a = A()
if random.random() < 0.5:
    a.x = 1
y = a.x
probe(1)  # naive: y = 1
"""
