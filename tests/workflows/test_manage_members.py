"""Managing members, as the office page does it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from intake_app.core.errors import BadAnswer, NotAllowed, WrongPassphrase
from intake_app.core.roles import Role
from intake_app.store.keyring import RECOVERY, KeyFile
from intake_app.store.members import set_passphrase
from intake_app.store.office import Office
from intake_app.workflows.manage_members import (
    add_member,
    change_passphrase,
    deactivate_member,
    list_members,
)
from intake_app.workflows.unlock_office import members_of
from tests.conftest import NOW, PASSPHRASE
from tests.offices import proof_of, unlocked

OTHER = "another heron, another ferry"


def test_everybody_who_ever_was_is_listed(staffed: Office) -> None:
    deactivate_member(staffed, "volunteer", proof_of(staffed), NOW)
    members = list_members(staffed)
    assert [member.id for member in members] == sorted(member.id for member in members)
    assert [member.login for member in members if not member.active] == ["volunteer"]
    assert "volunteer" not in {slot.login for slot in members_of(staffed.folder)}
    assert RECOVERY not in {member.login for member in members}


def test_a_member_changes_only_her_own_passphrase(staffed: Office) -> None:
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.VOLUNTEER) as office:
        before = KeyFile.read(folder).without("volunteer").slots
        change_passphrase(office, PASSPHRASE, OTHER, NOW)
        assert KeyFile.read(folder).without("volunteer").slots == before
        with pytest.raises(WrongPassphrase):
            change_passphrase(office, PASSPHRASE, OTHER, NOW)


def test_the_recovery_sheet_can_not_be_given_a_passphrase(office: Office) -> None:
    """It would make the printed code worthless without a word."""
    before = KeyFile.read(office.folder)
    with pytest.raises(BadAnswer, match="keeps its code"):
        set_passphrase(office, "Recovery sheet", OTHER, NOW)
    assert KeyFile.read(office.folder) == before


def test_each_act_is_told_in_the_history(staffed: Office) -> None:
    add_member(staffed, "new", "N.", Role.ATTORNEY, OTHER, proof_of(staffed), NOW)
    deactivate_member(staffed, "new", proof_of(staffed), NOW)
    change_passphrase(staffed, PASSPHRASE, OTHER, NOW)
    with staffed.reading() as connection:
        told = connection.exec_driver_sql(
            "SELECT action, entry_id FROM history WHERE record = 'members' ORDER BY seq DESC"
        ).all()
    new = next(member.id for member in list_members(staffed) if member.login == "new")
    assert [tuple(row) for row in told[:3]] == [
        ("passphrase changed", 1),
        ("member deactivated", new),
        ("member added", new),
    ]
    assert staffed.damage() == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_manages_members(staffed: Office, role: Role) -> None:
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, role) as office:
        with pytest.raises(NotAllowed, match="administrator"):
            add_member(office, "n", "N.", Role.VOLUNTEER, OTHER, proof_of(office), NOW)
        with pytest.raises(NotAllowed, match="administrator"):
            deactivate_member(office, "volunteer", proof_of(office), NOW)
        assert len(list_members(office)) == len(Role)


@pytest.mark.parametrize("minutes", [-1, 6])
def test_members_are_managed_only_by_whoever_just_typed_her_passphrase(
    staffed: Office, minutes: int
) -> None:
    """An unlocked computer left alone is not enough to make oneself a member."""
    old = proof_of(staffed, NOW - timedelta(minutes=minutes))
    others = replace(proof_of(staffed), member_id=2)
    before = KeyFile.read(staffed.folder)
    for proof in (old, others):
        with pytest.raises(NotAllowed, match="Type your passphrase again"):
            add_member(staffed, "n", "N.", Role.VOLUNTEER, OTHER, proof, NOW)
        with pytest.raises(NotAllowed, match="Type your passphrase again"):
            deactivate_member(staffed, "volunteer", proof, NOW)
    assert KeyFile.read(staffed.folder) == before
    assert len(list_members(staffed)) == len(Role)
