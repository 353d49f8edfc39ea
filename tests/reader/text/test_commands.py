from __future__ import annotations

import pytest

from rnninspect.reader.text.commands import MAX_COMMANDS, replace_commands
from rnninspect.reader.text.rewriting import Rewriting


def replaced(text: str) -> str:
    rewriting = Rewriting(text)
    replace_commands(rewriting)
    return rewriting.text


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("!ls -l", "get_ipython().system('ls -l')"),
        ("!!ls", "get_ipython().getoutput('ls')"),
        ("!pip install a \\\n  b\nx", "get_ipython().system('pip install a    b')\n\nx"),
        ("if x:\n    !ls", "if x:\n    get_ipython().system('ls')"),
        ("!echo \"it's", "get_ipython().system('echo \"it\\'s')"),
        ("x = !ls", "x = get_ipython().getoutput('ls')"),
        ("x = %pwd", "x = get_ipython().run_line_magic('pwd', '')"),
        ("x = y %z", "x = y %z"),
        ("f(a,\n  %b)", "f(a,\n  %b)"),
        ("%matplotlib inline", "get_ipython().run_line_magic('matplotlib', 'inline')"),
        ("model.fit?", "get_ipython().run_line_magic('pinfo', 'model.fit')"),
        ("a.fit??", "get_ipython().run_line_magic('pinfo2', 'a.fit')"),
        ("?a", "get_ipython().run_line_magic('pinfo', 'a')"),
        ("?", "get_ipython().show_usage()"),
        ("np.*load*?", "get_ipython().run_line_magic('psearch', 'np.*load*')"),
        ("%time?", "get_ipython().run_line_magic('pinfo', '%time')"),
        (",f a b", 'f("a", "b")'),
        (";f a b", 'f("a b")'),
        ("/f a b", "f(a, b)"),
        ("/ f", "/ f"),
        ("x = '''\n!ls\n'''", "x = '''\n!ls\n'''"),
        ("# !ls", "# !ls"),
        ("%time x = f()", "x = f()"),
        ("%timeit -n 10 -r3 f(x)", "f(x)"),
        ("%prun -s cumtime f(x)", "f(x)"),
        ("%time !ls", "get_ipython().system('ls')"),
        ("%time", "get_ipython().run_line_magic('time', '')"),
        ("%time f(x, \\\n  y)", "f(x, \\\n  y)"),
    ],
)
def test_commands_become_python_in_their_lines(text: str, python: str) -> None:
    assert replaced(text) == python


def test_what_timeit_runs_is_remembered() -> None:
    rewriting = Rewriting("x\n%timeit f(x)")
    replace_commands(rewriting)
    assert rewriting.loops == [(2, 2)]


def test_there_is_an_end_to_commands() -> None:
    with pytest.raises(SyntaxError, match="commands"):
        replaced("!ls\n" * (MAX_COMMANDS + 1))
