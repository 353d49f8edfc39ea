"""Sequences of statements that random choice writes too rarely: sharing, then a change.

`$last:kind` is the name of that kind that was assigned last.
"""

from __future__ import annotations

MOTIFS = """
## 3
$new:list = $place:list
if len($last:list) < 6:
    $last:list *= $tiny

## 3
$new:list = []
for $new:int in range($int):
    $last:list.append($int)
    $loop

## 2
$new:list = []
for $new:text in open('words.txt'):
    $last:list.append(len($last:text))
$new:int = len($last:list)

## 2
$new:gen = (i for i in $place:list)
$place:list.append($int)
$new:list = list($last:gen)

## 2
$new:list = $place:list
$place:rows.append($last:list)
$last:list += $list[:3]

## 3
$new:list = $list
$new:fn = lambda i: $last:list.append(i) or i
$last:list = $list
$last:fn($int)

## 4
if $bool:
    $new:list = $place:list
else:
    $last:list = $place:list[:]
$last:list.append($int)

## 3
$new:list = $place:list if $bool else $place:list
$last:list.append($int)

## 2
try:
    $place:list.append($int)
    $new:int = $dict[$text]
    $place:list.clear()
except LookupError:
    $block

## 2
for $new:text in $text:
    $place:dict[$last:text] = $int
    $place:groups.setdefault($last:text, $place:list).append($int)

## 2
$new:dict = $place:dict
for $new:text in list($last:dict):
    if $bool:
        del $last:dict[$last:text]

## 2
$new:dict = $place:dict
$new:text = input()
$last:dict[$last:text] = $int
$new:int = $last:dict[$key]

## 2
$new:rows = []
$new:list = []
for $new:int in $list:
    $last:list.append($int)
    $last:rows.append($last:list)

## 2
$new:rows = []
for $new:int in $list:
    $new:list = [$int]
    $last:rows.append($last:list)
$last:list.append($int)

## 2
$new:any = [lambda: $last:list for i in range(2)]
$own:list = $list
$new:list = $last:any[0]()

## 1
$new:any = []
for $new:int in range(3):
    $last:any.append(lambda: $last:int)
$new:list = [f() for f in $last:any]

## 3
unseen_module.keep($shared)
$place:list.append($int)
unseen_module.run()

## 2
$new:list = $list
unseen_module.keep($last:list)
$new:rows = [$last:list, $list]
unseen_module.run()

## 2
$new:list = $list
$new:any = unseen_module.make($last:list)
$last:list.append($int)
unseen_module.change($last:any)

## 2
$new:rows = [$place:list, $place:list]
for $new:list in $last:rows:
    $last:list.append($int)

## 2
$new:int = 0
while $last:int < $number:
    $last:int += 1
    $loop

## 2
$new:int = 0
for $new:list in $rows:
    $own:int += len($last:list)
    if $bool:
        break
else:
    $own:int += 1

## 2
$new:groups = collections.defaultdict(list)
for $new:int in $list:
    $last:groups[$last:int % 2].append($last:int)

## 1
$new:dict = collections.Counter()
for $new:text in $text:
    $last:dict[$last:text] += 1
$last:dict.update($last:dict)

## 2
$new:list = $place:list
del $last:list[$small:]
$last:list.extend($list[:3])

## 2
$new:list, $new:int = $place:list, $int
$last:list[:] = [$last:int] * $tiny
$last:int += 1

## 1
$new:gen = iter($place:list)
$new:int = next($last:gen, 0)
$place:list.clear()
$new:list = list($last:gen)

## 1
def peek(*rows, **named):
    rows[0].append(len(rows))
    named.clear()
    return rows[-1]
$new:list = peek($place:list, $place:list, a=$int)
$last:list.append($int)

## 2
def step(acc=$place:list, *, most={}):
    acc.append(len(most))
    most[len(most)] = acc
    return most
step()
$new:dict = step()

## 1
def counter():
    n, seen = 0, []
    def bump():
        nonlocal n
        n += 1
        seen.append(n)
        return seen
    return bump
$new:any = counter()
$last:any()
$new:list = $last:any()

## 1
def chunks(p):
    part = []
    for i in p:
        part.append(i)
        if len(part) > 1:
            yield part
            part = []
    yield part
$new:rows = list(chunks($place:list))

## 1
def both(p):
    got = yield p
    p.append(got)
    yield from iter(p)
$new:any = both($place:list)
next($last:any)
$new:int = $last:any.send($int)

## 1
def last(p):
    try:
        return p[$small]
    except IndexError:
        p.append(0)
        return None
    finally:
        p.append(1)
$new:any = last($place:list)

## 1
class Shelf:
    items = $place:list
    def __init__(self, more=[]):
        self.more = more
    @classmethod
    def reset(cls):
        cls.items = []
    @property
    def size(self):
        return len(self.items) + len(self.more)
    @size.setter
    def size(self, n):
        del self.items[n:]
$new:any = Shelf()
$last:any.more.append($int)
Shelf.items.append($int)
$new:int = Shelf().size
$last:any.size = $small
if $bool:
    Shelf.reset()
$new:list = $last:any.items

## 1
class Bag(list):
    def append(self, x):
        super().append(x)
        super().append(0)
    def __iadd__(self, other):
        self.append(len(other))
        return self
$new:list = Bag($place:list)
$last:list.append($int)
$own:list += $list

## 1
class Lazy(dict):
    def __missing__(self, key):
        self[key] = len(self)
        return self[key]
$new:dict = Lazy($dict)
$new:int = $last:dict[$text]

## 1
class Cell:
    __slots__ = ('value', 'log')
    def __init__(self, value, log=[]):
        self.value, self.log = value, log
    def __call__(self, n=1):
        self.log.append(self.value)
        self.value += n
        return self
    def __eq__(self, other):
        self.log.append('eq')
        return True
    __hash__ = None
$new:any = Cell($int)
$last:any()($int)
$new:bool = $last:any in $list
$new:list = Cell(0).log

## 1
class Base:
    made = []
    def __init_subclass__(cls):
        Base.made.append(cls.__name__)
    def run(self):
        return self.hook([])
    def hook(self, p):
        return p
class Derived(Base):
    def hook(self, p):
        p.append($int)
        return super().hook(p) + $list[:2]
$new:list = Derived().run()
$new:any = Base.made
"""
