"""Names of people: how they are written, and how they are found without their accents."""

import re
import unicodedata
from typing import TYPE_CHECKING

from intake_app.core.vocabulary import YesNo

if TYPE_CHECKING:
    from intake_app.core.casefile import Person, Protection

# Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN = str.maketrans(
    {
        "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "ŧ": "t", "ŋ": "n",
        "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ə": "e", "ʻ": "", "’": "", "'": "",
        "`": "", "´": "", "ʼ": "", "-": " ", "‐": " ", "‑": " ", "–": " ", ".": " ", ",": " ",
        "#": " ",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Lower case, no accents, no marks, single blanks: `Nguyễn-Đặng` gives `nguyen dang`."""
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().translate(_PLAIN).split())
    # Twice: taking apart can bring out capitals, and folding case can bring out marks.
    once = unicodedata.normalize("NFKD", text).casefold()
    parts = unicodedata.normalize("NFKD", once).translate(_PLAIN)
    return " ".join("".join(" " if c.isspace() else c for c in parts if _seen(c)).split())


def _seen(mark: str) -> bool:
    """Whether it is neither an accent nor a character that takes no room, such as a joiner."""
    if mark.isspace():
        return True
    return not unicodedata.combining(mark) and unicodedata.category(mark) not in ("Cc", "Cf", "Cs")


def hidden_in_lists(protection: "Protection") -> bool:
    """Whether lists and titles hide the name: a survivor's, unless somebody decided otherwise."""
    if protection.hide_from_lists is not None:
        return protection.hide_from_lists is YesNo.YES
    return YesNo.YES in (protection.survivor, protection.fleeing_now)


NAME_HIDDEN = "…"


def without_names(words: str, known_by: str) -> str:
    """Free text about a hidden person as a list may show it: without any of the words she is
    known by (names, booking number). Short numbers stay: a day of the month tells nobody.
    """
    known = fold(known_by).split()
    named = {word for word in known if len(word) > (4 if word.isdigit() else 1)}
    parts = re.split(r"(\w+(?:[’'\-]\w+)*)", words)
    shown = [NAME_HIDDEN if named & _readings(part) else part for part in parts]
    return re.sub(rf"{NAME_HIDDEN}(?:\W{{1,2}}{NAME_HIDDEN})+", NAME_HIDDEN, "".join(shown))


def _readings(part: str) -> set[str]:
    """The folded words one written word may stand for: `Marie’s` is `marie` too."""
    pieces = re.split(r"[’'\-]", part)
    owner = re.sub(r"[’']s?$", "", part)
    return {word for text in (part, owner, *pieces) for word in fold(text).split()}


def listed_name(person: "Person") -> str:
    """`Hernández López, Carlos`, as lists and the window show it; empty when unknown."""
    surnames = " ".join(part for part in (person.surname, person.second_surname) if part)
    given = " ".join(part for part in (person.given, person.middle, person.suffix) if part)
    return ", ".join(part for part in (surnames, given) if part)


def written_name(person: "Person") -> str:
    """`Carlos Hernández López`, as a letter writes it; empty when unknown."""
    parts = (
        person.given,
        person.middle,
        person.surname,
        person.second_surname,
        person.suffix,
    )
    return " ".join(part for part in parts if part)
