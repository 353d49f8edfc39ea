"""Options: a default is a possible value, not a certain one."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, claims

PARSER = (
    "import argparse\np = argparse.ArgumentParser()\n"
    "p.add_argument('--units', '-u', type=int, default='32')\n"
    "p.add_argument('--deep', action='store_true')\n"
    "p.add_argument('name')\n"
)


def test_options_have_their_defaults_or_are_not_known() -> None:
    use = "a = p.parse_args()\nu, d, n = a.units, a.deep, a.name\ni = isinstance(u, int)"
    defaults, given = claims(PARSER + use)
    assert (defaults["u"], defaults["d"], defaults["n"]) == (32, False, UNKNOWN)
    assert (given["u"], given["d"], given["n"]) == (UNKNOWN, UNKNOWN, UNKNOWN)
    assert given["i"] is True


def test_the_options_as_a_dict() -> None:
    defaults, given = claims(PARSER + "a = vars(p.parse_args())\nu = a['units']")
    assert defaults["u"] == 32
    assert given["u"] is UNKNOWN


def test_set_defaults_and_parse_known_args() -> None:
    use = "p.set_defaults(units=8)\na, rest = p.parse_known_args()\nu = a.units"
    defaults, _ = claims(PARSER + use)
    assert defaults["u"] == 8


def test_options_of_optparse() -> None:
    text = (
        "import optparse\np = optparse.OptionParser()\n"
        "p.add_option('-n', dest='n', type='int', default=4)\n(o, rest) = p.parse_args()\nu = o.n"
    )
    assert [way["u"] for way in claims(text)] == [4, UNKNOWN]


def test_parents_leave_everything_unknown() -> None:
    text = "import argparse\nq = argparse.ArgumentParser(parents=[x()])\na = q.parse_args()"
    assert [way["a"] for way in claims(text)] == [UNKNOWN]
