"""Members: a row that stays and a slot that may go."""

import pytest

from intake_app.core.errors import AppError, BadAnswer, WrongPassphrase
from intake_app.core.roles import KEYS, Role
from intake_app.store.keyring import KEY_FILES, OWASP_MINIMUM, RECOVERY, KeyFile
from intake_app.store.members import add_member, deactivate_member, list_members
from intake_app.store.office import Office
from intake_app.workflows.case_history import case_history
from intake_app.workflows.manage_members import change_passphrase
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE
from tests.offices import fingerprint, unlocked

OTHER = "another heron, another ferry"


@pytest.mark.parametrize("role", list(Role))
def test_a_new_member_gets_just_the_keys_of_her_role(office: Office, role: Role) -> None:
    member = add_member(office, " New  Login ", "N. N.", role, OTHER, NOW)
    assert (member.login, member.role, member.active) == ("New Login", role, True)
    slot = KeyFile.read(office.folder).slot("new login")
    assert set(slot.open(OTHER)) == KEYS[role]
    assert slot.cost.memory_kib >= OWASP_MINIMUM.memory_kib
    office.close()
    with unlock_office(office.folder, "new login", OTHER, NOW) as opened:
        assert opened.member == member
        assert set(opened.keys) == KEYS[role]
        assert opened.damage() == []


def test_a_login_is_given_once(office: Office) -> None:
    before = fingerprint(office.folder)["keys.json"]
    for login in ("administrator", "ADMINISTRATOR", " Administrátor "):
        with pytest.raises(BadAnswer, match="taken"):
            add_member(office, login, "N. N.", Role.VOLUNTEER, OTHER, NOW)
    for login, name in (("", "N."), ("n", " "), (RECOVERY, "N."), ("Recovery  Sheet", "N.")):
        with pytest.raises(BadAnswer, match="login and a name"):
            add_member(office, login, name, Role.VOLUNTEER, OTHER, NOW)
    with pytest.raises(BadAnswer, match="at least 12"):
        add_member(office, "n", "N.", Role.VOLUNTEER, "short", NOW)
    assert fingerprint(office.folder)["keys.json"] == before
    assert len(list_members(office)) == 1


def test_a_deactivated_member_is_out_and_stays_in_the_history(staffed: Office) -> None:
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.PARALEGAL) as office:
        case = start_intake(office, NOW).case_id
    with unlocked(folder) as office:
        deactivate_member(office, "PARALEGAL", NOW)
        assert {c.member for c in case_history(office, case)} == {"Paralegal Person"}
        gone = next(member for member in list_members(office) if member.login == "paralegal")
        assert not gone.active
        with pytest.raises(AppError, match="deactivated before"):
            deactivate_member(office, "paralegal", NOW)
    with pytest.raises(WrongPassphrase, match="deactivated"):
        unlocked(folder, Role.PARALEGAL)
    with unlocked(folder) as office:
        back = add_member(office, "Paralegal", "P. Person", Role.VOLUNTEER, OTHER, NOW)
        assert back.id == gone.id
        assert office.damage() == []
    with unlock_office(folder, "paralegal", OTHER, NOW) as office:
        assert office.member.role is Role.VOLUNTEER
        assert {c.member for c in case_history(office, case)} == {"P. Person"}


def test_an_old_key_file_does_not_bring_a_deactivated_member_back(staffed: Office) -> None:
    """The database says who is active: a copy of the old keys.json opens nothing."""
    folder = staffed.folder
    old = (folder / "keys.json").read_bytes()
    deactivate_member(staffed, "paralegal", NOW)
    staffed.close()
    for name in KEY_FILES:
        (folder / name).write_bytes(old)
    with pytest.raises(WrongPassphrase, match="deactivated"):
        unlocked(folder, Role.PARALEGAL)


def test_an_old_slot_of_a_higher_role_does_not_open(staffed: Office) -> None:
    folder = staffed.folder
    old = (folder / "keys.json").read_bytes()
    deactivate_member(staffed, "paralegal", NOW)
    add_member(staffed, "paralegal", "P.", Role.VOLUNTEER, PASSPHRASE, NOW)
    staffed.close()
    for name in KEY_FILES:
        (folder / name).write_bytes(old)
    with pytest.raises(AppError, match="do not agree"):
        unlocked(folder, Role.PARALEGAL)


def test_the_last_administrator_stays(staffed: Office) -> None:
    before = fingerprint(staffed.folder)["keys.json"]
    with pytest.raises(AppError, match="needs an administrator"):
        deactivate_member(staffed, "administrator", NOW)
    assert fingerprint(staffed.folder)["keys.json"] == before
    add_member(staffed, "second", "S.", Role.ADMINISTRATOR, PASSPHRASE, NOW)
    deactivate_member(staffed, "administrator", NOW)
    with pytest.raises(AppError, match="needs an administrator"):
        deactivate_member(staffed, "second", NOW)


def test_changing_a_passphrase_rewrites_one_slot_and_no_data(staffed: Office) -> None:
    folder = staffed.folder
    staffed.close()
    slots = {slot.login: slot for slot in KeyFile.read(folder).slots}
    with unlocked(folder, Role.COORDINATOR) as office:
        with pytest.raises(WrongPassphrase):
            change_passphrase(office, "not the old one at all", OTHER, NOW)
        with pytest.raises(BadAnswer):
            change_passphrase(office, PASSPHRASE, "short", NOW)
        assert {slot.login: slot for slot in KeyFile.read(folder).slots} == slots
        change_passphrase(office, PASSPHRASE, OTHER, NOW)
        keys = dict(office.keys)
    changed = {slot.login: slot for slot in KeyFile.read(folder).slots}
    assert [login for login in slots if slots[login] != changed[login]] == ["coordinator"]
    with pytest.raises(WrongPassphrase):
        unlocked(folder, Role.COORDINATOR)
    with unlock_office(folder, "coordinator", OTHER, NOW) as office:
        assert dict(office.keys) == keys
        assert office.damage() == []
