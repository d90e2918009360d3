"""Words as a printer sets them: composed letters, typographic marks, no bad line ends."""

import re
import unicodedata

_BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
"""No font has a letter for them."""


def tidy(text: str) -> str:
    """Composed letters and typographic marks, on one line: `Sheriff's` gives `Sheriff’s`."""
    composed = _BREAKS.sub(" ", unicodedata.normalize("NFC", text))
    return re.sub(r"(?<=\w)'(?=\w|\s|$)", "’", composed)


_TIES = re.compile(
    r"(?<=§) (?=\d)|(?<=\bNo\.) (?=\d)|(?<=\bno\.) (?=\S)|(?<=\bForm) (?=I-\d)|"
    r"(?<=\d) (?=hours\b|a\.m\.|p\.m\.|noon\b|midnight\b|C\.F\.R\.|U\.S\.C\.|F\.\dd\b|%)|"
    r"(?<=\S) (?=§)|(?<=\bs\.) (?=\d)|(?<=F\.\dd) (?=\d)|(?<=Cir\.) (?=\d{4})|"
    r"(?<=\b(?:Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec)\.) (?=\d)|(?<=\bSept\.) (?=\d)|"
    r"(?<=\b(?:Mr|Ms|Dr)\.) (?=\w)"
)


def tie(text: str) -> str:
    """Put no-break spaces where a line must not end, as between § and its number."""
    return _TIES.sub("\u00a0", text)
