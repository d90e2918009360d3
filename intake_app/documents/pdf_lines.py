"""Words into lines: styles, other scripts, right to left inside a line, no hyphenation.

A line is broken at spaces; Chinese and Japanese between letters, but never before a closing or
after an opening mark; a word longer than a line wherever it has to be. Words written from right
to left that stand together are one stretch, set on its own (as the isolates of Unicode Annex 9
are): digits and marks after a name stay where a reader of English looks for them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from intake_app.documents.fonts import Face, Faces, Glyph
from intake_app.documents.letter_template import Run

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BETWEEN = "\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef"
_CLOSING = "、。〉》」』】〕〗！），．：；？］｝,.;:!?)”’"
_OPENING = "〈《「『【〔〖（［｛(“‘"
_BREAKS = re.compile(
    f"(?<=[{_BETWEEN}])(?<![{_OPENING}])(?![{re.escape(_CLOSING)}])(?=.)|"
    f"(?<=[^{_OPENING}])(?![{re.escape(_CLOSING)}])(?=[{_BETWEEN}])"
)


_ARABIC = 1.15
"""Arabic letters are small for their size; this much larger they match the text around them."""
_SLACK = 0.01
"""Points that sums of the same widths may differ by."""


class Ink(NamedTuple):
    """How words look: size in points, color as PDF writes it, the consent they needed.

    note: the number of the note at the foot whose mark this is, or 0.
    """

    size: float
    color: str
    group: str = ""
    note: int = 0
    rise: float = 0


class Piece(NamedTuple):
    """Words in one font and ink, `width` points wide.

    forms: what is drawn for them where letters join; then they run from right to left.
    """

    face: Face
    text: str
    width: float
    ink: Ink
    forms: tuple[Glyph, ...] = ()


class Stretch(NamedTuple):
    """Pieces that stand from right to left, in the order they are read."""

    pieces: tuple[Piece, ...]
    width: float
    ink: Ink


class Word(NamedTuple):
    """What a line must not be broken in, and the space after it, if there is one."""

    pieces: tuple[Piece, ...]
    width: float
    space: Piece | None


class Line(NamedTuple):
    """A line as it is drawn; `notes`: those whose marks stand in it."""

    parts: tuple[Piece | Stretch, ...]
    notes: tuple[int, ...]


@dataclass(frozen=True)
class Mark:
    """Where the mark of a note stands among the runs of a paragraph."""

    number: int


def set_lines(
    runs: Iterable[Run | Mark], faces: Faces, ink: Ink, width: float, *, bold: bool = False
) -> list[Line]:
    """Break runs into lines of at most `width` points; `bold` sets all of them in bold.

    Raise `AppError` naming the letter where no font can write one.
    """
    lines: list[Line] = []
    row: list[Word] = []
    used = 0.0
    for word in _words(runs, faces, ink, bold):
        for part in _short(word, width):
            if row and used + part.width > width + _SLACK:
                lines.append(_line(row))
                row, used = [], 0.0
            row.append(part)
            used += part.width + (part.space.width if part.space else 0)
    if row:
        lines.append(_line(row, last=True))
    return lines


def _words(runs: Iterable[Run | Mark], faces: Faces, ink: Ink, bold: bool) -> Iterator[Word]:
    pieces: list[Piece] = []
    for run in runs:
        if isinstance(run, Mark):
            small = ink._replace(size=ink.size * 0.68, note=run.number, rise=ink.size * 0.34)
            pieces += _pieces(str(run.number), faces, small, False, False)
            continue
        styled = ink._replace(group=run.group) if run.group else ink
        strong = bold or run.bold
        face = faces.style(bold=strong, italic=run.italic)
        space = Piece(face, " ", face.width(" ") * ink.size / 1000, styled)
        plain = face.letters.issuperset(run.text)
        for number, text in enumerate(run.text.split(" ")):
            if number and pieces:
                yield _word(pieces, space)
                pieces = []
            if plain:
                if text:
                    pieces.append(Piece(face, text, face.width(text) * ink.size / 1000, styled))
                continue
            for part_number, part in enumerate(_BREAKS.split(text) if _wide(text) else (text,)):
                if part_number and pieces:
                    yield _word(pieces)
                    pieces = []
                if part:
                    pieces += _pieces(part, faces, styled, strong, run.italic)
    if pieces:
        yield _word(pieces)


def _wide(text: str) -> bool:
    return not text.isascii() and max(text, default="") >= "\u2e80"


def _word(pieces: list[Piece], space: Piece | None = None) -> Word:
    return Word(tuple(pieces), sum(piece.width for piece in pieces), space)


def _pieces(text: str, faces: Faces, ink: Ink, bold: bool, italic: bool) -> list[Piece]:
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return [
            Piece(face, part, face.width(part) * ink.size / 1000, ink)
            for face, part in faces.spread(text, bold=bold, italic=italic)
        ]
    made = []
    for face, part in faces.spread(text, bold=bold, italic=italic):
        for turned, bit in _directions(part):
            if turned:
                made.append(_joined(face, bit, ink))
            else:
                made.append(Piece(face, bit, face.width(bit) * ink.size / 1000, ink))
    return made


def _joined(face: Face, text: str, ink: Ink) -> Piece:
    if unicodedata.bidirectional(text[0]) == "AL":
        ink = ink._replace(size=ink.size * _ARABIC)
    forms = face.shaped(text)
    return Piece(face, text, _length(forms, ink), ink, forms)


def _length(forms: Sequence[Glyph], ink: Ink) -> float:
    return sum(form.advance for form in forms) * ink.size / 1000


def _directions(text: str) -> Iterator[tuple[bool, str]]:
    """The text in pieces: from right to left or not; digits and other letters are not."""
    turned, start = _turned(text[0], False), 0
    for place, letter in enumerate(text):
        now = _turned(letter, turned)
        if now != turned:
            yield turned, text[start:place]
            turned, start = now, place
    yield turned, text[start:]


def _turned(letter: str, before: bool) -> bool:
    side = unicodedata.bidirectional(letter)
    return side in ("R", "AL") or (before and side in ("NSM", "BN"))


def _short(word: Word, width: float) -> Iterator[Word]:
    """The word, or parts of it that fit a line."""
    if word.width <= width + _SLACK:
        yield word
        return
    row: list[Piece] = []
    used = 0.0
    for piece in word.pieces:
        for part in _letters(piece):
            if row and used + part.width > width:
                yield _word(_rejoined(row))
                row, used = [], 0.0
            row.append(part)
            used += part.width
    yield _word(_rejoined(row), word.space)


def _letters(piece: Piece) -> Iterator[Piece]:
    """Each letter with the marks on it."""
    start = 0
    for place in range(1, len(piece.text) + 1):
        if place == len(piece.text) or not unicodedata.combining(piece.text[place]):
            yield _same(piece, piece.text[start:place])
            start = place


def _same(piece: Piece, text: str) -> Piece:
    if piece.forms:
        forms = piece.face.shaped(text)
        return Piece(piece.face, text, _length(forms, piece.ink), piece.ink, forms)
    return Piece(piece.face, text, piece.face.width(text) * piece.ink.size / 1000, piece.ink)


def _rejoined(pieces: Sequence[Piece]) -> list[Piece]:
    made: list[Piece] = []
    for piece in pieces:
        before = made[-1] if made else None
        if before and (before.face, before.ink, bool(before.forms)) == (
            piece.face, piece.ink, bool(piece.forms),
        ):  # fmt: skip
            made[-1] = _same(before, before.text + piece.text)
        else:
            made.append(piece)
    return made


def _line(words: Sequence[Word], *, last: bool = False) -> Line:
    """The pieces of the words joined; a line ends with a space where the text goes on."""
    flat: list[Piece] = []
    face, ink, texts, wide = words[0].pieces[0].face, words[0].pieces[0].ink, [""], 0.0
    turned = False

    def flush() -> None:
        if text := "".join(texts):
            flat.append(Piece(face, text, wide, ink))

    for number, word in enumerate(words):
        space = () if last and number == len(words) - 1 else (word.space,)
        for piece in filter(None, (*word.pieces, *space)):
            if piece.forms or piece.face is not face or piece.ink != ink:
                flush()
                face, ink, texts, wide = piece.face, piece.ink, [], 0.0
            if piece.forms:
                flat.append(piece)
                turned = True
            else:
                texts.append(piece.text)
                wide += piece.width
    flush()
    parts = _stretches(flat) if turned else flat
    return Line(tuple(parts), tuple(piece.ink.note for piece in flat if piece.ink.note))


def _stretches(flat: Sequence[Piece]) -> list[Piece | Stretch]:
    """The pieces, those from right to left as stretches with what stands between them."""
    parts: list[Piece | Stretch] = []
    place = 0
    while place < len(flat):
        if not flat[place].forms:
            parts.append(flat[place])
            place += 1
            continue
        end = place + 1
        for later in range(place + 1, len(flat)):
            if flat[later].forms:
                end = later + 1
            elif any(unicodedata.bidirectional(letter) == "L" for letter in flat[later].text):
                break
        inside = flat[place:end]
        parts.append(Stretch(tuple(inside), sum(piece.width for piece in inside), inside[0].ink))
        place = end
    return parts
