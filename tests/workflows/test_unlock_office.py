"""Unlocking, with a passphrase or with the recovery sheet."""

from pathlib import Path

import pytest

from intake_app.core.errors import BadAnswer, OfficeMissing, WrongPassphrase
from intake_app.core.roles import KEYS, Role
from intake_app.store.keyring import RECOVERY
from intake_app.store.members import deactivate_member
from intake_app.store.wrong_tries import TRIES
from intake_app.workflows.unlock_office import members_of, unlock_office, unlock_with_recovery
from tests.conftest import NOW, PASSPHRASE
from tests.offices import fingerprint, new_office, staff, unlocked

OTHER = "another heron, another ferry"


@pytest.fixture
def coded(tmp_path: Path) -> tuple[Path, str]:
    """A closed, staffed office and the code on its recovery sheet."""
    made = new_office(tmp_path / "office")
    with made.office as office:
        staff(office)
    return tmp_path / "office", made.recovery_code


def test_who_may_unlock_is_told_before(coded: tuple[Path, str]) -> None:
    members = members_of(coded[0])
    assert {(member.login, member.role) for member in members} == {(r.value, r) for r in Role}
    assert "A. Ruiz" in {member.name for member in members}
    with pytest.raises(OfficeMissing):
        members_of(coded[0] / "no such")


@pytest.mark.parametrize("role", list(Role))
def test_each_member_gets_her_keys(coded: tuple[Path, str], role: Role) -> None:
    with unlock_office(coded[0], f" {role.value.upper()} ", PASSPHRASE, NOW) as office:
        assert set(office.keys) == KEYS[role]
        assert office.member.role is role


def test_the_recovery_sheet_gives_a_new_passphrase(coded: tuple[Path, str]) -> None:
    folder, code = coded
    typed = code.lower().replace("-", " ")
    with unlock_with_recovery(folder, typed, "paralegal", OTHER, NOW) as office:
        assert office.member.login == "paralegal"
        assert set(office.keys) == KEYS[Role.PARALEGAL]
        assert office.damage() == []
    with pytest.raises(WrongPassphrase):
        unlock_office(folder, "paralegal", PASSPHRASE, NOW)
    with unlock_office(folder, "paralegal", OTHER, NOW):
        pass
    # The sheet goes on working, and nobody else's passphrase changed.
    with unlock_with_recovery(folder, code, "administrator", OTHER, NOW):
        pass
    with unlocked(folder, Role.COORDINATOR):
        pass


@pytest.mark.parametrize("login", [RECOVERY, "Recovery Sheet", " RECOVERY  SHEET "])
def test_the_sheet_is_no_login(coded: tuple[Path, str], login: str) -> None:
    with pytest.raises(BadAnswer, match="I forgot my passphrase"):
        unlock_office(coded[0], login, coded[1], NOW)


def test_a_wrong_code_a_short_passphrase_or_a_stranger_change_nothing(
    coded: tuple[Path, str],
) -> None:
    folder, code = coded
    before = fingerprint(folder)
    other = ("B" if code[0] == "A" else "A") + code[1:]
    for error, typed, login, new in (
        (WrongPassphrase, other, "paralegal", OTHER),
        (BadAnswer, code[:-1], "paralegal", OTHER),
        (BadAnswer, code, "paralegal", "short"),
        (WrongPassphrase, code, "nobody", OTHER),
        (BadAnswer, code, RECOVERY, OTHER),
    ):
        with pytest.raises(error):
            unlock_with_recovery(folder, typed, login, new, NOW)
        # A wrong code is counted, and nothing else.
        assert (folder / TRIES).exists() == (typed == other)
        (folder / TRIES).unlink(missing_ok=True)
        assert fingerprint(folder) == before, login


def test_the_sheet_does_not_bring_a_deactivated_member_back(coded: tuple[Path, str]) -> None:
    folder, code = coded
    with unlocked(folder) as office:
        deactivate_member(office, "volunteer", NOW)
    with pytest.raises(WrongPassphrase):
        unlock_with_recovery(folder, code, "volunteer", OTHER, NOW)
