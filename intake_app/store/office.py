"""One office: a folder with an encrypted database and a key file, open for one member.

The database is SQLCipher 4 with a raw 256-bit key, in WAL mode with full syncs; a change that
was acknowledged is on the disk. One program has a folder open at a time.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

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
from intake_app.store.beside import Beside
from intake_app.store.disk import flush
from intake_app.store.document_parts import unsound_documents
from intake_app.store.high_water import MARK, HighWater, LogAside
from intake_app.store.key_memory import HeldKeys, wipe
from intake_app.store.keyring import KEY_FILES, RECOVERY, Cost, KeyFile, Slot, new_keys
from intake_app.store.letter_check import unsound_letters
from intake_app.store.office_file import DATABASE, connect_to, give_up, refused_or_damaged
from intake_app.store.office_lock import LOCK, OfficeLock, lock_office
from intake_app.store.office_reference import read_reference
from intake_app.store.open_file import OpenFile
from intake_app.store.openings import Openings
from intake_app.store.roster import Roster
from intake_app.store.schema import MEMBERS, OFFICE, REVISION
from intake_app.store.sealing import Sealer
from intake_app.store.told_at_opening import record_wrong_tries, settle
from intake_app.store.transactions import engine_over, outside, transaction
from intake_app.store.wrong_tries import open_slot

if TYPE_CHECKING:
    from intake_app.core.letters.letter_setup import LetterSetup
    from intake_app.store.known_people import KnownPeople


_DAMAGE = "The database, office.db, is damaged: {}. Restore a backup."


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
        lock: OfficeLock,
        high_water: HighWater,
    ) -> None:
        self.folder = folder
        self.member = member
        self.profile = profile
        self.keys = HeldKeys(keys)
        self.sealer = Sealer(self.keys.held)
        self.chain_key = _chain_key(self.keys.held)
        self.roster = Roster()
        self.beside = Beside()
        self.openings = Openings()
        self.reference = OfficeReference()
        self.known_people: KnownPeople | None = None
        self.checked_library: OfficeLibrary | None = None
        self.letter_setup: LetterSetup | None = None
        self.notices: tuple[str, ...] = ()
        """What was found at opening, one sentence each: tell it to the member until it is read."""
        self.losses: tuple[str, ...] = ()
        """Those of the notices that tell of damage."""
        self._file = OpenFile(
            folder / DATABASE, self.keys.held[Key.FILE], engine, high_water.follow
        )
        self._lock = lock
        self._high_water = high_water

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
        lock = lock_office(folder, now)
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
            high_water = HighWater(folder, raw, keys[Key.FILE])
            office = cls(folder, member, profile, keys, engine, lock, high_water)
            lock.tell(name, now.astimezone(ZoneInfo(profile.zone)))
            with office.writing() as connection:
                office.record(connection, history.Line(_stamp(now), member.id, "office created"))
            # The key file comes last: without one the folder holds nothing anybody needs.
            KeyFile(slots).write(folder)
            flush(folder.parent)
        except BaseException as error:
            made = (*KEY_FILES, DATABASE, MARK, LOCK)
            give_up(raw, lock, *(folder / file for file in made))
            if isinstance(error, DatabaseError | sqlcipher.Error | OSError):
                raise AppError(
                    "The office could not be written. Check that the disk is there and not full, "
                    "then try again."
                ) from error
            raise
        finally:
            wipe(*keys.values())
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

        Raises `OfficeMissing`, `KeyFileMissing`, `KeyFileDamaged`, `WrongPassphrase`, `TooSoon`,
        `Busy`, `OfficeDamaged` or `OfficeTooNew`. A wrong passphrase is counted.
        """
        slot = read_slots(folder).slot(login)
        keys = open_slot(folder, slot, passphrase, now)
        try:
            return cls._open(folder, slot, keys, scripts, now, revision)
        finally:
            wipe(*keys.values())

    def open_copy(self, folder: Path, *, scripts: Path, now: datetime) -> "Office":
        """A copy of this office, opened for the same member with the same keys."""
        slot = read_slots(folder).slot(self.member.login)
        return self._open(folder, slot, self.keys.held, scripts, now, REVISION)

    @classmethod
    def _open(
        cls,
        folder: Path,
        slot: Slot,
        keys: Mapping[Key, bytes],
        scripts: Path,
        now: datetime,
        revision: str,
    ) -> Self:
        # A folder brought back from a backup has no lock file; a refused opening leaves none.
        made_here = () if (folder / LOCK).exists() else (folder / LOCK,)
        lock = lock_office(folder, now)
        raw = None
        try:
            with LogAside(folder, now) as log:
                raw = connect_to(folder / DATABASE, keys[Key.FILE])
                high_water = HighWater(folder, raw, keys[Key.FILE])
                missing = high_water.missing()
                kept = log.keep() if missing else ""
            migrate.bring_up_to_date(raw, folder, scripts, now, revision, key=keys[Key.FILE])
            engine = engine_over(raw)
            with transaction(engine) as connection:
                profile = connection.execute(select(OFFICE)).one()
                row = connection.execute(
                    select(MEMBERS).where(MEMBERS.c.login == slot.login)
                ).first()
                reference = read_reference(connection)
            found = OfficeProfile(profile.name, profile.state, profile.letterhead, profile.zone)
            office = cls(folder, _member_of(slot, row), found, keys, engine, lock, high_water)
            office.reference = reference
            lock.tell(slot.name, now.astimezone(ZoneInfo(found.zone)))
            settle(office, missing, kept, now)
            high_water.begin()
        except (DatabaseError, NoResultFound, sqlcipher.DatabaseError) as error:
            give_up(raw, lock, *made_here)
            raise refused_or_damaged(error) from error
        except BaseException:
            give_up(raw, lock, *made_here)
            raise
        return office

    def prove(self, passphrase: str, now: datetime) -> None:
        """Try the passphrase of whoever has the office open; raise `WrongPassphrase`, `TooSoon`."""
        slot = self.key_file().slot(self.member.login)
        wipe(*open_slot(self.folder, slot, passphrase, now).values())
        record_wrong_tries(self, now)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the file; raise `OfficeDamaged`."""
        with self._file.used(transaction) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on the disk when the block is left, or never was.

        Raises `AppError` when the disk refuses, `OfficeDamaged` for a damaged file.
        """
        self._lock.check()
        with self._file.used(partial(transaction, write=True)) as connection:
            yield connection
        self._high_water.note()

    @contextmanager
    def outside(self) -> Iterator[Connection]:
        """In no transaction, for rewriting the file; raise as `writing` does."""
        with self._file.used(outside) as connection:
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
            found.append(_DAMAGE.format("parts of it can’t be read"))
        return found

    def _look_for_damage(self, found: list[str]) -> None:
        # A page torn by a power cut is no damage while the log holds it whole.
        with suppress(AppError), self.reading() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        with self.reading() as connection:
            if connection.exec_driver_sql("PRAGMA cipher_integrity_check").first():
                found.append(_DAMAGE.format("pages of it were changed"))
            if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                found.append(_DAMAGE.format("it contradicts itself"))
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
            fault = history.fault_in(connection, self.chain_key)
            if fault is not None:
                found.append(f"{fault} Restore a backup.")

    def close(self) -> None:
        """Close the file and let other programs have it; a backup that runs is stopped."""
        self.beside.end()
        self.roster.close()
        self.known_people = None
        self.letter_setup = None
        self._file.close()
        self.keys.wipe()
        self.sealer.wipe()
        self._high_water.wipe()
        wipe(self.chain_key)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_slots(folder: Path) -> KeyFile:
    """The key file of an office folder; raise `OfficeMissing` where there is no office."""
    database = (folder / DATABASE).is_file()
    keys = any((folder / name).is_file() for name in KEY_FILES)
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
    return history.derive_chain_key(keys[Key.FILE])


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
