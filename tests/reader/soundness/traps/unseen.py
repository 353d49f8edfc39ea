"""Code and data that nobody sees: what it can reach it may change."""

TRAPS = """
### unseen code changes what it is given
import unseen_module
a = [1]
unseen_module.change(a)
probe(1)  # naive: a = [1]

### unseen code changes what is inside
import unseen_module
a = []
d = {"a": [a]}
unseen_module.change(d)
probe(1)  # naive: a = []

### unseen code keeps what it is given
import unseen_module
a = []
unseen_module.keep(a)
a.clear()
a.append(5)
unseen_module.run()
probe(1)  # naive: a = [5]

### unseen code changes what a kept list gets later
import unseen_module
a = []
b = [1]
unseen_module.keep(a)
a.append(b)
unseen_module.run()
probe(1)  # naive: b = [1]

### unseen code calls back
import unseen_module
n = 0
def f(*_):
    global n
    n += 1
unseen_module.call(f)
probe(1)  # naive: n = 0; n = 1

### unseen code calls a bound method
import unseen_module
class C:
    def __init__(self):
        self.n = 0
    def bump(self, *_):
        self.n = "bumped"
c = C()
unseen_module.call(c.bump)
x = c.n
probe(1)  # naive: x = 0

### unseen code changes an instance
import unseen_module
class C:
    def __init__(self):
        self.n = 0
c = C()
unseen_module.change(c)
x = getattr(c, "n", None)
probe(1)  # naive: x = 0

### unseen code gives back what it was given
import unseen_module
a = [[1]]
b = unseen_module.make(a)
if isinstance(b, list):
    b.append(9)
n = len(a)
probe(1)  # naive: n = 1

### unseen base class
import unseen_module
class C(unseen_module.Base):
    def __init__(self, a):
        self.a = a
        super().__init__(a)
a = [1]
c = C(a)
probe(1)  # naive: a = [1]

### an attribute of an unseen module is assigned
import unseen_module
a = [1]
unseen_module.state = [a]
a = a + [2]
x = unseen_module.state
unseen_module.change(x)
y = x[0] if x else None
probe(1)  # naive: y = [1, 2]; y = [1]

### unseen decorator
import unseen_module
@unseen_module.wrap
def f():
    return 1
try:
    x = f()
except TypeError:
    x = None
probe(1)  # naive: x = 1

### json gives anything
import json
d = json.load(open("a.json"))
n = len(d) if isinstance(d, dict) else 0
probe(1)  # naive: n = 0
"""
