"""Names of people: how they are written, and how they are found without their accents."""

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake_app.core.casefile import Person

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
    # Twice: taking apart can bring out capitals, and folding case can bring out marks.
    once = unicodedata.normalize("NFKD", text).casefold()
    parts = unicodedata.normalize("NFKD", once).translate(_PLAIN)
    return " ".join("".join(" " if c.isspace() else c for c in parts if _seen(c)).split())


def _seen(mark: str) -> bool:
    """Whether it is neither an accent nor a character that takes no room, such as a joiner."""
    if mark.isspace():
        return True
    return not unicodedata.combining(mark) and unicodedata.category(mark) not in ("Cc", "Cf", "Cs")


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
