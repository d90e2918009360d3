"""Members of an office: a row in the database and a slot in the key file."""

from datetime import datetime

from sqlalchemy import select, update

from intake_app.core.errors import AppError, BadAnswer
from intake_app.core.names import fold
from intake_app.core.passphrases import check_passphrase
from intake_app.core.roles import Role
from intake_app.store.history import Line
from intake_app.store.keyring import RECOVERY, Slot
from intake_app.store.office import Member, Office, add_member_row
from intake_app.store.schema import MEMBERS


def list_members(office: Office) -> tuple[Member, ...]:
    """Everybody who is or was a member, in the order they joined."""
    with office.reading() as connection:
        rows = connection.execute(select(MEMBERS).order_by(MEMBERS.c.id))
        return tuple(
            Member(row.id, row.login, row.name, Role(row.role), bool(row.active)) for row in rows
        )


def add_member(
    office: Office, login: str, name: str, role: Role, passphrase: str, now: datetime
) -> Member:
    """Add a member, or bring a deactivated one back; raise `BadAnswer` for a login in use."""
    check_passphrase(passphrase)
    login, name = " ".join(login.split()), " ".join(name.split())
    if not login or not name or fold(login) == fold(RECOVERY):
        raise BadAnswer("Give the new member a login and a name.")
    known = {fold(member.login): member for member in list_members(office)}
    old = known.get(fold(login))
    if old and old.active:
        raise BadAnswer("That login is taken. Choose another.")
    slots = office.key_file()
    cost = slots.slot(RECOVERY).cost
    slot = Slot.make(login, name, role, passphrase, office.keys.held, cost)
    with office.writing() as connection:
        if old:
            connection.execute(
                update(MEMBERS)
                .where(MEMBERS.c.id == old.id)
                .values(login=login, name=name, role=role.value, active=1)
            )
            member = Member(old.id, login, name, role, active=True)
        else:
            member = add_member_row(connection, login, name, role, now)
        office.record(connection, _line(office, "member added", member.id, now))
        slots.with_slot(slot).write(office.folder)
    return member


def deactivate_member(office: Office, login: str, now: datetime) -> None:
    """Take a member's slot away; her name stays in the history."""
    members = list_members(office)
    found = next((one for one in members if fold(one.login) == fold(login) and one.active), None)
    if found is None:
        raise AppError("There is no such member, or the member was deactivated before.")
    left = [one for one in members if one.active and one.id != found.id]
    if not any(one.role is Role.ADMINISTRATOR for one in left):
        raise AppError("An office needs an administrator. Add another one first.")
    with office.writing() as connection:
        connection.execute(update(MEMBERS).where(MEMBERS.c.id == found.id).values(active=0))
        office.record(connection, _line(office, "member deactivated", found.id, now))
        office.key_file().without(found.login).write(office.folder)


def set_passphrase(office: Office, login: str, passphrase: str, now: datetime) -> None:
    """Wrap a member's keys under a new passphrase. The open office must hold them.

    Raises `BadAnswer` for the recovery sheet: its code is printed, nobody may choose it.
    """
    check_passphrase(passphrase)
    if fold(login) == fold(RECOVERY):
        raise BadAnswer("Choose your own login: the recovery sheet keeps its code.")
    slots = office.key_file()
    old = slots.slot(login)
    slot = Slot.make(old.login, old.name, old.role, passphrase, office.keys.held, old.cost)
    # The history first: it may tell of a change that never came, but no refused change counts.
    with office.writing() as connection:
        office.record(connection, _line(office, "passphrase changed", office.member.id, now))
    try:
        slots.with_slot(slot).write(office.folder)
    except AppError as error:
        raise AppError(
            "The disk failed while the passphrase was being changed. One of the two opens the "
            "office, the old one or the new one: keep both in mind. Check that the disk is there, "
            "not full and not write-protected, then change it again."
        ) from error


def replace_recovery(office: Office, code: str, now: datetime) -> None:
    """Wrap the keys under a new recovery code; the old one opens nothing any more."""
    slots = office.key_file()
    old = slots.slot(RECOVERY)
    slot = Slot.make(RECOVERY, RECOVERY, old.role, code, office.keys, old.cost)
    with office.writing() as connection:
        line = _line(office, "recovery sheet replaced", office.member.id, now)
        office.record(connection, line)
        slots.with_slot(slot).write(office.folder)


def _line(office: Office, action: str, member_id: int, now: datetime) -> Line:
    return Line(
        now.isoformat(timespec="seconds"),
        office.member.id,
        action,
        record="members",
        entry_id=member_id,
    )
