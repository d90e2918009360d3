"""The key file: who may open the office, and with which keys.

It survives as two copies, `keys.json` and `keys-copy.json`. Either one, where it is damaged or
missing, is mended from the other; where both are sound and differ, because the power went between
the two writes, the one of the later generation stands. The generation counts the writes and is
bound in the checksum. A file of version 1 had no copy and counts as generation 0.

`keys.json` holds one slot for each member and one for the recovery sheet. A slot wraps the keys
of its role (`core.roles.KEYS`) with AES-256-GCM under a key derived from the passphrase by
Argon2id (RFC 9106). Changing a passphrase rewrites one slot; the keys, and so the data, stay.

The slot's login, name, role and cost are bound into the wrapping as associated data: a changed
word makes the slot unopenable. A SHA-256 over the slots tells damage from a wrong passphrase, and
a file that differs in one byte from what this program writes is damaged too.
"""

import base64
import hashlib
import json
import re
import secrets
import time
from binascii import hexlify, unhexlify
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from intake_app.core.errors import (
    AppError,
    BadAnswer,
    KeyFileDamaged,
    KeyFileMissing,
    WrongPassphrase,
)
from intake_app.core.names import fold
from intake_app.core.passphrases import normal_passphrase
from intake_app.core.roles import KEYS, Key, Role
from intake_app.store.disk import write_in_one_step
from intake_app.store.key_memory import wipe

KEY_FILE = "keys.json"
KEY_COPY = "keys-copy.json"
KEY_FILES = (KEY_FILE, KEY_COPY)
RECOVERY = "recovery sheet"
_FORMAT = "intake-desk-keys"
_SLOT_VERSION = 1
_VERSION = 2
_MOST_WRITES = 10**9

_WRONG = "That passphrase does not open this office. Check caps lock and try again."
_WRONG_CODE = (
    "That code does not open this office. Compare each group of four letters and digits with the "
    "newest recovery sheet of this office."
)

Keys = Mapping[Key, bytes]


@dataclass(frozen=True)
class Cost:
    """What one guess at a passphrase costs: Argon2id memory in KiB, passes and lanes."""

    memory_kib: int
    passes: int
    lanes: int = 1


OWASP_MINIMUM = Cost(memory_kib=19_456, passes=2)
"""OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane. No slot is made below it."""


def calibrated_cost(seconds: float = 0.5) -> Cost:
    """The cost that takes about `seconds` on this machine, never below `OWASP_MINIMUM`."""
    memory_kib = 65_536
    started = time.perf_counter()
    _stretch("calibration", b"\0" * 16, Cost(memory_kib, 1))
    once = time.perf_counter() - started
    return Cost(memory_kib, max(OWASP_MINIMUM.passes, round(seconds / once)))


_COSTLIEST = Cost(memory_kib=131_072, passes=100, lanes=16)
"""More than any calibration gives: a changed figure must not take the computer's memory or day."""


@dataclass(frozen=True)
class Slot:
    """One way in. `wrapped` is nonce and AES-GCM text of the role's keys."""

    login: str
    name: str
    role: Role
    cost: Cost
    salt: bytes
    wrapped: bytes

    @classmethod
    def make(
        cls, login: str, name: str, role: Role, passphrase: str, keys: Keys, cost: Cost
    ) -> Self:
        """Wrap just the keys of `role`; `keys` may hold more."""
        if cost.memory_kib < OWASP_MINIMUM.memory_kib or cost.passes < OWASP_MINIMUM.passes:
            raise ValueError("a slot below the OWASP minimum")
        bare = cls(login, name, role, cost, secrets.token_bytes(16), b"")
        plain = _told(keys, role)
        nonce, stretched = secrets.token_bytes(12), _stretch(passphrase, bare.salt, cost)
        try:
            sealed = AESGCM(stretched).encrypt(nonce, plain, bare._bound())
        finally:
            wipe(plain, stretched)
        return replace(bare, wrapped=nonce + sealed)

    def open(self, passphrase: str) -> dict[Key, bytes]:
        """The keys of this slot; raise `WrongPassphrase`."""
        stretched = _stretch(passphrase, self.salt, self.cost)
        try:
            box = AESGCM(stretched)
            plain = box.decrypt(self.wrapped[:12], self.wrapped[12:], self._bound())
        except InvalidTag as error:
            raise WrongPassphrase(_WRONG_CODE if self.login == RECOVERY else _WRONG) from error
        finally:
            wipe(stretched)
        try:
            return _keys_in(plain)
        finally:
            wipe(plain)

    def _bound(self) -> bytes:
        bound = [_FORMAT, _SLOT_VERSION, self.login, self.name, self.role.value]
        return json.dumps(
            [*bound, self.cost.memory_kib, self.cost.passes, self.cost.lanes]
        ).encode()

    def to_json(self) -> dict[str, Any]:
        """The slot as it stands in the file."""
        return {
            "login": self.login,
            "name": self.name,
            "role": self.role.value,
            "argon2id": {
                "memory_kib": self.cost.memory_kib,
                "passes": self.cost.passes,
                "lanes": self.cost.lanes,
            },
            "salt": base64.b64encode(self.salt).decode(),
            "wrapped": base64.b64encode(self.wrapped).decode(),
        }

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Self:
        """The inverse of `to_json`; raise `ValueError` for what this program never writes."""
        cost = Cost(**found["argon2id"])
        for part in ("memory_kib", "passes", "lanes"):
            least, most = getattr(OWASP_MINIMUM, part), getattr(_COSTLIEST, part)
            if type(getattr(cost, part)) is not int or not least <= getattr(cost, part) <= most:
                raise ValueError(part)
        slot = cls(
            login=found["login"],
            name=found["name"],
            role=Role(found["role"]),
            cost=cost,
            salt=base64.b64decode(found["salt"], validate=True),
            wrapped=base64.b64decode(found["wrapped"], validate=True),
        )
        if not isinstance(slot.login, str) or not isinstance(slot.name, str):
            raise ValueError("login or name")  # noqa: TRY004 - all damage is one error
        if len(slot.salt) != 16 or len(slot.wrapped) < 28:
            raise ValueError("salt or wrapping")
        return slot


@dataclass(frozen=True)
class KeyFile:
    """The slots of one office. `generation` counts how often the file was written."""

    slots: tuple[Slot, ...]
    generation: int = field(default=0, compare=False)

    @classmethod
    def read(cls, folder: Path) -> "KeyFile":
        """The newest sound copy; raise `KeyFileMissing` or `KeyFileDamaged`."""
        copies = [_copy_in(folder / name) for name in KEY_FILES]
        sound = [copy for copy in copies if isinstance(copy, KeyFile)]
        if sound:
            return max(sound, key=lambda copy: copy.generation)
        if _Bad.UNREADABLE in copies:
            raise AppError(
                "The disk does not give the key file of this office, keys.json; nothing was "
                "changed. Check that the disk is there and that you may read it, then try again."
            )
        if _Bad.DAMAGED not in copies:
            raise KeyFileMissing(
                "The key file of this office, keys.json, is missing. Without it nobody can open "
                "the office. Restore a backup of the office."
            )
        raise KeyFileDamaged(
            f"The key file of this office, keys.json, is damaged, and so is its copy, {KEY_COPY}, "
            "or there is none. Nothing was changed. Restore a backup of the office."
        )

    @classmethod
    def mend(cls, folder: Path) -> str:
        """Make both copies what `read` gives; return what was mended, "" for nothing.

        Call it while the folder is ours alone. An office of version 1 gets its copy without a word.
        """
        told = ""
        best = cls.read(folder)
        content = best.to_bytes()
        for name, other in ((KEY_FILE, KEY_COPY), (KEY_COPY, KEY_FILE)):
            copy = _copy_in(folder / name)
            if isinstance(copy, KeyFile) and copy.to_bytes() == content:
                continue
            write_in_one_step(folder / name, content)
            if copy is _Bad.DAMAGED:
                told = f"The key file {name} was damaged. It was mended from {other}."
            elif copy is not _Bad.MISSING:
                told = f"The key file {name} was older than {other}. It was brought up to date."
            elif best.generation:
                told = f"The key file {name} was missing. It was made again from {other}."
        return told

    def write(self, folder: Path) -> None:
        """Replace both copies, each in one step; whoever loses power keeps an old one or a new.

        Raises `AppError`, with both as they were, where the disk refuses the first one.
        """
        latest = max(self.generation, *(_generation_in(folder / name) for name in KEY_FILES))
        content = replace(self, generation=latest + 1).to_bytes()
        write_in_one_step(folder / KEY_FILE, content)
        # What stands is written: the next opening mends the copy.
        with suppress(AppError):
            write_in_one_step(folder / KEY_COPY, content)

    def to_bytes(self) -> bytes:
        """The whole file; `read` takes no other bytes for these slots."""
        slots = [slot.to_json() for slot in self.slots]
        if not self.generation:
            old = {"format": _FORMAT, "version": 1, "slots": slots, "sha256": _digest(slots)}
            return json.dumps(old, indent=1).encode()
        whole = {
            "format": _FORMAT,
            "version": _VERSION,
            "generation": self.generation,
            "slots": slots,
        }
        return json.dumps(whole | {"sha256": _digest(whole)}, indent=1).encode()

    def slot(self, login: str) -> Slot:
        """The slot of one login, however its case and accents are typed."""
        for slot in self.slots:
            if fold(slot.login) == fold(login):
                return slot
        raise WrongPassphrase("This office has no such member, or the member was deactivated.")

    def with_slot(self, slot: Slot) -> Self:
        """This key file with `slot` in place of the one of the same login, or added."""
        kept = tuple(old for old in self.slots if fold(old.login) != fold(slot.login))
        return replace(self, slots=(*kept, slot))

    def without(self, login: str) -> Self:
        """This key file without one login."""
        return replace(
            self, slots=tuple(old for old in self.slots if fold(old.login) != fold(login))
        )


def new_keys() -> dict[Key, bytes]:
    """Fresh random keys for a new office, 256 bits each."""
    return {key: secrets.token_bytes(32) for key in Key}


_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ0123456789"  # Crockford's, which leaves out I, L, O and U


def new_recovery_code() -> str:
    """160 random bits as eight groups of four letters and digits."""
    number = secrets.randbits(160)
    marks = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(0, 160, 5))
    return "-".join(marks[at : at + 4] for at in range(0, 32, 4))


def read_recovery_code(typed: str) -> str:
    """The code as printed, from however it was typed; raise `BadAnswer`."""
    marks = "".join(typed.upper().split()).replace("-", "")
    marks = marks.replace("O", "0").replace("I", "1").replace("L", "1")
    if len(marks) != 32 or any(mark not in _ALPHABET for mark in marks):
        raise BadAnswer(
            "A recovery code has eight groups of four letters and digits. Type all of them."
        )
    return "-".join(marks[at : at + 4] for at in range(0, 32, 4))


class _Bad(Enum):
    """What a copy of the key file may be instead of one."""

    MISSING = "missing"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"


def _copy_in(path: Path) -> KeyFile | _Bad:
    try:
        text = path.read_bytes()
        found = json.loads(text)
        generation = found["generation"] if found["version"] != 1 else 0
        if type(generation) is not int or not 0 <= generation < _MOST_WRITES:
            return _Bad.DAMAGED
        copy = KeyFile(tuple(Slot.from_json(slot) for slot in found["slots"]), generation)
        # Format, version, order and checksum are right where every byte is.
        return copy if copy.to_bytes() == text else _Bad.DAMAGED
    except FileNotFoundError:
        return _Bad.MISSING
    except OSError:
        return _Bad.UNREADABLE
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _Bad.DAMAGED


def _generation_in(path: Path) -> int:
    copy = _copy_in(path)
    return copy.generation if isinstance(copy, KeyFile) else 0


def _digest(slots: Any) -> str:
    return hashlib.sha256(json.dumps(slots, sort_keys=True).encode()).hexdigest()


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    kdf = Argon2id(
        salt=salt,
        length=32,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    # Half a character, pasted, is a wrong passphrase like any other.
    plain = normal_passphrase(passphrase).encode("utf-8", "surrogatepass")
    try:
        return kdf.derive(plain)
    finally:
        wipe(plain)


def _told(keys: Keys, role: Role) -> bytes:
    """The keys of a role as JSON, without a text on the way that could not be wiped."""
    digits = {key: hexlify(keys[key]) for key in sorted(KEYS[role])}
    parts = [b"{"]
    for key, text in digits.items():
        parts += [b'"', key.value.encode(), b'": "', text, b'"', b", "]
    told = b"".join([*parts[:-1], b"}"])
    wipe(*digits.values())
    return told


_ONE_KEY = re.compile(rb'"([a-z]+)": "([0-9a-f]{64})"')


def _keys_in(plain: bytes) -> dict[Key, bytes]:
    view = memoryview(plain)
    return {
        Key(view[slice(*one.span(1))].tobytes().decode()): unhexlify(view[slice(*one.span(2))])
        for one in _ONE_KEY.finditer(plain)
    }
