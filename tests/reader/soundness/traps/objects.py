"""Classes, attributes, inheritance, data classes, enums."""

TRAPS = """
### a class attribute is shared
class C:
    items = []
a, b = C(), C()
a.items.append(1)
x = b.items
probe(1)  # naive: x = []

### assignment hides the class attribute
class C:
    n = 1
a, b = C(), C()
a.n = 2
x = b.n
probe(1)  # naive: x = 2

### augmented assignment of a class attribute through an instance
class C:
    n = 1
    items = []
a = C()
a.n += 1
a.items += [1]
x, y = C.n, C.items
probe(1)  # naive: x = 2; y = []

### class attribute is changed later
class C:
    n = 1
a = C()
C.n = 5
x = a.n
probe(1)  # naive: x = 1

### subclass sees a change of its base
class A:
    n = 1
class B(A):
    pass
A.n = 2
x = B.n
B.n = 3
y = A.n
probe(1)  # naive: x = 1; y = 3

### class body runs once, from above
n = 1
class C:
    n = n + 1
    m = n
n = 7
x = C.m
probe(1)  # naive: x = 1; x = 8

### class body is no scope for methods
n = 1
class C:
    n = 2
    def f(self):
        return n
x = C().f()
probe(1)  # naive: x = 2

### comprehension in a class body
n = 1
class C:
    n = 2
    x = [n for _ in range(2)]
y = C.x
probe(1)  # naive: y = [2, 2]

### constructor keeps its argument
class C:
    def __init__(self, items):
        self.items = items
a = []
c = C(a)
c.items.append(1)
probe(1)  # naive: a = []

### two instances share an argument
class C:
    def __init__(self, items=[]):
        self.items = items
a, b = C(), C()
a.items.append(1)
x = b.items
probe(1)  # naive: x = []

### property computes anew
class C:
    def __init__(self):
        self.n = 1
    @property
    def double(self):
        return self.n * 2
c = C()
c.n = 4
x = c.double
probe(1)  # naive: x = 2

### property changes when it is read
class C:
    n = 0
    @property
    def next(self):
        self.n += 1
        return self.n
c = C()
c.next
x = c.next
probe(1)  # naive: x = 1

### setter
class C:
    @property
    def n(self):
        return self._n
    @n.setter
    def n(self, value):
        self._n = value * 2
c = C()
c.n = 3
x = c.n
probe(1)  # naive: x = 3

### setattr of the class
class C:
    def __setattr__(self, name, value):
        self.__dict__[name] = [value]
c = C()
c.n = 1
x = c.n
probe(1)  # naive: x = 1

### getattr of the class
class C:
    def __getattr__(self, name):
        self.__dict__[name] = len(name)
        return 0
c = C()
x = c.abc
y = c.abc
probe(1)  # naive: y = 0

### attributes by unknown names
class C:
    def __init__(self):
        self.a = 1
        self.b = 2
c = C()
import random
setattr(c, random.choice("ab"), 0)
x, y = c.a, c.b
probe(1)  # naive: x = 1; y = 2

### delattr shows the class attribute again
class C:
    n = 1
c = C()
c.n = 2
del c.n
x = c.n
probe(1)  # naive: x = 2

### super calls along the order of the object's class
log = []
class A:
    def f(self): log.append("A")
class B(A):
    def f(self):
        log.append("B")
        super().f()
class C(A):
    def f(self):
        log.append("C")
        super().f()
class D(B, C): pass
D().f()
probe(1)  # naive: log = ["B", "A"]

### a method that is overridden
class A:
    def __init__(self):
        self.n = self.size()
    def size(self):
        return 1
class B(A):
    def size(self):
        return 2
x = B().n
probe(1)  # naive: x = 1

### a method of one instance
class C:
    def f(self):
        return 1
a, b = C(), C()
a.f = lambda: 2
x, y = a.f(), b.f()
probe(1)  # naive: x = 1; y = 2

### a method is replaced in the class
class C:
    def f(self):
        return 1
c = C()
C.f = lambda self: 2
x = c.f()
probe(1)  # naive: x = 1

### classmethod counts for the subclass
class A:
    n = 0
    @classmethod
    def add(cls):
        cls.n += 1
class B(A): pass
B.add()
x, y = A.n, B.n
probe(1)  # naive: x = 1; y = 0

### operators of the program
class C:
    def __add__(self, other):
        return [other]
    def __bool__(self):
        return False
    def __len__(self):
        return 3
x = C() + 1
y = 1 if C() else 2
probe(1)  # naive: y = 1

### iadd of the program
class C:
    def __init__(self):
        self.n = 0
    def __iadd__(self, other):
        self.n += other
        return self
a = b = C()
a += 2
x = b.n
probe(1)  # naive: x = 0

### equality of the program
class C:
    def __eq__(self, other):
        return True
x = C() in [1, 2]
y = [1, 2].index(C())
probe(1)  # naive: x = False

### iteration of the program
class C:
    def __init__(self):
        self.left = 2
    def __iter__(self):
        return self
    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return self.left
c = C()
x = list(c)
y = list(c)
probe(1)  # naive: y = [1, 0]

### call of an object
class C:
    def __init__(self):
        self.log = []
    def __call__(self, x):
        self.log.append(x)
c = C()
list(map(c, [1, 2]))
x = c.log
probe(1)  # naive: x = []

### new gives another object
class C:
    made = None
    def __new__(cls):
        if cls.made is None:
            cls.made = super().__new__(cls)
            cls.made.items = []
        return cls.made
C().items.append(1)
x = C().items
probe(1)  # naive: x = []

### subclass of list
class Rows(list):
    def append(self, x):
        super().append([x])
r = Rows()
r.append(1)
r += [2]
x = list(r)
probe(1)  # naive: x = [1, 2]

### subclass of dict with missing
class D(dict):
    def __missing__(self, key):
        self[key] = len(self)
        return self[key]
d = D()
d["a"]
x = d["b"]
probe(1)  # naive: x = 0

### init_subclass
made = []
class A:
    def __init_subclass__(cls):
        made.append(cls.__name__)
class B(A): pass
probe(1)  # naive: made = []

### set_name and descriptors
class Field:
    def __set_name__(self, owner, name):
        self.name = name
    def __get__(self, instance, owner):
        return self.name
class C:
    first = Field()
x = C().first
probe(1)  # naive: x = None

### dataclass with a factory
import dataclasses
@dataclasses.dataclass
class C:
    n: int = 1
    items: list = dataclasses.field(default_factory=list)
a, b = C(), C(2)
a.items.append(1)
x, y = b.items, b.n
probe(1)  # naive: x = [1]; y = 1

### dataclass with a computed attribute
import dataclasses
@dataclasses.dataclass
class C:
    n: int
    m: int = dataclasses.field(init=False)
    def __post_init__(self):
        self.m = self.n + 1
        self.n = 0
x = C(4)
y = (x.n, x.m)
probe(1)  # naive: y = (4, 5)

### replace of a dataclass shares
import dataclasses
@dataclasses.dataclass
class C:
    n: int
    items: list
a = C(1, [])
b = dataclasses.replace(a, n=2)
b.items.append(5)
x = a.items
probe(1)  # naive: x = []

### enum members with one value
import enum
class E(enum.Enum):
    A = 1
    B = 1
x = E.B.name
y = len(E)
probe(1)  # naive: x = "B"; y = 2

### auto starts at one
import enum
class E(enum.IntEnum):
    A = enum.auto()
    B = enum.auto()
x = E.B + 0
probe(1)  # naive: x = 1

### named tuple is replaced
import collections
P = collections.namedtuple("P", "x y")
p = P(1, [])
q = p._replace(x=2)
q.y.append(1)
x, y = p
probe(1)  # naive: x = 2; y = []
"""
