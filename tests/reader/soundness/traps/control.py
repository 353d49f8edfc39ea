"""Conditions, loops, short circuits, patterns."""

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

### an unknown return
import random
def f(a):
    if random.random() < 0.5:
        return
    a.append(1)
a = []
f(a)
probe(1)  # naive: a = [1]; a = []
"""
