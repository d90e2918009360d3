"""Offices for tests that share one, and a look at their files without the program."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.roles import Role
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.members import add_member
from intake_app.store.office import Office
from intake_app.store.office_file import DATABASE
from intake_app.workflows.create_office import CreatedOffice, create_office
from intake_app.workflows.reauthenticate import Proof
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE, PROFILE


def new_office(folder: Path) -> CreatedOffice:
    """A new office, open for its administrator, who is called `administrator`."""
    return create_office(
        folder, PROFILE, "administrator", "A. Ruiz", PASSPHRASE, NOW, OWASP_MINIMUM
    )


def staff(office: Office) -> None:
    """Add one member of each other role; login = role."""
    for role in Role:
        if role is not Role.ADMINISTRATOR:
            add_member(office, role.value, f"{role.value.title()} Person", role, PASSPHRASE, NOW)


def proof_of(office: Office, now: datetime = NOW) -> Proof:
    """As if whoever has the office open had just typed her passphrase again."""
    return Proof(office.folder, office.member.id, now)


def unlocked(folder: Path, role: Role | str = Role.ADMINISTRATOR) -> Office:
    """The office, open for a member of that role."""
    return unlock_office(folder, str(role), PASSPHRASE, NOW)


@contextmanager
def raw_file(path: Path, key: bytes) -> Iterator[Any]:
    """A bare connection to an encrypted file, past every rule of the program."""
    raw = sqlcipher.connect(str(path), isolation_level=None)
    try:
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        raw.execute("PRAGMA foreign_keys = OFF")
        yield raw
    finally:
        raw.close()


def raw_office(folder: Path, key: bytes) -> Any:
    """`raw_file` of an office folder."""
    return raw_file(folder / DATABASE, key)


def tables_of(raw: Any) -> list[str]:
    """The names of the tables in the file."""
    found = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in found]


def rows_and_schema(raw: Any) -> list[object]:
    """Everything in the file: the SQL of the schema, and every row of every table."""
    everything: list[object] = raw.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    ).fetchall()
    for table in tables_of(raw):
        rows = raw.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - its own tables
        everything.append((table, sorted(map(repr, rows))))
    return everything


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file under a folder and the hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else "folder"
        for path in sorted(folder.rglob("*"))
    }
