"""Managing members, as the office page does it."""

import pytest

from intake_app.core.errors import BadAnswer, WrongPassphrase
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
from tests.offices import unlocked

OTHER = "another heron, another ferry"


def test_everybody_who_ever_was_is_listed(staffed: Office) -> None:
    deactivate_member(staffed, "volunteer", NOW)
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
    add_member(staffed, "new", "N.", Role.ATTORNEY, OTHER, NOW)
    deactivate_member(staffed, "new", NOW)
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
