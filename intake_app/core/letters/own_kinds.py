"""Kinds of letter an office writes itself, each going through the gate of a shipped one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from intake_app.core.answers import LONGEST_TEXT, clean
from intake_app.core.errors import BadAnswer
from intake_app.core.letters.kinds import KINDS, LetterKind

_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_KEY = 40
LONGEST_TITLE = 120


@dataclass(frozen=True)
class OwnKind:
    """One kind: `like` is the key of the shipped kind whose rules and facts it has.

    text: as the texts in `resources/letters`. changed_at: ISO time; changed_by: a name. Both are
    empty for one that is not kept yet.
    """

    key: str
    title: str
    like: str
    text: str
    changed_at: str = ""
    changed_by: str = ""

    @property
    def kind(self) -> LetterKind:
        """The kind as the gate and the page know it; it is written in one language only."""
        shipped = KINDS[self.like]
        return replace(shipped, key=self.key, title=self.title, like=self.like, languages=("en",))


def checked_kind(own: OwnKind) -> OwnKind:
    """The kind as it is kept, but for its text; raise `BadAnswer` with what to change."""
    kept = replace(own, key=clean(own.key).lower(), title=clean(own.title))
    if not kept.title:
        raise BadAnswer("Give the letter a title: it stands in the list of letters.")
    if len(kept.title) > LONGEST_TITLE:
        raise BadAnswer(f"Give the letter a title of no more than {LONGEST_TITLE} letters.")
    if not _KEY.fullmatch(kept.key) or len(kept.key) > LONGEST_KEY:
        raise BadAnswer(
            "Give the letter a short name in small letters, such as “decline-county”: a to z, "
            f"digits and hyphens, no more than {LONGEST_KEY}."
        )
    if kept.key in KINDS:
        raise BadAnswer(f"“{kept.key}” is the name of a shipped letter. Choose another.")
    if kept.like not in KINDS:
        raise BadAnswer("Choose the shipped letter whose rules this one keeps.")
    if len(kept.text) > LONGEST_TEXT:
        raise BadAnswer("The text is too long for a letter. Shorten it.")
    return kept


def new_key(title: str, taken: Iterable[str]) -> str:
    """A short name made from a title, not one of `taken`."""
    words = re.findall(r"[a-z0-9]+", clean(title).lower())
    start = "-".join(words)[: LONGEST_KEY - 4].strip("-")
    stem = start if _KEY.fullmatch(start) else f"letter-{start}".strip("-")
    names = {*taken, *KINDS}
    number, found = 1, stem
    while found in names:
        number += 1
        found = f"{stem}-{number}"
    return found
