"""Conditions, loops, exceptions, contexts, patterns."""

TRAPS = """
### both branches
import random
a = []
if random.random() < 0.5:
    a.append(1)
probe(1)  # naive: a = []

### only one branch is an alias
import random
a = [1]
b = a if random.random() < 0.5 else [1]
b.append(2)
probe(1)  # naive: a = [1]

### the same condition twice
import random
coin = random.random() < 0.5
x = 1 if coin else 2
coin = not coin
y = 1 if coin else 2
probe(1)  # naive: x = 1; y = 1

### unknown rounds
a = []
for i in range(len(open("f").read())):
    a.append(i)
n = len(a)
probe(1)  # naive: n = 0; a = []

### no round at all
import sys
x = 0
for x in sys.argv[1:]:
    x = 5
probe(1)  # naive: x = 5

### the state before and after one round
import random
a, b = 1, 2
for _ in range(random.randint(0, 3)):
    a, b = b, a
probe(1)  # naive: a = 1; b = 2

### three rounds until all is seen
import random
a = b = c = 0
while random.random() < 0.8:
    c = b
    b = a
    a = 1
    probe(1)  # naive: c = 0
probe(2)  # naive: c = 0

### else of a loop with break
import random
x = "none"
for i in range(3):
    if random.random() < 0.3:
        break
else:
    x = "all"
probe(1)  # naive: x = "all"

### else of an empty loop runs
x = "none"
for i in []:
    x = "round"
else:
    x += " else"
probe(1)  # naive: x = "none"

### continue leaves the rest out
a = []
for i in range(4):
    if i % 2:
        continue
    a.append(i)
probe(1)  # naive: a = [0, 1, 2, 3]

### break out of the inner loop only
a = []
for i in range(2):
    for j in range(5):
        if j == 1:
            break
    a.append(j)
probe(1)  # naive: a = [1]

### the condition of while changes the list
a = [1, 2, 3]
while a.pop() > 1:
    pass
probe(1)  # naive: a = [1]

### loop over a list that is replaced
a = [1, 2]
for x in a:
    a = [9]
probe(1)  # naive: x = 9

### loop target is an item
a = [0, 0]
for a[0] in range(3):
    pass
probe(1)  # naive: a = [0, 0]

### loop target is an attribute
class C: pass
c = C()
for c.n in (1, 2):
    pass
x = c.n
probe(1)  # naive: x = 1

### an exception half way
d = {}
a = []
try:
    a.append(1)
    d[input()]
    a.append(2)
except KeyError:
    probe(1)  # naive: a = []
probe(2)  # naive: a = [1, 2]

### an exception inside of an expression
a = []
try:
    x = [a.append(1), 1 // 0, a.append(2)]
except ZeroDivisionError:
    pass
probe(1)  # naive: a = []; a = [1, 2]

### an exception in a callee
a = []
def f():
    a.append(1)
    raise ValueError
try:
    f()
    a.append(2)
except ValueError:
    pass
probe(1)  # naive: a = []

### else of try
x = 0
try:
    n = int(input())
except ValueError:
    x = 1
else:
    x = 2
probe(1)  # naive: x = 0

### finally runs after return
a = []
def f():
    try:
        return len(a)
    finally:
        a.append(1)
n = f()
probe(1)  # naive: n = 1; a = []

### return in finally wins
def f():
    try:
        return 1
    finally:
        return 2
x = f()
probe(1)  # naive: x = 1

### return in finally swallows the exception
def f():
    try:
        raise ValueError
    finally:
        return 2
x = f()
probe(1)  # naive: unreachable

### the returned list is changed in finally
def f():
    a = [1]
    try:
        return a
    finally:
        a.append(2)
x = f()
probe(1)  # naive: x = [1]

### the returned number is not changed in finally
def f():
    n = 1
    try:
        return n
    finally:
        n = 2
x = f()
probe(1)  # naive: x = 2

### break in finally
n = 0
while True:
    try:
        n += 1
        raise ValueError
    finally:
        break
probe(1)  # naive: unreachable

### continue in try runs finally
a = []
for i in range(2):
    try:
        continue
    finally:
        a.append(i)
probe(1)  # naive: a = []

### the name of an exception is deleted
e = 1
try:
    raise ValueError
except ValueError as e:
    pass
try:
    e
    x = "bound"
except NameError:
    x = "unbound"
probe(1)  # naive: x = "bound"

### handlers are tried in order
try:
    {}["a"]
except LookupError:
    x = 1
except KeyError:
    x = 2
probe(1)  # naive: x = 2

### an exception carries a list
a = []
try:
    raise ValueError(a)
except ValueError as e:
    e.args[0].append(1)
probe(1)  # naive: a = []

### an exception in a handler
a = []
try:
    try:
        raise KeyError
    except KeyError:
        a.append(1)
        raise ValueError
except ValueError:
    a.append(2)
probe(1)  # naive: a = [2]

### a suppressed exception leaves the rest out
import contextlib
x = 0
with contextlib.suppress(KeyError):
    {}["a"]
    x = 1
probe(1)  # naive: x = 1; unreachable

### a context that suppresses
class Quiet:
    def __enter__(self):
        return self
    def __exit__(self, *error):
        return True
x = 0
with Quiet():
    x = 1
    raise ValueError
    x = 2
probe(1)  # naive: unreachable; x = 0

### a context changes at its exit
class Logged:
    def __init__(self, log):
        self.log = log
    def __enter__(self):
        return self.log
    def __exit__(self, *error):
        self.log.append("exit")
with Logged([]) as log:
    probe(1)  # naive: log = ["exit"]
probe(2)  # naive: log = []

### unseen context may suppress
import unseen_module
x = 0
with unseen_module.context():
    x = 1
    raise KeyError
probe(1)  # naive: unreachable

### and does not reach the right side
a = []
False and a.append(1)
True or a.append(2)
probe(1)  # naive: a = [1]

### or gives the first that is true
a = []
b = []
c = a or b
c.append(1)
probe(1)  # naive: a = [1]; b = []

### chained comparison stops
log = []
def note(x):
    log.append(x)
    return x
note(3) < note(2) < note(5)
probe(1)  # naive: log = [3, 2, 5]

### chained comparison evaluates the middle once
log = []
def note(x):
    log.append(x)
    return x
1 < note(2) < 3
probe(1)  # naive: log = [2, 2]

### only one side of a conditional expression
a = []
x = a.append(1) if 1 > 2 else 5
probe(1)  # naive: a = [1]

### walrus in a condition that is false
if (n := 0) and (m := 1):
    pass
try:
    m
    x = "bound"
except NameError:
    x = "unbound"
probe(1)  # naive: x = "bound"

### match binds before its guard
x = None
match [1, 2]:
    case [x, y] if y > 5:
        pass
    case _:
        pass
probe(1)  # naive: x = None

### match of a list does not copy it
a = [[1], 2]
match a:
    case [first, _]:
        first.append(3)
probe(1)  # naive: a = [[1], 2]

### match of the rest is a new list
a = [1, 2, 3]
match a:
    case [_, *rest]:
        rest.append(4)
probe(1)  # naive: a = [1, 2, 3, 4]

### a name in a pattern binds
limit = 1
match 5:
    case limit:
        pass
probe(1)  # naive: limit = 1

### a mapping pattern takes larger dicts
match {"a": 1, "b": 2}:
    case {"a": x}:
        pass
    case _:
        x = 0
probe(1)  # naive: x = 0

### text is no sequence pattern
match "ab":
    case [x, y]:
        n = 1
    case _:
        n = 2
probe(1)  # naive: n = 1

### del of a name
x = 1
def f():
    return x
del x
try:
    f()
    y = 1
except NameError:
    y = 2
probe(1)  # naive: y = 1

### assert ends
a = []
try:
    assert a.append(1)
    a.append(2)
except AssertionError:
    pass
probe(1)  # naive: a = [1, 2]; a = []

### while True with one way out
import random
n = 0
while True:
    n += 1
    if random.random() < 0.4 or n > 5:
        break
probe(1)  # naive: n = 1

### an unknown return
import random
def f(a):
    if random.random() < 0.5:
        return
    a.append(1)
a = []
f(a)
probe(1)  # naive: a = [1]; a = []

### dict grows while it is iterated
d = {"a": 1}
x = "ended"
try:
    for k in d:
        d[k + "b"] = 1
except RuntimeError:
    x = "raised"
n = len(d)
probe(1)  # naive: x = "ended"; n = 1
"""
