"""Sealing one answer at a time, over the encryption of the file.

AES-256-GCM with a fresh nonce; the place (table, column, row number) is associated data, so a
sealed value moved to another row, column or table does not open. Layout: one version byte,
12 bytes of nonce, then the sealed text with its 16-byte tag. The text is filled up to a step of
bytes first, so that the length of a sealed answer does not tell a yes from a no. The bytes of
documents are sealed the same way.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake_app.core.errors import OfficeDamaged
from intake_app.core.fields import Compartment
from intake_app.core.roles import Key
from intake_app.right_of_way import give_way
from intake_app.store.key_memory import keep_from_swap, wipe

_VERSION = b"\x01"
_STEPS = {Compartment.IDENTITY: 32, Compartment.PROTECTED: 128, Compartment.BOTH: 128}
"""Bytes a text is filled up to. Victim facts get more: several ticks look like one."""

OVERHEAD = 29
"""Bytes sealing adds to what is filled up: version, nonce and tag."""

DOCUMENT_DAMAGED = (
    "This document was changed or damaged in the office file and can’t be read. Run the check of "
    "the office, and restore a backup."
)


class Locked(Exception):
    """These keys don't open that compartment: a fault of ours, no one may come this far."""


class Sealer:
    """Seals and opens with the keys of one member."""

    def __init__(self, keys: Mapping[Key, bytes]) -> None:
        self._keys = {
            compartment: derived_key(keys, compartment)
            for compartment in Compartment
            if compartment.value and compartment.value <= keys.keys()
        }
        self._boxes = {kind: AESGCM(key) for kind, key in self._keys.items()}
        for key in self._keys.values():
            keep_from_swap(key)

    def wipe(self) -> None:
        """Forget the keys; nothing is sealed or opened any more."""
        self._boxes.clear()
        wipe(*self._keys.values())

    def opens(self, compartment: Compartment) -> bool:
        """Whether the member's keys open this compartment."""
        return not compartment.value or compartment in self._boxes

    def seal(self, compartment: Compartment, place: str, text: str) -> bytes:
        """`text` sealed for `place`; raise `Locked` without the keys."""
        box = self._box(compartment)
        nonce = os.urandom(12)
        plain = _filled(text, _STEPS[compartment])
        return _VERSION + nonce + box.encrypt(nonce, plain, place.encode())

    def seal_column(
        self,
        compartment: Compartment,
        table: str,
        column: str,
        rows: Iterable[int],
        texts: Sequence[str | int | None],
    ) -> list[bytes | None]:
        """Each answer sealed for its row, as `seal` does it; for many rows at once."""
        told = [row for row, text in zip(rows, texts, strict=True) if text is not None]
        # One pass for each step, in C: this is where an import spends its time.
        random, start = os.urandom(12 * len(told)), place(table, column, 0).removesuffix("0")
        nonces = [random[at : at + 12] for at in range(0, len(random), 12)]
        places = [f"{start}{row}".encode() for row in told]
        plains = _all_filled([str(text) for text in texts if text is not None], _STEPS[compartment])
        boxes = map(self._box(compartment).encrypt, nonces, plains, places)
        sealed = map(b"".join, zip(repeat(_VERSION), nonces, boxes, strict=False))
        if len(told) == len(texts):
            return list(sealed)
        return [None if text is None else next(sealed) for text in texts]

    def open(self, compartment: Compartment, place: str, sealed: bytes) -> str:
        """The text; raise `OfficeDamaged` for one that was changed, moved or cut."""
        give_way()
        try:
            if sealed[:1] != _VERSION:
                raise InvalidTag
            box = self._box(compartment)
            return _emptied(box.decrypt(sealed[1:13], sealed[13:], place.encode()))
        except (InvalidTag, ValueError) as error:
            raise OfficeDamaged(
                "One sealed answer in this office file was changed or damaged and can’t be read. "
                "Run the check of the office, and restore a backup."
            ) from error

    def seal_bytes(self, compartment: Compartment, place: str, content: bytes, step: int) -> bytes:
        """Bytes sealed for `place` as `seal` does it, filled up to a multiple of `step`."""
        box = self._box(compartment)
        nonce = os.urandom(12)
        plain = content + b"\x80" + bytes(-(len(content) + 1) % step)
        return _VERSION + nonce + box.encrypt(nonce, plain, place.encode())

    def open_bytes(self, compartment: Compartment, place: str, sealed: bytes) -> bytes:
        """The bytes; raise `OfficeDamaged` for some that were changed, moved or cut."""
        try:
            if sealed[:1] != _VERSION:
                raise InvalidTag
            plain = self._box(compartment).decrypt(sealed[1:13], sealed[13:], place.encode())
            return _unfilled(plain)
        except (InvalidTag, ValueError) as error:
            raise OfficeDamaged(DOCUMENT_DAMAGED) from error

    def _box(self, compartment: Compartment) -> AESGCM:
        try:
            return self._boxes[compartment]
        except KeyError:
            raise Locked(compartment.name) from None


def _filled(text: str, step: int) -> bytes:
    return _all_filled([text], step)[0]


_ZEROS = tuple(bytes(length) for length in range(max(_STEPS.values())))


def _all_filled(texts: Iterable[str], step: int) -> list[bytes]:
    return [(plain := text.encode() + b"\x80") + _ZEROS[-len(plain) % step] for text in texts]


def _emptied(filled: bytes) -> str:
    return _unfilled(filled).decode()


def _unfilled(filled: bytes) -> bytes:
    end = filled.rfind(b"\x80")
    # The zeros are compared at once: `rstrip` would take as long as deciphering did.
    if end < 0 or filled[end + 1 :] != bytes(len(filled) - end - 1):
        raise ValueError("not filled up")
    return filled[:end]


def derived_key(keys: Mapping[Key, bytes], compartment: Compartment) -> bytes:
    """HKDF-SHA256 over every key of the compartment, so `BOTH` needs both."""
    material = b"".join([keys[key] for key in sorted(compartment.value)])
    try:
        return derive(material, f"intake-desk seal {compartment.name.lower()} 1")
    finally:
        if len(compartment.value) > 1:  # else it is the key itself
            wipe(material)


def derive(material: bytes, purpose: str) -> bytes:
    """A 256-bit key for one purpose."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(material)


def place(table: str, column: str, row: int) -> str:
    """Where a sealed value stands."""
    return f"{table}.{column}:{row}"
