"""Marks that are planted in every free text, and a search that finds them anywhere.

A mark holds `STEM`, a word no language has. Any six letters of it that stand together are found,
as UTF-8, UTF-16 or UTF-32, in capitals, without accents and backwards; the whole of it also in
hexadecimal and base64; and all that inside packed data (zlib, gzip: PDF, PNG, compressed logs).
"""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from intake_app.core.names import fold

STEM = "Qvázyrmoktép"
DIGITS = "730194285561"
_PIECE = 6
_CODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")


def forms(word: str, piece: int = _PIECE) -> set[bytes]:
    """Every way a word, or any `piece` letters of it, may come to stand in a file."""
    ways = {word, word.lower(), word.upper(), fold(word)}
    ways |= {one[::-1] for one in ways}
    found: set[bytes] = set()
    for way in ways:
        pieces = {way[at : at + piece] for at in range(max(1, len(way) - piece + 1))}
        found |= {one.encode(coding) for one in pieces for coding in _CODINGS}
        found |= {one.encode("unicode_escape") for one in pieces}
        for raw in (way.encode(), way.encode("utf-16-le")):
            found |= {raw.hex().encode(), raw.hex().upper().encode(), *_base64(raw)}
    return found


def _base64(raw: bytes) -> Iterator[bytes]:
    """The letters of base64 that stand whole in the word, at each of the three places."""
    for skip in range(3):
        end = len(raw) - (len(raw) - skip) % 3
        for coded in (base64.b64encode, base64.urlsafe_b64encode):
            yield coded(raw[skip:end])


def all_forms(words: Iterable[str]) -> tuple[bytes, ...]:
    """The forms of several words."""
    return tuple(set().union(*(forms(word) for word in words)))


_WHOLE = 16


def whole_forms(words: Iterable[str]) -> tuple[bytes, ...]:
    """Of words of a language, whose letters stand everywhere: whole, or the first sixteen.

    Nothing shorter than eight bytes: that stands in any large file by chance.
    """
    found = set().union(*(forms(word[:_WHOLE], _WHOLE) for word in words))
    return tuple(one for one in found if len(one) >= 8)


MARKS = all_forms((STEM, DIGITS))


def found_in(content: bytes, wanted: tuple[bytes, ...] = MARKS) -> bool:
    """Whether any form stands in the bytes, or in what is packed in them."""
    parts = (content, *_unpacked(content))
    if len(wanted) <= _FEW:
        return any(form in part for part in parts for form in wanted)
    return any(_one_of_many(part, _by_length(wanted)) for part in parts)


_FEW = 2_000
"""More forms are looked up at each place instead of each being looked for."""


@cache
def _by_length(wanted: tuple[bytes, ...]) -> dict[int, frozenset[bytes]]:
    lengths = {len(form) for form in wanted}
    return {size: frozenset(one for one in wanted if len(one) == size) for size in lengths}


def _one_of_many(part: bytes, wanted: dict[int, frozenset[bytes]]) -> bool:
    return any(
        part[at : at + size] in those
        for size, those in wanted.items()
        for at in range(len(part) - size + 1)
    )


_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What opens as zlib or gzip, wherever it begins."""
    whole = memoryview(content)
    for start in _PACKED.finditer(content):
        opener = zlib.decompressobj(47)
        try:
            opened = opener.decompress(whole[start.start() : start.start() + (1 << 20)], 1 << 22)
        except zlib.error:
            continue
        if len(opened) > 16:
            yield opened


def leaks(folder: Path, wanted: tuple[bytes, ...] = MARKS) -> list[str]:
    """Files under a folder that hold a mark, in their bytes or in their names."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if found_in(name.encode("utf-8", "surrogateescape"), wanted):
            found.append(f"the name of {name}")
        if path.is_file() and not path.is_symlink() and found_in(path.read_bytes(), wanted):
            found.append(name)
    return found
