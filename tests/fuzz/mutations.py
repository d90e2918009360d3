"""Real files made wrong: bytes flipped, parts cut, doubled and moved, numbers and marks put in."""

import random
from collections.abc import Callable, Sequence

TOKENS: tuple[bytes, ...] = (
    b"\0", b"\xff", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x1b[2J", b"\x7f",
    b"\r", b"\n", b"\t", b'"', b"'", b"\\", b",", b";", b"=", b"[", b"]", b"{", b"}", b"*", b"%",
    b"-1", b"0", b"1", b"2147483648", b"18446744073709551616", b"1e999", b"nan", b"inf", b"null",
    b"true", b"[]", b"{}", b'""', b"9" * 5_000, b"[" * 3_000, b"{" * 3_000, b'{"a":' * 2_000,
    b"A" * 70_000, b" " * 70_000, b"*a" * 40, b"0001-01-01", b"9999-12-31T23:59", b"2026-11-31",
    b"=1+1", b"+1", b"-1+1", b"@SUM(1)", "＝1".encode(), "\u202e".encode(), "\u200d".encode(),
    "\u2028".encode(), "\ufeff".encode(), "\U0001f468\u200d\U0001f469".encode(), "é".encode(),
    "e\u0301".encode() * 500, "ﷺ".encode() * 500,
)  # fmt: skip
"""Parts that programs trip over."""

_Luck = random.Random
_Change = Callable[[bytearray, _Luck, Sequence[bytes]], None]


def mutated(seed: bytes, luck: _Luck, others: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """The bytes of a file with one to six things wrong; `others` are files to take parts of."""
    made = bytearray(seed)
    for _ in range(luck.choice((1, 1, 1, 2, 3, 6))):
        change = luck.choice(_CHANGES)
        change(made, luck, others if change is _part_of_another else tokens)
    return bytes(made[:MOST_BYTES])


MOST_BYTES = 4_000_000
"""A file that grew beyond it says nothing new."""


def _spot(made: bytearray, luck: _Luck) -> int:
    return luck.randint(0, len(made))


def _stretch(made: bytearray, luck: _Luck) -> slice:
    start = _spot(made, luck)
    return slice(start, start + luck.choice((1, 2, 4, 16, 100, 1_000)))


def _flip(made: bytearray, luck: _Luck, _tokens: Sequence[bytes]) -> None:
    for _ in range(luck.choice((1, 1, 4, 20))):
        if made:
            made[luck.randrange(len(made))] ^= 1 << luck.randrange(8)


def _set_byte(made: bytearray, luck: _Luck, _tokens: Sequence[bytes]) -> None:
    if made:
        made[luck.randrange(len(made))] = luck.choice((0, 1, 0x7F, 0x80, 0xFF, luck.randrange(256)))


def _put_in(made: bytearray, luck: _Luck, tokens: Sequence[bytes]) -> None:
    spot = _spot(made, luck)
    made[spot:spot] = luck.choice(tokens)


def _write_over(made: bytearray, luck: _Luck, tokens: Sequence[bytes]) -> None:
    spot, token = _spot(made, luck), luck.choice(tokens)
    made[spot : spot + len(token)] = token


def _number(made: bytearray, luck: _Luck, _tokens: Sequence[bytes]) -> None:
    """Four bytes of a length or a size, in either order."""
    spot = _spot(made, luck)
    number = luck.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, luck.randrange(1 << 32)))
    made[spot : spot + 4] = number.to_bytes(4, luck.choice(("big", "little")))


def _cut(made: bytearray, luck: _Luck, _tokens: Sequence[bytes]) -> None:
    del made[_stretch(made, luck)]


def _break_off(made: bytearray, luck: _Luck, _tokens: Sequence[bytes]) -> None:
    del made[_spot(made, luck) :]


def _twice(made: bytearray, luck: _Luck, _tokens: Sequence[bytes]) -> None:
    part = made[_stretch(made, luck)]
    spot = _spot(made, luck)
    made[spot:spot] = part * luck.choice((1, 1, 2, 50, 400))


def _a_line(made: bytearray, luck: _Luck, _tokens: Sequence[bytes]) -> None:
    """Lines of a text change places, go, or stand there many times."""
    lines = made.split(b"\n")
    one, other = luck.randrange(len(lines)), luck.randrange(len(lines))
    match luck.randrange(3):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            del lines[one]
        case _:
            most = 1 + MOST_BYTES // (len(lines[one]) + 1)
            lines[other:other] = [lines[one]] * min(luck.choice((1, 2, 120)), most)
    made[:] = b"\n".join(lines)


def _part_of_another(made: bytearray, luck: _Luck, others: Sequence[bytes]) -> None:
    other = bytearray(luck.choice(others))
    made[_stretch(made, luck)] = other[_stretch(other, luck)]


_CHANGES: tuple[_Change, ...] = (
    _flip, _set_byte, _put_in, _write_over, _number, _cut, _break_off, _twice, _a_line,
    _part_of_another,
)  # fmt: skip
