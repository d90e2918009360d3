"""The key file: who may open the office, and with which keys.

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
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
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

KEY_FILE = "keys.json"
RECOVERY = "recovery sheet"
_FORMAT = "intake-desk-keys"
_VERSION = 1

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


_COSTLIEST = Cost(memory_kib=1_048_576, passes=1_000, lanes=16)
"""More than any calibration gives: a changed figure must not take the computer's memory."""


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
        plain = json.dumps({key.value: keys[key].hex() for key in sorted(KEYS[role])})
        nonce = secrets.token_bytes(12)
        box = AESGCM(_stretch(passphrase, bare.salt, cost))
        return replace(bare, wrapped=nonce + box.encrypt(nonce, plain.encode(), bare._bound()))

    def open(self, passphrase: str) -> dict[Key, bytes]:
        """The keys of this slot; raise `WrongPassphrase`."""
        box = AESGCM(_stretch(passphrase, self.salt, self.cost))
        try:
            plain = box.decrypt(self.wrapped[:12], self.wrapped[12:], self._bound())
        except InvalidTag as error:
            raise WrongPassphrase(
                "That passphrase does not open this office. Check caps lock and try again."
            ) from error
        return {Key(word): bytes.fromhex(key) for word, key in json.loads(plain).items()}

    def _bound(self) -> bytes:
        bound = [_FORMAT, _VERSION, self.login, self.name, self.role.value]
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
    """The slots of one office."""

    slots: tuple[Slot, ...]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read and check the key file; raise `KeyFileMissing` or `KeyFileDamaged`."""
        try:
            text = (folder / KEY_FILE).read_bytes()
        except FileNotFoundError as error:
            raise KeyFileMissing(
                "The key file of this office, keys.json, is missing. Without it nobody can open "
                "the office: copy it back from a backup of the whole folder."
            ) from error
        except OSError as error:
            raise KeyFileDamaged(
                "The key file of this office, keys.json, can’t be read."
            ) from error
        try:
            found = json.loads(text)
            if found["format"] != _FORMAT or found["sha256"] != _digest(found["slots"]):
                raise ValueError("checksum")
            if found["version"] != _VERSION:
                raise ValueError("version")
            read = cls(tuple(Slot.from_json(slot) for slot in found["slots"]))
            if read.to_bytes() != text:
                raise ValueError("not as it was written")
            return read  # noqa: TRY300 - the checks before it are what may fail
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise KeyFileDamaged(
                "The key file of this office, keys.json, is damaged. Nothing was changed. "
                "Copy it back from a backup of the whole folder."
            ) from error

    def write(self, folder: Path) -> None:
        """Replace the key file in one step; whoever loses power keeps the old one or the new."""
        write_in_one_step(folder / KEY_FILE, self.to_bytes())

    def to_bytes(self) -> bytes:
        """The whole file; `read` takes no other bytes for these slots."""
        slots = [slot.to_json() for slot in self.slots]
        whole = {"format": _FORMAT, "version": _VERSION, "slots": slots, "sha256": _digest(slots)}
        return json.dumps(whole, indent=1).encode()

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


def write_in_one_step(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, then replace; the file is readable by its owner only."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        if os.name == "posix":
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        raise AppError(
            "The office folder can’t be written. Check that the disk is there, not full and not "
            "write-protected, then try again."
        ) from error


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
    return kdf.derive(normal_passphrase(passphrase).encode("utf-8", "surrogatepass"))
