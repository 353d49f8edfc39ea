"""How expressions are written, by the kind of their value.

Kinds: int, text, bool (conditions), list (of ints), rows (list of lists), dict (text → int),
groups (text → list), set (of ints), tuple (of ints), pair (a tuple that holds lists), deque, fn (a
callable of one int), gen (an iterator of ints), any. Sizes are kept small: loops cannot blow up.
"""

from __future__ import annotations

from tests.reader.soundness.generator.grammar import Choices, lines

EXPRESSIONS: dict[str, Choices] = {
    "int": lines("""
        10 $number
        6 ($int + $int)
        2 ($int - $int)
        2 ($int * $int % 97)
        1 ($int // ($int or 1))
        1 ($int % $number)
        1 (-$int)
        5 len($list)
        2 len($dict)
        1 len($set)
        2 len($rows)
        1 len($text)
        2 len($groups)
        5 $list[$small]
        2 $list[-1]
        2 $dict[$key]
        3 $dict.get($key, $number)
        1 $dict.setdefault($key, $int)
        1 $groups[$key][$small]
        2 $rows[$small][0]
        1 $tuple[0]
        2 sum($list)
        1 sum($int+i:int for i in $list)
        1 max($list, default=$number)
        1 min($int, $int)
        1 max($int, $int, key=$fn)
        2 ($int if $bool else $int)
        1 ($int or $int)
        1 ($bool and $int)
        6 $input
        1 abs($int)
        2 $place:list.pop()
        1 $place:list.pop(0)
        1 $place:dict.pop($key, $number)
        1 $place:deque.popleft()
        1 $list.index($small)
        1 $list.count($int)
        5 $call:int
        1 $fn($int)
        1 next($gen, $number)
        1 next(iter($list), $number)
        1 functools.reduce(lambda i, j: $int+i:int+j:int, $list, $number)
        1 int($text or 0)
        1 ord(($text + 'q')[0])
        1 (lambda i: $int+i:int)($int)
        1 (lambda i, acc=$list: acc.append(i) or len(acc))($int)
        1 ($fresh:int := $int)
        1 collections.Counter($list)[$int]
        1 operator.itemgetter(0)([*$list, 1])
        1 Color.$member.value
        1 round($int / 2)
        1 ($int ** 2 % 50)
        1 ($int & $int)
        1 ($int << 1 & 31)
        1 [$int, $int][$bool]
        1 getattr($object, 'count', $number)
        1 hash($number)
        1 int($bool)
        1 (bool($list) + $int)
    """),
    "text": lines("""
        8 $word
        2 $text.upper()
        2 ($text + $text)[:9]
        1 str($int)
        1 '%s-%d' % ($word, $int)
        1 '{}:{}'.format($int, $word)
        1 '{0}{x}'.format($word, x=$int)
        1 f'{$whole}'
        1 f'{$text_name}{$whole!r:>3}'
        1 ','.join(map(str, $list))
        1 ','.join(sorted($dict))
        1 os.environ.get('A', $word)
        1 input()
        1 $text.replace('a', $word)
        1 $text.strip()
        1 ($text if $bool else $text)
        1 $text[::-1]
        1 $text[:$small]
        2 $call:text
        1 type($list).__name__
        1 repr($int)
        1 ($text or $word)
        1 $text.partition(':')[0]
        1 next(iter($dict), $word)
        1 Color.$member.name
    """),
    "bool": lines("""
        6 random.random() < 0.5
        4 $int > $number
        3 $int == $int
        2 $int in $list
        2 $key in $dict
        2 len($list) > $small
        2 len(sys.argv) > 2
        2 $list
        1 not $dict
        2 not $bool
        1 $bool and $bool
        1 $bool or $bool
        1 0 < $int <= 3
        1 $list is $list
        1 $list == $list
        1 isinstance($var:any, list)
        1 $var:any is None
        1 $var:any
        1 hasattr($object, 'items')
        1 ($fresh:int := $int) > 1
        1 $place:list.append($int) is None
        1 any($bool+i:int for i in $list)
        1 all(i > 0 for i in $list)
        1 $text == $word
        1 $text.isdigit()
        1 1 < 2
        1 $set <= $set
        1 $call:int
        1 isinstance($object, $class)
        1 $place:list or $place:list.append($int)
        1 __name__ == '__main__'
        1 $input
    """),
    "list": lines("""
        3 []
        4 [$int, $int]
        9 [$number, $number, $number]
        2 [$int]
        4 $place:list
        2 list($list)
        1 list($set)
        1 list($gen)
        1 list($dict.values())
        1 list($deque)
        2 sorted($list)
        1 sorted($list, reverse=$bool)
        1 sorted($set, key=$fn)
        1 sorted($dict.values())
        1 $list[$small:]
        1 $list[:$small]
        1 $list[::2]
        1 $list[:]
        1 $list.copy()
        2 ($list + $list)[:9]
        3 [$int+i:int for i in $list]
        2 [i for i in $list if $bool+i:int]
        1 [$int+i:int+j:int for i in $list[:3] for j in $list[:3]]
        1 [$int+k:text for k in $dict]
        1 [$int+k:text+v:int for k, v in $dict.items()]
        1 [len(r) for r in $rows]
        1 list(map($fn, $list))
        1 list(filter($fn, $list))
        1 [i + j for i, j in zip($list, $list)]
        1 [*$list[:4], $int, *$tuple[:3]]
        1 list(range($tiny))
        1 ([$number] * $tiny)
        1 copy.copy($list)
        1 copy.deepcopy($list)
        3 $rows[$small]
        3 $groups[$key]
        1 $groups.get($key, $list)
        1 $groups.setdefault($key, $list)
        1 $place:groups.pop($key)
        1 $place:rows.pop()
        1 $pair[0]
        4 $call:list
        2 ($list if $bool else $list)
        1 ($list or $list)
        1 ($bool and $list)
        1 list(reversed($list))
        1 list(itertools.chain($list, $list))[:8]
        1 list(itertools.islice($gen, $tiny))
        1 [int(c) for c in $text if c.isdigit()]
        1 list(dict.fromkeys($list))
        1 ($fresh:list := $list)
        1 [i for i, c in enumerate($text)]
        1 list(itertools.accumulate($list))
        1 $list.__class__($list)
        1 (lambda acc=$list: acc)()
        1 getattr($object, 'items')
        1 [f() for f in [lambda: i for i in range(3)]]
        1 [(j := i) for i in $list]
    """),
    "rows": lines("""
        5 [$list, $list]
        3 [$place:list, $place:list]
        2 [[], $list, []]
        2 ([$list] * 2)
        1 [[] for i in range($tiny)]
        1 [[$int+i:int] for i in $list[:4]]
        1 [$place:list for i in range(2)]
        1 $place:rows
        1 $rows[:]
        1 list($rows)
        1 list($groups.values())
        1 copy.copy($rows)
        1 copy.deepcopy($rows)
        1 [r[:] for r in $rows]
        1 [r for r in $rows if $bool+r:list]
        1 ($rows if $bool else $rows)
        1 sorted($rows, key=len)
        1 [list(t) for t in zip($list, $list)]
        1 $call:rows
        1 list($pair)
        1 [*$rows[:3], $list]
    """),
    "dict": lines("""
        2 {}
        3 {$key: $int, $key: $int}
        9 {'a': $int, 'b': $number, 'c': $number}
        2 $place:dict
        1 dict(a=$int, c=$int)
        1 dict(zip(['a', 'b', 'c'], $list))
        1 {k: $int+k:text for k in $text}
        1 {k: v for k, v in $dict.items() if $bool+k:text+v:int}
        1 {str(i): $int+i:int for i in $list[:4]}
        1 {**$dict, $key: $int}
        1 {**$dict, **$dict}
        1 ($dict | $dict)
        1 $dict.copy()
        1 dict($dict)
        1 copy.copy($dict)
        1 dict.fromkeys('abc', $int)
        1 collections.Counter($text)
        1 collections.defaultdict(int)
        1 collections.defaultdict(int, $dict)
        1 collections.OrderedDict(a=$int, b=$int)
        1 ($dict if $bool else $dict)
        2 $call:dict
        1 dict(sorted($dict.items()))
        1 {k: len(v) for k, v in $groups.items()}
        1 vars($object)
    """),
    "groups": lines("""
        6 {'a': $list, 'b': $list, 'c': []}
        3 {'a': $place:list, 'b': $place:list}
        2 dict.fromkeys('abc', $list)
        2 collections.defaultdict(list)
        1 collections.defaultdict(list, $groups)
        1 {k: [] for k in 'abc'}
        1 {k: $place:list for k in $text}
        1 $place:groups
        1 $groups.copy()
        1 dict($groups, a=$list)
        1 copy.deepcopy($groups)
        1 {**$groups, 'c': $place:list}
        1 {k: v[:] for k, v in $groups.items()}
        1 dict(zip('ab', $rows))
        1 $call:groups
    """),
    "set": lines("""
        2 set()
        4 {$int, $int}
        2 set($list)
        1 $place:set
        1 ($set | $set)
        1 ($set & $set)
        1 $set - {$int}
        1 $set ^ $set
        1 {$int+i:int for i in $list}
        1 $set.union($list)
        1 $set.copy()
        1 frozenset($list)
        1 ($set if $bool else $set)
        1 {*$list, $int}
    """),
    "tuple": lines("""
        5 ($int, $int)
        1 ()
        1 ($int,)
        1 tuple($list)
        1 $tuple + ($int,)
        1 Point($int, $int)
        1 Point(x=$int, y=$int)
        1 Point($int, $int)._replace(x=$int)
        1 tuple(i for i in $list)
        1 divmod($int, $int)
        1 (*$list, $int)
    """),
    "pair": lines("""
        4 ($list, $list)
        2 ($place:list, $place:list)
        1 ($list, $place:list)
        1 tuple([$list, $list])
        1 next(zip($rows, $rows))
    """),
    "deque": lines("""
        2 collections.deque()
        3 collections.deque($list)
        2 collections.deque($list, maxlen=3)
        1 copy.copy($deque)
        1 $place:deque
    """),
    "fn": lines("""
        4 (lambda i: $int+i:int)
        3 (lambda i: $place:list.append(i) or $number)
        1 (lambda i, n=$int: i + n)
        1 functools.partial(max, $int)
        1 functools.partial(lambda acc, i: acc.append(i) or i, $place:list)
        1 abs
        1 $place:list.count
        1 $place:dict.get
        5 $function
        2 $method
        1 int
        1 operator.neg
        1 (lambda *args: $place:list.extend(args))
    """),
    "gen": lines("""
        3 ($int+i:int for i in $list)
        2 iter($list)
        1 iter($place:list)
        1 map($fn, $list)
        1 filter(None, $list)
        4 $call:gen
        1 reversed($list)
        1 (i for i in $list if $bool+i:int)
        1 itertools.chain($list, $list)
        1 itertools.islice(itertools.count($int), 3)
        1 itertools.repeat($int, 2)
        1 iter($list.pop, $int)
        1 itertools.takewhile($fn, $list)
    """),
    "any": lines("""
        5 unseen_module.make($shared)
        3 unseen_module.take()
        2 json.load(open('a.json'))
        1 json.load(open('a.json')).get('a')
        1 os.environ.get('A')
        1 random.choice([$list, None])
        1 random.choice($rows)
        1 ($shared if $bool else None)
        1 None
        1 $shared
        1 $fn($int)
        1 $var:any
        1 next(iter($set), None)
        1 unseen_module.make()
    """),
    "input": lines("""
        4 int(input())
        4 random.randint(0, 3)
        2 random.randrange(4)
        2 len(sys.argv)
        2 len(open('data.txt').read())
        1 random.choice($list)
        1 int(random.random() * 3)
        1 int(sys.argv[1])
        1 len(unseen_module.items())
        1 int(os.environ.get('B', 3))
    """),
    # Something that unseen code could change.
    "shared": lines("""
        6 $place:list
        3 $place:dict
        3 $place:rows
        3 $place:groups
        2 $place:set
        1 $place:deque
        4 $object
        2 $pair
        3 $fn
        1 $place:list.append
        1 $class
        1 [$place:list, $place:dict]
        1 {'a': $place:list}
        1 $var:any
    """),
    "member": lines("""
        2 RED
        1 BLUE
    """),
}
