"""How compound statements are written: loops, conditions, exceptions, contexts, patterns."""

from __future__ import annotations

from tests.reader.soundness.generator.grammar import Choices, blocks
from tests.reader.soundness.generator.motifs import MOTIFS

COMPOUND: Choices = blocks(
    MOTIFS
    + """
## 10
if $bool:
    $block

## 7
if $bool:
    $block
else:
    $block

## 3
if $bool:
    $block
elif $bool:
    $block
else:
    $block

## 8
for $new:int in $list:
    $loop

## 5
for $new:int in range($int):
    $loop

## 3
for $new:int in range($tiny):
    $loop

## 3
for $new:int in $place:list[:]:
    $loop

## 2
for $new:list in $rows:
    $loop

## 2
for $new:list in $place:rows:
    $place:list.append($int)
    $loop

## 2
for $new:list in ($place:list, $place:list):
    $loop

## 2
for $new:text in $dict:
    $loop

## 3
for $new:text, $new:int in $dict.items():
    $loop

## 2
for $new:text, $new:list in $groups.items():
    $loop

## 2
for $new:int, $new:int in enumerate($list):
    $loop

## 2
for $new:int, $new:int in zip($list, $list):
    $loop

## 1
for $new:int, $new:list in enumerate($rows):
    $loop

## 1
for $new:int in reversed($list):
    $loop

## 1
for $new:int in $gen:
    $loop

## 1
for $new:int in $call:gen:
    $loop

## 2
for $new:any in unseen_module.items($shared):
    $loop

## 2
for $new:any in json.load(open('a.json')):
    $loop

## 2
for $new:text in open('words.txt'):
    $loop

## 1
for $place:list[0] in range($tiny):
    $loop

## 1
for $attribute:int in $list:
    $loop

## 2
for $new:int in $list:
    $loop
else:
    $block

## 1
for $new:int, *$new:list in $rows:
    $loop

## 2
while $place:list:
    $place:list.pop()
    $loop

## 2
while $bool:
    $loop

## 1
while True:
    $loop
    if $bool:
        break

## 1
while $place:dict:
    $new:text, $new:int = $place:dict.popitem()
    $loop

## 1
while len($place:list) < $number:
    $place:list.append($int)
    $loop
else:
    $block

## 1
while ($fresh:int := $int) > 1:
    $loop
    if $bool:
        break

## 5
try:
    $block
except $error:
    $block

## 4
try:
    $block
except Exception:
    $block

## 2
try:
    $block
except:
    $block

## 3
try:
    $block
except (KeyError, IndexError, ValueError) as error:
    $block
else:
    $block
finally:
    $block

## 2
try:
    $block
finally:
    $block

## 2
try:
    $new:int = $dict[$text]
    $block
except KeyError:
    $new:int = $int
    $block

## 2
try:
    $new:int = $input
    $block
except ValueError:
    $block
else:
    $block

## 1
try:
    $place:list[$int] = $int
    $block
except IndexError:
    $place:list.append($int)
    $block

## 2
try:
    $block
    raise Failure($shared)
except Failure as failure:
    $new:any = failure.args[0]
    $block

## 2
try:
    if $bool:
        $block
        raise Failure($int)
    $block
except Failure:
    $block
finally:
    $block

## 1
try:
    $block
except $error:
    $block
    raise
except Exception:
    $block

## 1
try:
    try:
        $block
    except $error:
        raise Failure($int) from None
except Failure:
    $block

## 2
with suppressing($place:list):
    $block
    raise Failure

## 2
with suppressing($place:list) as $new:list:
    $block

## 1
with Context($shared, $bool) as $new:any:
    $block

## 1
with Context($place:list, True) as $new:list:
    $block
    raise $error($int)

## 1
with contextlib.suppress($error):
    $block

## 1
with open('out.txt') as $new:any:
    $block

## 1
with unseen_module.context($shared):
    $block

## 1
with unseen_module.context($shared) as $new:any:
    $block

## 2
match $int:
    case 0:
        $block
    case 1 | 2:
        $block
    case _:
        $block

## 2
match $list:
    case []:
        $block
    case [$new:int]:
        $block
    case [$new:int, *$new:list] if $bool:
        $block

## 1
match $dict:
    case {'a': $new:int}:
        $block
    case {'b': $new:int, **$new:dict}:
        $block

## 1
match $shared:
    case list() as $new:list:
        $block
    case dict() as $new:dict:
        $block
    case $class(items=$new:list):
        $block

## 1
match $tuple:
    case Point(x=0):
        $block
    case ($new:int, $new:int):
        $block

## 1
match $any:
    case None:
        $block
    case int($new:int):
        $block
    case [*$new:list]:
        $block
"""
)

ERRORS = "KeyError IndexError ValueError ZeroDivisionError TypeError LookupError Failure".split()

# Definitions that every program may use; those that it does not name are left out.
PRELUDE: dict[str, str] = {
    "Point": "Point = collections.namedtuple('Point', 'x y')",
    "Color": "class Color(enum.Enum):\n    RED = 1\n    BLUE = 2",
    "Failure": "class Failure(Exception):\n    pass",
    "suppressing": (
        "@contextlib.contextmanager\ndef suppressing(log):\n    try:\n        yield log\n"
        "    except Exception:\n        log.append(9)"
    ),
    "Context": (
        "class Context:\n    def __init__(self, held, quiet):\n        self.held = held\n"
        "        self.quiet = quiet\n    def __enter__(self):\n        return self.held\n"
        "    def __exit__(self, kind, error, trace):\n        if isinstance(self.held, list):\n"
        "            self.held.append(7)\n        return self.quiet"
    ),
    "traced": (
        "def traced(f):\n    @functools.wraps(f)\n    def wrapper(*args, **kwargs):\n"
        "        calls.append(f.__name__)\n        return f(*args, **kwargs)\n    return wrapper\n"
        "calls = []"
    ),
    "keeping": (
        "def keeping(log):\n    def decorate(f):\n        def inner(*args):\n"
        "            log.append(len(args))\n            return f(*args)\n        return inner\n"
        "    return decorate"
    ),
}

MODULES = (
    "collections contextlib copy enum functools itertools json operator os random sys "
    "unseen_module".split()
)
