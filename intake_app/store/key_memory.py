"""Keys in memory: kept out of the swap file, and overwritten when they are no longer needed.

Python moves and copies freely, so this covers what the program itself holds: the keys of an open
office, what is derived from them, and the texts they pass through. A passphrase that was typed is
a string of the window's toolkit, and can't be overwritten.
"""

import ctypes
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from intake_app.core.roles import Key

# Where the bytes of an object begin, counted from its address: a fact of CPython.
_KNOWN = sys.implementation.name == "cpython"
_BYTES_START = sys.getsizeof(b"") - 1
_TEXT_START = sys.getsizeof("") - 1


def wipe(*secrets: bytes | str) -> None:
    """Overwrite secrets with zeros, in place. Only for what this program made and nobody else has.

    A text must be of ASCII alone.
    """
    for secret in secrets:
        if _KNOWN and len(secret) > 1:  # shorter ones are shared by everybody
            start = _TEXT_START if isinstance(secret, str) else _BYTES_START
            ctypes.memset(id(secret) + start, 0, len(secret))


def keep_from_swap(secret: bytes) -> bool:
    """Ask the system never to write the page of a secret to the disk; return whether it will not.

    A small share of memory may be locked; where it is used up, the secret is only wiped.
    """
    if not _KNOWN:
        return False
    where, length = ctypes.c_void_p(id(secret) + _BYTES_START), ctypes.c_size_t(len(secret))
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.VirtualLock(where, length))
    lock: Any = getattr(ctypes.CDLL(None), "mlock", None)
    return lock is not None and lock(where, length) == 0


class HeldKeys(Mapping[Key, bytes]):
    """The keys of an open office. Whoever asks for one gets a copy; `held` is for this package."""

    def __init__(self, keys: Mapping[Key, bytes]) -> None:
        self.held = {key: bytes(bytearray(keys[key])) for key in keys}
        for secret in self.held.values():
            keep_from_swap(secret)

    def __getitem__(self, key: Key) -> bytes:
        """A copy, which outlives the wiping."""
        return bytes(bytearray(self.held[key]))

    def __iter__(self) -> Iterator[Key]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)

    def __contains__(self, key: object) -> bool:
        return key in self.held

    def wipe(self) -> None:
        """The office is closed."""
        wipe(*self.held.values())
