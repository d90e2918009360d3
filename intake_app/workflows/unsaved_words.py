"""Words the file refused, sealed in memory while the office is locked.

They are kept nowhere else: a program that is killed meanwhile loses them, as it would have lost
them on the screen.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake_app.core.errors import AppError, OfficeDamaged
from intake_app.core.fields import Compartment
from intake_app.store.office import Member, Office

_STEP = 1024
"""Bytes the sealed words are filled up to: their length tells little."""


@dataclass(frozen=True)
class SealedWords:
    """The words of one member of one office; whoever has neither passphrase sees bytes."""

    folder: Path
    member: Member
    sealed: bytes

    def are_of(self, office: Office) -> bool:
        """Whether the member who has this office open wrote them."""
        return (self.folder, self.member.id) == (office.folder, office.member.id)


def seal_words(office: Office, words: Mapping[str, str]) -> SealedWords:
    """Seal words by the page they stand on, with all the keys this member has for answers."""
    content = json.dumps(dict(words)).encode()
    sealed = office.sealer.seal_bytes(_keys_of(office), _place(office), content, _STEP)
    return SealedWords(office.folder, office.member, sealed)


def open_words(office: Office, kept: SealedWords) -> dict[str, str]:
    """The words again; raise `AppError` where these keys don't open them any more."""
    try:
        content = office.sealer.open_bytes(_keys_of(office), _place(office), kept.sealed)
    except OfficeDamaged as error:
        raise AppError(
            "Words that could not be saved before the program was locked can’t be opened again: "
            "your role was changed meanwhile. Type them once more."
        ) from error
    found: dict[str, str] = json.loads(content)
    return found


def _keys_of(office: Office) -> Compartment:
    held = (Compartment.BOTH, Compartment.IDENTITY, Compartment.PROTECTED)
    return next(one for one in held if office.sealer.opens(one))


def _place(office: Office) -> str:
    return f"unsaved words of member {office.member.id} in {office.folder}"
