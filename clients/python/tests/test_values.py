"""Every value that a user can pass comes through, or is cut visibly."""

from __future__ import annotations

import array
import collections
import dataclasses
import datetime as dt
import decimal
import enum
import fractions
import ipaddress
import json
import pathlib
import re
import types
import uuid
from typing import Any, NamedTuple

import pydantic
import pytest

from distributedlogs import _core

UTC = dt.timezone.utc
CUT = "…"


class Color(enum.Enum):
    RED = "red"


class Number(enum.IntEnum):
    TWO = 2


class Flags(enum.Flag):
    A = 1


class Text(str):
    __slots__ = ()


class Integer(int):
    pass


class Real(float):
    pass


class Mapping(dict):
    pass


class Sequence(list):
    pass


class Point(NamedTuple):
    x: int
    y: int


@dataclasses.dataclass
class Order:
    id: int
    lines: list[Any]


class User(pydantic.BaseModel):
    name: str
    password: pydantic.SecretStr


class Attrs:
    """What the library attrs makes."""

    __attrs_attrs__ = (types.SimpleNamespace(name="a"), types.SimpleNamespace(name="b"))
    a = 1
    b = 2


class Indexed:
    def __index__(self) -> int:
        return 7


class Said:
    def __str__(self) -> str:
        return "said"


class Only:
    def __repr__(self) -> str:
        return "<only>"


class Throws:
    def __str__(self) -> str:
        raise ValueError("no")


class ThrowsOddly:
    def __str__(self) -> str:
        raise SystemExit(3)


class NoText:
    def __str__(self) -> Any:
        return 5  # noqa: PLE0307 (that is the point)


class BadAttribute:
    __dataclass_fields__ = {"good": None, "bad": None}  # noqa: RUF012
    good = 1

    @property
    def bad(self) -> int:
        raise KeyError("bad")


class Lying:
    """Says it is something else."""

    @property
    def __class__(self) -> Any:
        raise RuntimeError("no class")

    def __str__(self) -> str:
        return "lying"


def nested(depth: int) -> Any:
    return "end" if depth == 0 else {"d": nested(depth - 1)}


def in_itself() -> dict[str, Any]:
    around: dict[str, Any] = {"n": 1}
    around["self"] = around
    return around


def list_in_itself() -> list[Any]:
    around: list[Any] = [1]
    around.append(around)
    return around


def through_each_other() -> dict[str, Any]:
    one: dict[str, Any] = {}
    one["two"] = {"one": [one]}
    return one


VALUES: list[tuple[Any, Any]] = [
    (None, None), (True, True), (False, False),
    (0, 0), (-7, -7), (2**63 - 1, 2**63 - 1), (-(2**63), -(2**63)), (2**64 - 1, 2**64 - 1),
    (2**64, 2**64), (-(2**63) - 1, -(2**63) - 1), (10**30, 10**30),
    (1.5, 1.5), (-0.0, -0.0), (5e-324, 5e-324), (1.7976931348623157e308, 1.7976931348623157e308),
    (float("nan"), None), (float("inf"), None), (float("-inf"), None), (1j, "1j"),
    ("", ""), ("text", "text"), ("ä€😀", "ä€😀"), ("a\0b", "a\0b"), ("a\ud800b", "a\ufffdb"), ("\udfff\ud800", "\ufffd\ufffd"),
    (b"\x00\x01\xff", "AAH/"), (b"", ""), (bytearray(b"x"), "eA=="), (memoryview(b"xy"), "eHk="),
    (decimal.Decimal("1.10"), 1.10), (decimal.Decimal("NaN"), "NaN"), (decimal.Decimal("-Infinity"), "-Infinity"),
    (fractions.Fraction(1, 3), "1/3"),
    (dt.datetime(2024, 1, 2, 3, 4, 5, 6, tzinfo=UTC), "2024-01-02T03:04:05.000006000Z"),
    (dt.datetime(2024, 1, 2, 3, tzinfo=dt.timezone(dt.timedelta(hours=2))), "2024-01-02T01:00:00.000000000Z"),
    (dt.datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC), "1969-12-31T23:59:59.000000000Z"),
    (dt.datetime(2024, 1, 2), "2024-01-02T00:00:00"),  # noqa: DTZ001
    (dt.datetime(9999, 12, 31, tzinfo=UTC), "9999-12-31T00:00:00+00:00"),
    (dt.date(2024, 1, 2), "2024-01-02"), (dt.time(1, 2, 3), "01:02:03"), (dt.timedelta(minutes=1, milliseconds=500), 60.5),
    (uuid.UUID(int=5), "00000000-0000-0000-0000-000000000005"),
    (Color.RED, "red"), (Number.TWO, 2), (Flags.A, 1), (Color, f"{__name__}.Color"),
    (Text("sub"), "sub"), (Integer(5), 5), (Integer(2**70), 2**70), (Real(2.5), 2.5),
    ([], []), ([1, "a", None], [1, "a", None]), ((1, (2,)), [1, [2]]), (Sequence([1]), [1]),
    ({1}, [1]), (frozenset({"a"}), ["a"]), (collections.deque([1, 2]), [1, 2]), (Point(1, 2), {"x": 1, "y": 2}),
    ({}, {}), ({"a": {"b": [1]}}, {"a": {"b": [1]}}), (Mapping(a=1), {"a": 1}), (collections.OrderedDict(a=1), {"a": 1}),
    (collections.defaultdict(int, a=1), {"a": 1}), (collections.Counter("aab"), {"a": 2, "b": 1}),
    (types.MappingProxyType({"a": 1}), {"a": 1}), (collections.ChainMap({"a": 1}, {"b": 2}), {"b": 2, "a": 1}),
    ({1: 1, None: 2, True: 3, (1, 2): 4, Color.RED: 5}, {"1": 3, "None": 2, "(1, 2)": 4, "Color.RED": 5}),
    ({Throws(): 1}, {"<Throws: str() raised ValueError>": 1}),
    ({"a\ud800": 1}, {"a\ufffd": 1}), ({Text("k"): 1}, {"k": 1}),
    ({"a": 1}.keys(), ["a"]), ({"a": 1}.values(), [1]), ({"a": 1}.items(), [["a", 1]]),
    (range(3), "range(0, 3)"), (array.array("i", [1]), "array('i', [1])"),
    (Order(1, [Order(2, [])]), {"id": 1, "lines": [{"id": 2, "lines": []}]}),
    (User(name="ann", password=pydantic.SecretStr("s3cret")), {"name": "ann", "password": "**********"}),
    (Attrs(), {"a": 1, "b": 2}), (types.SimpleNamespace(a=1), "namespace(a=1)"),
    (Indexed(), 7), (Said(), "said"), (Only(), "<only>"), (Lying(), "lying"),
    (Throws(), "<Throws: str() raised ValueError>" + CUT),
    (ThrowsOddly(), "<ThrowsOddly: str() raised SystemExit>" + CUT),
    (NoText(), "<NoText: str() raised TypeError>" + CUT),
    ([Throws(), 1], ["<Throws: str() raised ValueError>" + CUT, 1]),
    (BadAttribute(), {"good": 1, "bad": "<attribute bad raised KeyError>" + CUT}),
    (ValueError("boom"), "ValueError: boom"), (KeyError("k"), "KeyError: 'k'"),
    (ValueError, "ValueError"), (dt.datetime, "datetime.datetime"), (len, "<built-in function len>"),
    (pathlib.PurePosixPath("/tmp/x"), "/tmp/x"), (ipaddress.ip_address("10.0.0.1"), "10.0.0.1"), (re.compile("a+"), "re.compile('a+')"),
    (..., "Ellipsis"), (NotImplemented, "NotImplemented"),
    (nested(8), nested(8)), (nested(9)["d"], nested(8)), (in_itself(), {"n": 1, "self": CUT}),
    (list_in_itself(), [1, CUT]), (through_each_other(), {"two": {"one": [CUT]}}),
]  # fmt: skip
# ruff: noqa: E501, F601 (one row a value)


def shown(fields: dict[Any, Any], message: str = "m") -> dict[str, Any]:
    row = json.loads(_core.show(_core.encode(message, fields)))
    assert isinstance(row, dict)
    return row


@pytest.mark.parametrize(
    ("value", "expected"),
    VALUES,
    ids=[f"{n}-{type(one[0]).__name__}" for n, one in enumerate(VALUES)],
)
def test_value(value, expected):
    found = shown({"v": value, "after": 1})["metadata"]
    assert repr(found) == repr({"v": expected, "after": 1})


def test_there_are_enough_values():
    assert len(VALUES) >= 80


def test_numbers_keep_their_digits():
    assert '"v":1.10}' in _core.show(_core.encode("m", {"v": decimal.Decimal("1.10")}))


def test_too_deep_is_cut():
    assert str(shown({"v": nested(12)})["metadata"]["v"]).count("'d'") == 8
    assert CUT in str(shown({"v": nested(12)}))


@pytest.mark.parametrize(
    "value",
    [
        "x" * 10_000_000,
        "ä" * 1_000_000,
        b"x" * 1_000_000,
        [7] * 1_000_000,
        {str(n): n for n in range(100_000)},
        10**5000,
        1 << 4_000_000,
    ],
    ids=["ascii", "other", "bytes", "list", "dict", "many digits", "huge integer"],
)
def test_what_is_too_long_is_cut(value):
    body = _core.encode("m", {"v": value})
    assert len(body) <= 256 * 1024
    row = shown({"v": value})
    assert row["message"] == "m"
    assert len(str(row["metadata"]["v"])) > 1000 or "@cut" in row["metadata"] or row["metadata"]["v"] == CUT


def test_a_message_that_is_too_long_leaves_room_for_fields():
    row = shown({"user": 1}, message="ä" * 1_000_000)
    assert row["message"].endswith(CUT)
    assert row["metadata"]["user"] == 1


def test_a_hundred_times_itself_ends():
    many: list[Any] = []
    many.extend([many] * 100)
    wide: list[Any] = ["leaf"] * 100
    for _ in range(10):
        wide = [wide] * 100
    assert shown({"v": many, "after": 1})["metadata"]["v"] == [CUT] * 100
    assert len(_core.encode("m", {"v": wide})) <= 256 * 1024


def test_too_many_fields_are_cut():
    metadata = shown({f"k{n}": n for n in range(300)})["metadata"]
    assert len(metadata) == 257
    assert "@cut" in metadata
