"""How simple statements are written: most change something that other names can reach."""

from __future__ import annotations

from tests.reader.soundness.generator.grammar import Choices, lines

SIMPLE: Choices = lines("""
    8 $new:list = $list
    5 $new:list = $place:list
    6 $new:int = $int
    4 $new:dict = $dict
    4 $new:rows = $rows
    4 $new:groups = $groups
    2 $new:set = $set
    1 $new:tuple = $tuple
    2 $new:pair = $pair
    2 $new:deque = $deque
    3 $new:fn = $fn
    2 $new:gen = $gen
    3 $new:any = $any
    2 $new:text = $text
    1 $new:bool = $bool
    6 $new_object
    2 $new:list = $new:list = $list
    1 $new:rows = $place:rows
    1 $new:dict = $place:dict
    1 $new:groups = $place:groups
    2 $new:int, $new:list = $int, $list
    1 $new:int, *$new:list = $list
    1 *$new:list, $new:int = $list
    1 $new:list, $new:list = $pair
    1 $new:int, ($new:int, $new:list) = $int, ($int, $list)
    1 [$new:list, $new:list] = $rows
    1 $new:int = $new:int = $int
    1 $new:list: list = $list
    4 $own:list = $list
    2 $own:list = $place:list
    4 $own:int = $int
    2 $own:dict = $dict
    1 $own:any = $any
    1 $own:groups = $groups
    1 $own:list, $own:list = $place:list, $place:list
    1 $own:list = $own:list[:]
    5 $own:int += $int
    1 $own:int -= 1
    1 $own:text += $word
    4 $own:list += $list[:4]
    1 $own:list = ($own:list + $list)[:8]
    1 $own:set |= $set
    1 $own:set &= $set
    1 $own:dict |= $dict
    1 $own:tuple += ($int,)
    9 $place:list.append($int)
    3 $place:list.extend($list[:4])
    1 $place:list.extend(i for i in [1, $int])
    2 $place:list.insert($small, $int)
    2 $place:list.insert(0, $int)
    3 $place:list.pop()
    1 $place:list.pop($small)
    1 $place:list.remove($int)
    1 $place:list.clear()
    1 $place:list.sort()
    1 $place:list.sort(key=$fn)
    1 $place:list.sort(reverse=True)
    2 $place:list.reverse()
    4 $place:list[$small] = $int
    3 $place:list[0] += $int
    1 $place:list[-1] = $int
    2 $place:list[$small:] = $list[:4]
    1 $place:list[:] = $list[:4]
    1 $place:list[:0] = $list[:3]
    1 $place:list[::2] = $list
    2 del $place:list[$small]
    1 del $place:list[$small:]
    1 del $place:list[:]
    1 $place:list[0], $place:list[1] = $place:list[1], $place:list[0]
    5 $place:rows.append($list)
    3 $place:rows.append($place:list)
    3 $place:rows[$small].append($int)
    2 $place:rows[$small] = $list
    2 $place:rows[0] += $list[:3]
    1 $place:rows[$small][0] = $int
    1 $place:rows.pop()
    1 $place:rows.reverse()
    1 $place:rows.extend([$place:list, $list])
    1 $place:rows += [$list]
    1 del $place:rows[0]
    1 $place:rows[0], $place:rows[1] = $place:rows[1], $place:rows[0]
    5 $place:dict[$key] = $int
    2 $place:dict[$text] = $int
    3 $place:dict[$key] += $int
    2 $place:dict.update({$key: $int})
    1 $place:dict.update(a=$int)
    1 $place:dict.update($dict)
    1 $place:dict.setdefault($key, $int)
    1 $place:dict.pop($key, None)
    1 $place:dict.pop($key)
    1 $place:dict.popitem()
    1 $place:dict.clear()
    1 del $place:dict[$key]
    1 del $place:dict[$text]
    3 $place:groups[$key].append($int)
    2 $place:groups[$text].append($int)
    2 $place:groups.setdefault($key, []).append($int)
    1 $place:groups.setdefault($text, $place:list).append($int)
    2 $place:groups[$key] = $list
    2 $place:groups[$key] = $place:list
    2 $place:groups[$key] += $list[:3]
    1 $place:groups[$text] = $place:list
    1 $place:groups.update(a=$place:list)
    1 $place:groups.pop($key, None)
    1 del $place:groups[$key]
    1 $place:groups[$key], $new:list = $place:list, $list
    2 $place:set.add($int)
    1 $place:set.discard($int)
    1 $place:set.update($list)
    1 $place:set.remove($int)
    1 $place:set.intersection_update($list)
    1 $place:set.difference_update($list)
    1 $place:set.clear()
    1 $place:set.pop()
    1 $place:deque.append($int)
    1 $place:deque.appendleft($int)
    1 $place:deque.extend($list)
    1 $place:deque.rotate($small)
    1 $place:deque.pop()
    1 $pair[0].append($int)
    1 $pair[1].clear()
    4 $attribute:int = $int
    4 $attribute:int += $int
    4 $attribute:list = $list
    3 $attribute:list = $place:list
    4 $attribute:list += $list[:3]
    2 $attribute:dict = $place:dict
    2 $attribute:any = $shared
    2 $class.items = $list
    1 $class.items = $place:list
    2 $class.count = $int
    1 $class.count += 1
    1 $class.items.append($int)
    2 setattr($object, 'items', $list)
    1 setattr($object, $text + 's', $int)
    1 setattr($object, random.choice(['count', 'items']), $int)
    1 $object.__dict__.update(count=$int)
    1 del $object.items
    1 delattr($object, 'count')
    1 getattr($object, 'items').append($int)
    8 $call:any
    4 $new:int = $call:int
    5 $new:list = $call:list
    2 $new:dict = $call:dict
    1 $new:rows = $call:rows
    7 unseen_module.change($shared)
    4 unseen_module.keep($shared)
    3 unseen_module.run()
    2 unseen_module.call($fn, $int)
    2 unseen_module.call($fn, $shared)
    1 unseen_module.change(*$rows)
    1 unseen_module.change(table=$place:dict)
    1 $var:any.append($shared)
    1 $var:any(*$tuple)
    1 $var:any.run($shared)
    2 unseen_module.state = $shared
    2 random.shuffle($place:list)
    1 list(map($fn, $list))
    1 list($gen)
    1 next($gen, None)
    1 [$place:list.append($int+i:int) for i in $list[:3]]
    1 any($place:list.append(i) for i in $list[:3])
    1 $bool and $place:list.append($int)
    1 $bool or $place:list.clear()
    1 $place:list.append($int) if $bool else $place:list.clear()
    1 print($list, $int)
    1 ($fresh:list := $list).append($int)
    1 assert $bool
    1 $new:list = copy.copy($place:list)
    1 $new:rows = copy.copy($place:rows)
    1 $new:rows = copy.deepcopy($place:rows)
    1 del $gone:int
    1 del $gone:list
    1 pass
""")
