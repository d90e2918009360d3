"""Keys are gone from memory once an office is closed, where the program can see to it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from intake_app.core.roles import Key
from intake_app.store.key_memory import HeldKeys, keep_from_swap, wipe
from intake_app.store.keyring import new_keys
from intake_app.store.sealing import Locked
from intake_app.store.wrong_tries import open_slot
from tests.conftest import PASSPHRASE
from tests.offices import new_office, unlocked

_LOOK = """
import gc, json, os, sys
from datetime import datetime
from pathlib import Path
from typing import Any
from intake_app.core.fields import Compartment
from intake_app.store.sealing import derived_key
from intake_app.store.history import derive_chain_key
from intake_app.store.key_memory import wipe
from intake_app.workflows.check_office import check_office
from intake_app.workflows.find_people import find_people
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.unlock_office import unlock_office

MASK = 0xA7

def masked(secret):
    return bytearray(byte ^ MASK for byte in secret)

def spans():
    # Locking a page splits what the system tells; a key may lie across the split.
    joined = []
    for line in open("/proc/self/maps"):
        place, rights, *rest = line.split()
        if not rights.startswith("rw") or rest[-1] in ("[vvar]", "[vsyscall]"):
            continue
        start, end = (int(part, 16) for part in place.split("-"))
        if joined and joined[-1][1] == start:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return joined

def found(secrets):
    # What was read, and what was turned, hold each secret in plain: wiped, or found the next time.
    seen = dict.fromkeys(secrets, 0)
    with open("/proc/self/mem", "rb", 0) as memory:
        for start, end in spans():
            try:
                memory.seek(start)
                content = memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue
            turned = content.translate(TABLE)
            for name, mask in secrets.items():
                seen[name] += turned.count(mask)
            wipe(content, turned)
            del content, turned
    return seen

TABLE = bytes(byte ^ MASK for byte in range(256))
now = datetime.fromisoformat(sys.argv[3])
office = unlock_office(Path(sys.argv[1]), "administrator", sys.argv[2], now)
start_intake(office, now)
find_people(office, "")
check_office(office)
secrets = {}
held = office.keys.held
for key, value in held.items():
    secrets[f"{key.value} key"] = masked(value)
    secrets[f"{key.value} key as hex"] = bytearray(
        ord("0123456789abcdef"[half]) ^ MASK for byte in value for half in (byte >> 4, byte & 15)
    )
for kind, value in office.sealer._keys.items():
    secrets[f"sealing key {kind.name.lower()}"] = masked(value)
secrets["chain key"] = masked(office.chain_key)
secrets = {name: bytes(mask) for name, mask in secrets.items()}
del held, value
before = found(secrets)
office.close()
if len(sys.argv) > 4:
    del office
gc.collect()
print(json.dumps([before, found(secrets)]))
"""


def looked(folder: Path) -> tuple[dict[str, int], dict[str, int]]:
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, str(folder), PASSPHRASE, "2026-11-22T17:11:00+00:00"],
        capture_output=True,
        text=True,
        check=True,
    )
    before, after = json.loads(done.stdout)
    return before, after


@pytest.mark.skipif(not os.access("/proc/self/mem", os.R_OK), reason="no /proc")
def test_no_key_is_left_in_memory_after_closing(folder: Path) -> None:
    new_office(folder).office.close()
    before, after = looked(folder)
    sys.stderr.write(f"open: {before}\nclosed: {after}\n")
    for name in ("file key", "identity key", "protected key", "chain key"):
        assert before[name], f"the search finds the {name} of an open office"
    assert not any(many for name, many in before.items() if name.endswith("hex")), "while open"
    assert {name: many for name, many in after.items() if many} == {}


def test_a_wiped_secret_is_zeros_and_a_copy_is_not() -> None:
    keys = HeldKeys(new_keys())
    copy = keys[Key.FILE]
    assert keys.held[Key.FILE] == copy
    assert keys.held[Key.FILE] is not copy
    keys.wipe()
    assert set(keys.held.values()) == {bytes(32)}
    assert any(copy)
    text = "".join(["abc", "def"])
    wipe(text)
    assert text == "\0" * 6


def test_what_everybody_shares_is_left_alone() -> None:
    wipe(b"", b"a", "", "b")
    assert bytes([97]) == b"a"


def test_a_key_is_locked_in_memory() -> None:
    if not keep_from_swap(os.urandom(32)):
        pytest.skip("this system lets the program lock no memory")
    locked = next(
        (line for line in Path("/proc/self/status").read_text().splitlines() if "VmLck" in line),
        "VmLck: 0 kB",
    )
    assert int(locked.split()[1]) > 0


def test_a_closed_office_seals_nothing_with_a_key_of_zeros(folder: Path) -> None:
    new_office(folder).office.close()
    office = unlocked(folder)
    office.close()
    with pytest.raises(Locked):
        office.sealer.seal(next(iter(office.sealer._keys)), "x.y:1", "told")


def test_what_the_keys_pass_through_is_wiped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Freed memory is soon used again, so that the search above may miss these."""
    new_office(folder).office.close()
    handed: list[dict[Key, bytes]] = []
    wiped: list[str | bytes] = []

    def opened(*given: Any) -> dict[Key, bytes]:
        handed.append(open_slot(*given))
        return handed[-1]

    def wipes(*secrets: str | bytes) -> None:
        wiped.extend(secrets)
        wipe(*secrets)

    monkeypatch.setattr("intake_app.store.office.open_slot", opened)
    monkeypatch.setattr("intake_app.store.office_file.wipe", wipes)
    with unlocked(folder) as office:
        assert {len(key) for key in handed[0].values()} == {32}
        assert not any(any(key) for key in handed[0].values())
        assert {len(text) for text in wiped} == {64, len("PRAGMA key = \"x''\"") + 64}
        assert all(set(text) == {"\0"} for text in wiped)
        assert office.damage() == []
