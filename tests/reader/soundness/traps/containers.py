"""Aliases, items, slices, and containers that are changed in ways that are easily missed."""

TRAPS = """
### alias
a = [1]
b = a
b.append(2)
probe(1)  # naive: a = [1]

### alias of alias in a list
a = []
rows = [a, a]
rows[0].append(1)
probe(1)  # naive: a = []; rows = [[1], []]

### repeated list holds one list
rows = [[]] * 3
rows[1].append(7)
probe(1)  # naive: rows = [[], [7], []]

### fromkeys shares its value
d = dict.fromkeys("ab", [])
d["a"].append(1)
probe(1)  # naive: d = {"a": [1], "b": []}

### augmented assignment changes in place
a = [1]
b = a
b += [2]
probe(1)  # naive: a = [1]

### plus makes a new list
a = [1]
b = a
b = b + [2]
probe(1)  # naive: a = [1, 2]

### augmented multiplication changes in place
a = [1]
b = a
b *= 2
probe(1)  # naive: a = [1]

### augmented assignment of a tuple makes a new one
a = (1,)
b = a
b += (2,)
probe(1)  # naive: a = (1, 2)

### augmented set operation changes in place
a = {1, 2}
b = a
b &= {2}
probe(1)  # naive: a = {1, 2}

### augmented union of dicts changes in place
a = {"x": 1}
b = a
b |= {"y": 2}
probe(1)  # naive: a = {"x": 1}

### augmented assignment of an item of a tuple changes and raises
t = ([1],)
try:
    t[0] += [2]
except TypeError:
    pass
a = t[0]
probe(1)  # naive: a = [1]

### shallow copy shares its items
import copy
a = [[1]]
b = copy.copy(a)
b[0].append(2)
b.append(3)
probe(1)  # naive: a = [[1]]

### slice copies share their items
a = [[1]]
b = a[:]
b[0].append(2)
probe(1)  # naive: a = [[1]]

### deepcopy keeps shared objects shared
import copy
x = []
a = copy.deepcopy([x, x])
a[0].append(1)
probe(1)  # naive: a = [[1], []]

### slice assignment
a = [1, 2, 3]
b = a
a[1:] = [9, 8, 7]
probe(1)  # naive: b = [1, 2, 3]

### slice assignment of nothing inserts
a = [1, 2]
a[1:1] = a
probe(1)  # naive: a = [1, 2]

### extended slice
a = [1, 2, 3, 4]
a[::2] = [0, 0]
probe(1)  # naive: a = [1, 2, 3, 4]

### deletion of a slice through an alias
a = [1, 2, 3]
b = a
del b[:2]
probe(1)  # naive: a = [1, 2, 3]

### deletion while iterating skips
a = [1, 1, 2]
for x in a:
    if x == 1:
        a.remove(x)
probe(1)  # naive: a = [2]

### append while iterating
a = [1]
for x in a:
    if len(a) < 4:
        a.append(x + 1)
probe(1)  # naive: a = [1, 2]

### negative index
a = [1, 2, 3]
a[-1] = 0
a[-3] = 9
probe(1)  # naive: a = [1, 2, 3]

### unknown index
import random
a = [1, 2, 3]
a[random.randrange(3)] = 0
probe(1)  # naive: a = [1, 2, 3]

### unknown key may be an old one
k = input()
d = {"1": 0, "2": 0}
d[k] = 1
n = len(d)
probe(1)  # naive: n = 3; d = {"1": 0, "2": 0}

### unknown key that is deleted
d = {"1": 0, "2": 0}
d.pop(input(), None)
n = len(d)
probe(1)  # naive: n = 2

### a key that is set again keeps its place
d = {"a": 1, "b": 2}
d["a"] = 3
x = list(d)
probe(1)  # naive: x = ["b", "a"]

### a key that is deleted and set again comes last
d = {"a": 1, "b": 2}
del d["a"]
d["a"] = 3
x = list(d)
probe(1)  # naive: x = ["a", "b"]

### True and 1 are one key
d = {1: "one"}
d[True] = "true"
probe(1)  # naive: d = {1: "one"}

### setdefault gives the stored list
d = {}
a = d.setdefault("k", [])
a.append(1)
probe(1)  # naive: d = {"k": []}

### setdefault stores what it is given
d = {}
a = []
d.setdefault("k", a)
d["k"].append(1)
probe(1)  # naive: a = []

### get does not store
d = {}
d.get("k", []).append(1)
probe(1)  # naive: d = {"k": [1]}

### defaultdict stores when it is read
import collections
d = collections.defaultdict(list)
d["k"]
n = len(d)
probe(1)  # naive: n = 0

### Counter does not store when it is read
import collections
d = collections.Counter()
d["k"]
n = len(d)
probe(1)  # naive: n = 1

### deque with a maximal length
import collections
d = collections.deque([1, 2], maxlen=2)
d.append(3)
n = len(d)
x = list(d)
probe(1)  # naive: n = 3; x = [1, 2, 3]

### popitem takes the last
d = {"a": 1, "b": 2}
k, v = d.popitem()
probe(1)  # naive: k = "a"

### views follow their dict
d = {"a": 1}
keys = d.keys()
d["b"] = 2
n = len(keys)
probe(1)  # naive: n = 1

### sort is in place and gives nothing
a = [2, 1]
b = a
x = a.sort()
probe(1)  # naive: b = [2, 1]; x = [1, 2]

### sort with a key is stable
a = ["bb", "a", "cc"]
a.sort(key=len, reverse=True)
probe(1)  # naive: a = ["cc", "bb", "a"]

### shuffle changes its argument
import random
a = [1, 2, 3]
random.shuffle(a)
probe(1)  # naive: a = [1, 2, 3]

### a list in itself
a = [1]
a.append(a)
a[1].append(2)
n = len(a)
probe(1)  # naive: n = 2

### star target makes a new list
a = [1, 2, 3]
first, *rest = a
rest.append(4)
probe(1)  # naive: a = [1, 2, 3, 4]

### unpacking gives the same objects
a = [[1], [2]]
x, y = a
x.append(5)
probe(1)  # naive: a = [[1], [2]]

### swap
a = [1]
b = [2]
a, b = b, a
a.append(3)
probe(1)  # naive: b = [1, 3]

### targets are assigned from left to right
a = [0, 0]
i = 0
i, a[i] = 1, 5
probe(1)  # naive: a = [5, 0]

### chained targets share one object
a = b = []
a.append(1)
probe(1)  # naive: b = []

### chained targets go from left to right
a = [1, 2]
i = 5
i = a[i] = 0
probe(1)  # naive: a = [1, 2]

### extend with itself
a = [1, 2]
a.extend(a)
probe(1)  # naive: a = [1, 2, 1]

### the empty slice of a copy
a = [1]
a[:].append(2)
probe(1)  # naive: a = [1, 2]

### zip stops at the shortest and takes one more
it = iter([1, 2, 3])
x = list(zip(it, [0]))
y = list(it)
probe(1)  # naive: y = [2, 3]

### an iterator is used up
it = map(str, [1, 2])
a = list(it)
b = list(it)
probe(1)  # naive: b = ["1", "2"]

### two names of one iterator
it = iter([1, 2, 3])
other = it
next(other)
x = next(it)
probe(1)  # naive: x = 1

### iterators are lazy
a = [1]
it = (i for i in a)
a.append(2)
x = list(it)
probe(1)  # naive: x = [1]

### map calls when it is consumed
log = []
it = map(log.append, [1, 2])
probe(1)  # naive: log = [1, 2]
list(it)
probe(2)  # naive: log = []

### in consumes an iterator
it = iter([1, 2, 3])
1 in it
x = list(it)
probe(1)  # naive: x = [1, 2, 3]

### sum of an unknown part of a list
a = [1, 2, 3]
del a[int(random() * 3) if (random := __import__("random").random) else 0]
x = sum(a)
probe(1)  # naive: x = 6

### vars is the instance's own dict
class C: pass
c = C()
vars(c)["n"] = 1
c.n += 1
x = vars(c)
probe(1)  # naive: x = {"n": 1}
"""
