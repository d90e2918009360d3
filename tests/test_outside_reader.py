"""A reader of an office folder written from `SECURITY.md` alone, without the program’s own reader.

It uses AES, SHA-2, PBKDF2, HKDF and Argon2id, and Python’s own sqlite3 for the opened pages. If
this fails, either the format changed or `SECURITY.md` no longer tells it.
"""

import base64
import hashlib
import hmac
import json
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake_app.core.casefile import Person
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW, PASSPHRASE
from tests.offices import new_office

PAGE, RESERVED, SALT, IV, MAC = 4096, 80, 16, 16, 64


def keys_of(folder: Path, login: str, passphrase: str) -> dict[str, bytes]:
    """“The key file”."""
    told = json.loads((folder / "keys.json").read_text("utf-8"))
    slot = next(one for one in told["slots"] if one["login"] == login)
    cost = slot["argon2id"]
    words = unicodedata.normalize("NFKC", passphrase)
    key = Argon2id(
        salt=base64.b64decode(slot["salt"]),
        length=32,
        iterations=cost["passes"],
        lanes=cost["lanes"],
        memory_cost=cost["memory_kib"],
    ).derive(words.encode())
    bound = [
        *("intake-desk-keys", 1, slot["login"], slot["name"], slot["role"]),
        *(cost["memory_kib"], cost["passes"], cost["lanes"]),
    ]
    wrapped = base64.b64decode(slot["wrapped"])
    plain = AESGCM(key).decrypt(wrapped[:12], wrapped[12:], json.dumps(bound).encode())
    return {name: bytes.fromhex(value) for name, value in json.loads(plain).items()}


def pages_of(encrypted: bytes, key: bytes) -> Iterator[bytes]:
    """“The database”: each page checked and opened."""
    salt = encrypted[:SALT]
    turned = bytes(byte ^ 0x3A for byte in salt)
    mac_key = hashlib.pbkdf2_hmac("sha512", key, turned, 2, 32)
    for number, at in enumerate(range(0, len(encrypted), PAGE), start=1):
        page = encrypted[at : at + PAGE]
        start = SALT if number == 1 else 0
        sealed, iv = page[start : PAGE - RESERVED], page[PAGE - RESERVED :][:IV]
        told = page[PAGE - RESERVED + IV :][:MAC]
        made = hmac.digest(mac_key, sealed + iv + number.to_bytes(4, "little"), "sha512")
        assert hmac.compare_digest(made, told), f"page {number}"
        opener = Cipher(algorithms.AES256(key), modes.CBC(iv)).decryptor()
        head = b"SQLite format 3\0" if number == 1 else b""
        yield head + opener.update(sealed) + opener.finalize() + bytes(RESERVED)


def derived(keys: list[bytes], info: str) -> bytes:
    """“Keys made from keys”."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=info.encode()).derive(b"".join(keys))


def opened(key: bytes, place: str, sealed: bytes) -> str:
    """“Sealed values”."""
    assert sealed[0] == 1
    plain = AESGCM(key).decrypt(sealed[1:13], sealed[13:], place.encode())
    return plain[: plain.rindex(b"\x80")].decode()


@pytest.fixture(scope="module")
def folder() -> Path:
    """A real office, closed; its cases were answered by a program of an earlier version."""
    return Path(__file__).parent / "released" / "0004"


@contextmanager
def plain_copy(folder: Path, key: bytes, file: Path) -> Iterator[sqlite3.Connection]:
    """The database of a closed office as plain SQLite."""
    file.write_bytes(b"".join(pages_of((folder / "office.db").read_bytes(), key)))
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        yield connection


@pytest.fixture
def plain(folder: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The database of the fixture."""
    keys = keys_of(folder, "paralegal", "heron gravel tulip ferry")
    with plain_copy(folder, keys["file"], tmp_path / "plain.db") as connection:
        yield connection


def test_answers_of_each_compartment_open(folder: Path, plain: sqlite3.Connection) -> None:
    keys = keys_of(folder, "paralegal", "heron gravel tulip ferry")
    told = json.loads((folder / "answers.json").read_text("utf-8"))
    identity = derived([keys["identity"]], "intake-desk seal identity 1")
    protected = derived([keys["protected"]], "intake-desk seal protected 1")
    both = derived([keys["identity"], keys["protected"]], "intake-desk seal both 1")
    person = plain.execute("SELECT id, surname FROM person WHERE case_id = 1").fetchone()
    assert (
        opened(identity, f"person.surname:{person['id']}", person["surname"])
        == (told["person.surname"])
    )
    for table, column, key in (
        ("abuser", "relation", protected),
        ("abuser", "name", both),
    ):
        row = plain.execute(
            f"SELECT id, {column} FROM {table} WHERE case_id = 1"  # noqa: S608 - names above
        ).fetchone()
        assert opened(key, f"{table}.{column}:{row['id']}", row[column])


def test_a_coordinator_s_keys_open_no_name(folder: Path) -> None:
    assert set(keys_of(folder, "coordinator", "heron gravel tulip ferry")) == {"file", "protected"}
    assert set(keys_of(folder, "volunteer", "heron gravel tulip ferry")) == {"file", "identity"}


def test_the_history_is_chained_as_told(tmp_path: Path) -> None:
    with new_office(tmp_path / "office").office as office:
        case = start_intake(office, NOW).case_id
        save_answer(office, case, Person, None, "surname", "Núñez", NOW)
    keys = keys_of(tmp_path / "office", "administrator", PASSPHRASE)
    chain = derived([keys["file"]], "intake-desk history 1")
    identity = derived([keys["identity"]], "intake-desk seal identity 1")
    mac = b""
    with plain_copy(tmp_path / "office", keys["file"], tmp_path / "plain.db") as read:
        rows = read.execute("SELECT * FROM history ORDER BY seq").fetchall()
        assert read.execute("PRAGMA user_version").fetchone()[0] == len(rows)
    for row in rows:
        values = [row[name] for name in row.keys() if name != "mac"]  # noqa: SIM118 - a Row's own
        told = [
            hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
            for value in values
        ]
        mac = hmac.digest(chain, mac + json.dumps(told).encode(), "sha256")
        assert mac == row["mac"]
    last = rows[-1]
    assert opened(identity, f"history.after:{last['seq']}", last["after"]) == "Núñez"
