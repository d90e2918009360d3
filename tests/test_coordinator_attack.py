"""A member with the whole folder, her passphrase and a debugger learns only what her keys open.

The attack takes everything the member's slot yields, opens the raw database and every copy of it,
tries each blob with each key she has or can work out, for each compartment and each place, and
looks through every decrypted page for words she must not learn. The same attack with the slot of
a paralegal finds everything, so the attack itself is seen to work.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.answers import to_stored
from intake_app.core.casefile import RECORDS
from intake_app.core.fields import Compartment, Kind, Question, question, title_of
from intake_app.core.names import fold
from intake_app.core.roles import Key, Role
from intake_app.store.keyring import KeyFile
from intake_app.store.members import deactivate_member
from intake_app.store.office_file import DATABASE
from intake_app.store.sealing import derive, place
from intake_app.workflows.find_people import find_people
from intake_app.workflows.manage_members import change_passphrase
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.undo_change import undo_change
from tests.conftest import NOW, PASSPHRASE
from tests.examples import EVERY_QUESTION, example, typed_answer
from tests.offices import new_office, raw_file, raw_office, staff, tables_of, unlocked

IDENTITY = (Compartment.IDENTITY, Compartment.BOTH)
PROTECTED = (Compartment.PROTECTED, Compartment.BOTH)


PURPOSES = ("history", "ledger", "import", "report snapshot", "backup", "mark", "conflict check")
"""What the program derives keys for, besides sealing."""


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a thief gets it: three cases with every question answered, the -wal included."""
    folder = tmp_path_factory.mktemp("attack") / "office"
    with new_office(folder).office as office:
        staff(office)
    # An attorney, for she may answer every question.
    with unlocked(folder, Role.ATTORNEY) as office:
        find_people(office, "")  # the case list is in memory, as in a day's work
        for number in range(3):
            case = start_intake(office, NOW).case_id
            for cls in RECORDS:
                entry = add_entry(office, case, cls, NOW).entry_id if title_of(cls).many else None
                for asked in (one for record, one in EVERY_QUESTION if record is cls):
                    value = example(cls, asked)
                    if asked.kind in (Kind.LINE, Kind.TEXT, Kind.PHONE):
                        value = f"{value} {number}"
                    save_answer(office, case, cls, entry, asked.name, value, NOW)
        find_people(office, "nguyen")
        with office.reading() as connection:
            newest = connection.exec_driver_sql("SELECT max(seq) FROM history").scalar_one()
        undo_change(office, newest, NOW)
    with unlocked(folder, Role.COORDINATOR) as office:
        change_passphrase(office, PASSPHRASE, PASSPHRASE + " anew", NOW)
        change_passphrase(office, PASSPHRASE + " anew", PASSPHRASE, NOW)
    with unlocked(folder) as office:
        deactivate_member(office, Role.ATTORNEY.value, NOW)
        save_answer(office, 1, RECORDS[0], None, "caller_name", "Żółć-Nguyễn in the wal", NOW)
        thief = folder.parent / "taken"
        shutil.copytree(folder, thief)
    assert (thief / f"{DATABASE}-wal").stat().st_size > 0
    return thief


@dataclass
class Loot:
    """What an attack came away with."""

    pages: bytes = b""
    blobs: int = 0
    opened: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def attack(folder: Path, role: Role, work: Path) -> Loot:
    """Everything `role` can get out of the folder with her passphrase."""
    held = KeyFile.read(folder).slot(role.value).open(PASSPHRASE)
    boxes = [AESGCM(key) for key in _every_key(held)]
    loot = Loot(b"".join(_pages_in_plain(folder, held[Key.FILE])))
    mine = Path(shutil.copytree(folder, work / role.value))
    with raw_office(mine, held[Key.FILE]) as raw:
        for table in tables_of(raw):
            names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
            for row in raw.execute(f"SELECT rowid, * FROM {table}"):  # noqa: S608 - its own names
                for name, value in zip(names, row[1:], strict=True):
                    if isinstance(value, bytes):
                        loot.blobs += 1
                        for text in _openings(value, table, name, row[0], boxes):
                            loot.opened.setdefault((table, name), []).append(text)
    return loot


@pytest.fixture(scope="module")
def loot_of(taken: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Role], Loot]:
    """What each role comes away with; each attack is made once."""
    return cache(lambda role: attack(taken, role, tmp_path_factory.mktemp("loot")))


def _pages_in_plain(folder: Path, key: bytes) -> Iterator[bytes]:
    """Every page of the database and of the -wal, free and stale ones too, without their cipher.

    SQLCipher 4 with a raw key: AES-256-CBC, 4096-byte pages that end in 16 bytes of IV and 64 of
    HMAC; the first page starts with 16 bytes of salt. A frame of the -wal is 24 bytes of header
    (the page's number first) and one such page; the file starts with 32 bytes of its own.
    """
    database = (folder / DATABASE).read_bytes()
    log = folder / f"{DATABASE}-wal"
    wal = log.read_bytes() if log.exists() else b""  # a backup has none
    pages = [(at == 0, database[at : at + 4096]) for at in range(0, len(database), 4096)]
    for at in range(32, len(wal), 24 + 4096):
        first = int.from_bytes(wal[at : at + 4], "big") == 1
        pages.append((first, wal[at + 24 : at + 24 + 4096]))
    for first, page in pages:
        cipher = Cipher(algorithms.AES256(key), modes.CBC(page[4016:4032])).decryptor()
        yield cipher.update(page[16 if first else 0 : 4016]) + cipher.finalize()


def _every_key(held: dict[Key, bytes]) -> list[bytes]:
    """Her keys, and whatever can be worked out of them the way the program does."""
    materials = [b"", b"\0" * 32, *held.values()]
    materials += [one + other for one, other in permutations(materials, 2)]
    purposes = [f"intake-desk seal {compartment.name.lower()} 1" for compartment in Compartment]
    purposes += [f"intake-desk {what} 1" for what in PURPOSES]
    keys = [material for material in materials if len(material) == 32]
    keys += [derive(material, purpose) for material in materials for purpose in purposes]
    return list(dict.fromkeys(keys))


def _openings(value: bytes, table: str, name: str, row: int, boxes: list[AESGCM]) -> list[str]:
    found = []
    for box in boxes:
        for start in (0, 1):
            for about in (place(table, name, row).encode(), b""):
                try:
                    opened = box.decrypt(value[start : start + 12], value[start + 12 :], about)
                except (InvalidTag, ValueError):
                    continue
                found.append(opened.decode("utf-8", "replace"))
    return found


def secrets_of(compartments: tuple[Compartment, ...]) -> list[str]:
    """Words that stand only in answers of these compartments, in the forms they may turn up."""
    open_words = {
        str(to_stored(asked, example(cls, asked)))
        for cls, asked in EVERY_QUESTION
        if asked.keep not in compartments
    }
    words = []
    for cls, asked in EVERY_QUESTION:
        if asked.keep in compartments and asked.kind in (
            Kind.LINE,
            Kind.TEXT,
            Kind.PHONE,
            Kind.PARTIAL_DATE,
            Kind.DATE,
        ):
            stored = str(to_stored(asked, example(cls, asked)))
            some = {stored, fold(stored), typed_answer(cls, asked)} - open_words
            words += [word for word in some if len(word) >= 7]
    return words


def sealed_columns(compartments: tuple[Compartment, ...]) -> list[tuple[str, str, Question]]:
    return [
        (title_of(cls).table, asked.name, asked)
        for cls, asked in EVERY_QUESTION
        if asked.keep in compartments
    ]


def test_the_attack_works_on_a_member_with_every_key(loot_of: Callable[[Role], Loot]) -> None:
    loot = loot_of(Role.PARALEGAL)
    for table, name, asked in sealed_columns((*IDENTITY, *PROTECTED)):
        assert len(loot.opened[table, name]) in (2, 3), name  # one answer was undone
        stored = str(to_stored(asked, example(_record(table), asked)))
        assert any(stored in text for text in loot.opened[table, name])
    assert loot.opened["cases", "roster_line"]
    assert loot.opened["history", "after"]
    assert any("in the wal" in text for text in loot.opened["history", "after"])


def test_a_coordinator_learns_no_identity(loot_of: Callable[[Role], Loot]) -> None:
    loot = loot_of(Role.COORDINATOR)
    assert loot.blobs > 3 * 100
    # She opens victim facts, so she was inside; nothing else opened.
    protected = {(table, name) for table, name, _ in sealed_columns((Compartment.PROTECTED,))}
    assert set(loot.opened) == protected
    _nothing_in(loot, secrets_of(IDENTITY))


def test_a_volunteer_learns_no_victim_fact(loot_of: Callable[[Role], Loot]) -> None:
    loot = loot_of(Role.VOLUNTEER)
    identity = {(table, name) for table, name, _ in sealed_columns((Compartment.IDENTITY,))}
    assert identity <= set(loot.opened)
    shut = {(table, name) for table, name, _ in sealed_columns(PROTECTED)}
    assert not shut & set(loot.opened)
    assert (
        not {table for table, _ in loot.opened}
        - {table for table, _ in identity}
        - {
            "cases",
            "history",
        }
    )
    _nothing_in(loot, secrets_of(PROTECTED))
    # History opens for her only where the answer does.
    opened = " ".join(loot.opened["history", "after"])
    for word in secrets_of(PROTECTED):
        assert word not in opened


def test_a_thief_without_a_passphrase_reads_nothing(taken: Path, tmp_path: Path) -> None:
    content = b"".join(path.read_bytes() for path in taken.iterdir() if path.is_file())
    for word in secrets_of((*IDENTITY, *PROTECTED)):
        for form in _forms(word):
            assert form not in content
    copy = tmp_path / "copy.db"
    shutil.copy(taken / DATABASE, copy)
    for key in (b"\0" * 32, b"\xff" * 32):
        with pytest.raises(sqlcipher.DatabaseError), raw_file(copy, key) as raw:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()


def test_a_deactivated_member_has_no_slot_left(taken: Path) -> None:
    assert Role.ATTORNEY.value not in {slot.login for slot in KeyFile.read(taken).slots}


def test_the_facts_a_coordinator_counts_are_in_the_pages(loot_of: Callable[[Role], Loot]) -> None:
    """So that the search through the pages is seen to find what is there."""
    loot = loot_of(Role.COORDINATOR)
    for name in ("arrest_county", "arresting_agency"):
        record = _record("custody")
        value = str(example(record, question(record, name)))
        assert value.encode() in loot.pages
    assert b"CREATE TABLE person" in loot.pages


def _nothing_in(loot: Loot, words: list[str]) -> None:
    assert len(words) > 5
    for word in words:
        for form in _forms(word):
            assert form not in loot.pages, "a secret stands in the open file"
        for texts in loot.opened.values():
            if word in " ".join(texts):
                pytest.fail("a secret opened with keys that do not hold it")


def _forms(word: str) -> list[bytes]:
    forms = [word.encode(), word.encode("utf-16-le"), word.encode().hex().encode()]
    return [*forms, word.encode().hex().upper().encode(), word.encode("unicode_escape")]


def _record(table: str) -> type:
    return next(cls for cls in RECORDS if title_of(cls).table == table)


def test_every_purpose_a_key_is_derived_for_is_tried() -> None:
    sources = (Path(__file__).parents[1] / "intake_app").rglob("*.py")
    text = "".join(file.read_text("utf-8") for file in sources)
    named = set(re.findall(r'"intake-desk ([a-z ]+) 1[ "]', text))
    assert named == set(PURPOSES)
