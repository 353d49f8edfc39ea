"""Exceptions, `finally`, contexts: what is left out and what runs all the same."""

TRAPS = """
### else of a loop with break
import random
x = "none"
for i in range(3):
    if random.random() < 0.3:
        break
else:
    x = "all"
probe(1)  # naive: x = "all"

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

### walrus in a condition that is false
if (n := 0) and (m := 1):
    pass
try:
    m
    x = "bound"
except NameError:
    x = "unbound"
probe(1)  # naive: x = "bound"

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
