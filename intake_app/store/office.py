"""One office: a folder with an encrypted database and a key file, open for one member.

The database is SQLCipher 4 with a raw 256-bit key, in WAL mode with full syncs; a change that
was acknowledged is on the disk. One program has a folder open at a time.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from filelock import FileLock
from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DatabaseError, NoResultFound
from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.authority_checks import OfficeLibrary
from intake_app.core.errors import (
    AppError,
    KeyFileDamaged,
    OfficeDamaged,
    OfficeMissing,
    WrongPassphrase,
)
from intake_app.core.names import fold
from intake_app.core.office_reference import OfficeReference
from intake_app.core.passphrases import check_passphrase
from intake_app.core.roles import Key, Role
from intake_app.store import history, migrate
from intake_app.store.document_parts import unsound_documents
from intake_app.store.keyring import KEY_FILE, RECOVERY, Cost, KeyFile, Slot, new_keys
from intake_app.store.letter_check import unsound_letters
from intake_app.store.office_file import (
    DAMAGED,
    DATABASE,
    connect_to,
    give_up,
    in_sentences,
)
from intake_app.store.office_lock import LOCK, lock_office
from intake_app.store.office_reference import read_reference
from intake_app.store.roster import Roster
from intake_app.store.schema import MEMBERS, OFFICE, REVISION
from intake_app.store.sealing import Sealer, derive
from intake_app.store.transactions import engine_over, transaction

if TYPE_CHECKING:
    from intake_app.core.letters.letter_setup import LetterSetup
    from intake_app.store.known_people import KnownPeople


@dataclass(frozen=True)
class Member:
    """Somebody who may open the office. `login` is typed, `name` is shown and signs."""

    id: int
    login: str
    name: str
    role: Role
    active: bool


@dataclass(frozen=True)
class OfficeProfile:
    """The office itself: `state` as two letters, `zone` an IANA name, `letterhead` its lines."""

    name: str
    state: str
    letterhead: str
    zone: str


class Office:
    """An open office. Belongs to the one thread that opened it; close it there."""

    def __init__(
        self,
        folder: Path,
        member: Member,
        profile: OfficeProfile,
        keys: Mapping[Key, bytes],
        engine: Engine,
        lock: FileLock,
    ) -> None:
        self.folder = folder
        self.member = member
        self.profile = profile
        self.keys = keys
        self.sealer = Sealer(keys)
        self.chain_key = _chain_key(keys)
        self.roster = Roster()
        self.reference = OfficeReference()
        self.known_people: KnownPeople | None = None
        self.checked_library: OfficeLibrary | None = None
        self.letter_setup: LetterSetup | None = None
        self._engine = engine
        self._lock = lock

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        profile: OfficeProfile,
        login: str,
        name: str,
        passphrase: str,
        recovery_code: str,
        cost: Cost,
        scripts: Path,
        now: datetime,
    ) -> Self:
        """Make a new office with its first administrator, and open it.

        Raises `AppError` where the folder holds anything already or can't be written.
        """
        check_passphrase(passphrase)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise AppError("That folder is not empty. Choose a new folder for the office.")
        except OSError as error:
            raise AppError(
                "The folder for the office can’t be made there. Choose another place."
            ) from error
        keys = new_keys()
        admin = Role.ADMINISTRATOR
        slots = (
            Slot.make(login, name, admin, passphrase, keys, cost),
            Slot.make(RECOVERY, RECOVERY, admin, recovery_code, keys, cost),
        )
        lock = lock_office(folder)
        raw = None
        try:
            raw = connect_to(folder / DATABASE, keys[Key.FILE], create=True)
            migrate.upgrade(raw, scripts, REVISION)
            raw.execute("PRAGMA journal_mode = WAL")
            engine = engine_over(raw)
            with transaction(engine, write=True) as connection:
                connection.execute(
                    insert(OFFICE).values(
                        id=1,
                        name=profile.name,
                        state=profile.state,
                        zone=profile.zone,
                        letterhead=profile.letterhead,
                        created_at=now.isoformat(timespec="seconds"),
                    )
                )
                member = add_member_row(connection, login, name, admin, now)
            office = cls(folder, member, profile, keys, engine, lock)
            with office.writing() as connection:
                office.record(connection, history.Line(_stamp(now), member.id, "office created"))
            # The key file comes last: without one the folder holds nothing anybody needs.
            KeyFile(slots).write(folder)
        except BaseException as error:
            give_up(raw, lock, folder / KEY_FILE, folder / DATABASE, folder / LOCK)
            if isinstance(error, DatabaseError | sqlcipher.Error):
                raise AppError(
                    "The office could not be written. Check that the disk is there and not full, "
                    "then try again."
                ) from error
            raise
        return office

    @classmethod
    def open(
        cls,
        folder: Path,
        login: str,
        passphrase: str,
        *,
        scripts: Path,
        now: datetime,
        revision: str = REVISION,
    ) -> Self:
        """Open for one member; every way it can fail has its own sentence and changes nothing.

        Raises `OfficeMissing`, `KeyFileMissing`, `KeyFileDamaged`, `WrongPassphrase`, `Busy`,
        `OfficeDamaged` or `OfficeTooNew`.
        """
        slots = read_slots(folder)
        slot = slots.slot(login)
        keys = slot.open(passphrase)
        # A folder brought back from a backup has no lock file; a refused opening leaves none.
        made_here = () if (folder / LOCK).exists() else (folder / LOCK,)
        lock = lock_office(folder)
        raw = None
        try:
            raw = connect_to(folder / DATABASE, keys[Key.FILE])
            migrate.bring_up_to_date(
                raw, folder, scripts, now, revision, chain_key=_chain_key(keys)
            )
            engine = engine_over(raw)
            with transaction(engine) as connection:
                profile = connection.execute(select(OFFICE)).one()
                row = connection.execute(
                    select(MEMBERS).where(MEMBERS.c.login == slot.login)
                ).first()
                reference = read_reference(connection)
            member = _member_of(slot, row)
        except (DatabaseError, NoResultFound, sqlcipher.DatabaseError) as error:
            give_up(raw, lock, *made_here)
            raise OfficeDamaged(DAMAGED) from error
        except BaseException:
            give_up(raw, lock, *made_here)
            raise
        found = OfficeProfile(profile.name, profile.state, profile.letterhead, profile.zone)
        office = cls(folder, member, found, keys, engine, lock)
        office.reference = reference
        return office

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the file; raise `OfficeDamaged`."""
        with in_sentences(), transaction(self._engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on the disk when the block is left, or never was.

        Raises `AppError` when the disk refuses, `OfficeDamaged` for a damaged file.
        """
        with in_sentences(), transaction(self._engine, write=True) as connection:
            yield connection

    def record(self, connection: Connection, *lines: history.Line) -> list[int]:
        """Add to the history, in the transaction of the change itself."""
        return history.write_history(connection, self.sealer, self.chain_key, lines)

    def today(self, now: datetime) -> date:
        """The day it is at the office."""
        return now.astimezone(ZoneInfo(self.profile.zone)).date()

    def key_file(self) -> KeyFile:
        """The slots as they stand on the disk now."""
        return KeyFile.read(self.folder)

    def damage(self) -> list[str]:
        """Sentences about everything wrong in the file; empty for a sound one."""
        found: list[str] = []
        try:
            self._look_for_damage(found)
        except OfficeDamaged:
            found.append("The database is damaged: parts of it can’t be read. Restore a backup.")
        return found

    def _look_for_damage(self, found: list[str]) -> None:
        with self.reading() as connection:
            if connection.exec_driver_sql("PRAGMA cipher_integrity_check").first():
                found.append("The database is damaged: pages of it were changed. Restore a backup.")
            if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                found.append("The database is damaged: it contradicts itself. Restore a backup.")
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                found.append("Some records belong to no case. Restore a backup.")
            if unsound := unsound_documents(connection):
                which = "One document is" if unsound == 1 else f"{unsound} documents are"
                found.append(f"{which} missing or not whole. Restore a backup.")
            if unsound := unsound_letters(self.sealer, connection):
                which = (
                    "One approved letter is" if unsound == 1 else f"{unsound} approved letters are"
                )
                found.append(f"{which} missing or no longer as approved. Restore a backup.")
            broken = history.broken_link(connection, self.chain_key)
            if broken is not None:
                found.append(f"The history was changed or cut at entry {broken}.")

    def close(self) -> None:
        """Close the file and let other programs have it."""
        self.roster.close()
        self.known_people = None
        self.letter_setup = None
        self._engine.dispose()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_slots(folder: Path) -> KeyFile:
    """The key file of an office folder; raise `OfficeMissing` where there is no office."""
    database, keys = (folder / DATABASE).is_file(), (folder / KEY_FILE).is_file()
    if not database and not keys:
        raise OfficeMissing("There is no office in that folder. Choose the folder of your office.")
    if not database:
        raise OfficeDamaged(
            "The database of this office, office.db, is missing. Restore a backup of the folder."
        )
    return KeyFile.read(folder)


def add_member_row(
    connection: Connection, login: str, name: str, role: Role, now: datetime
) -> Member:
    """Write a member into the database; her slot is another matter."""
    made = connection.execute(
        insert(MEMBERS).values(
            login=login, name=name, role=role.value, active=1, added_at=_stamp(now)
        )
    )
    assert made.inserted_primary_key is not None  # noqa: S101 - for the type checker
    return Member(made.inserted_primary_key[0], login, name, role, active=True)


def _member_of(slot: Slot, row: Any) -> Member:
    if fold(slot.login) == fold(RECOVERY):
        return Member(1, RECOVERY, RECOVERY, Role.ADMINISTRATOR, active=True)
    if row is None or not row.active:
        raise WrongPassphrase("This office has no such member, or the member was deactivated.")
    if row.role != slot.role.value:
        raise KeyFileDamaged(
            "The key file and the database do not agree about this member. "
            "Ask an administrator to add the member again."
        )
    return Member(row.id, row.login, row.name, slot.role, active=True)


def _chain_key(keys: Mapping[Key, bytes]) -> bytes:
    return derive(keys[Key.FILE], "intake-desk history 1")


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
