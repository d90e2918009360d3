"""Blocking an entry, and lifting a block of the office's own."""

from pathlib import Path

import pytest

from intake_app.core.authorities import may_cite
from intake_app.core.errors import BadAnswer, NotAllowed
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows.block_authority import block_authority, unblock_authority
from intake_app.workflows.letter_sources import library_of
from tests.conftest import NOW
from tests.offices import unlocked


def test_a_block_and_its_lifting(staffed: Office, folder: Path) -> None:
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        with pytest.raises(BadAnswer, match="why"):
            block_authority(office, "C01", "  ", NOW)
        block_authority(office, "C01", "it was reversed.", NOW)
        today = office.today(NOW)
        refused = may_cite(library_of(office).authorities["C01"], today, ticked=True)
        assert refused == "Galarza is blocked: it was reversed."
        with pytest.raises(BadAnswer, match="already"):
            block_authority(office, "C01", "again", NOW)
        unblock_authority(office, "C01", "it stands.", NOW)
        assert may_cite(library_of(office).authorities["C01"], today) is None
        with pytest.raises(BadAnswer, match="not blocked"):
            unblock_authority(office, "C01", "again", NOW)


def test_what_ships_blocked_can_not_be_lifted_and_a_state_not_blocked(
    staffed: Office, folder: Path
) -> None:
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        with pytest.raises(BadAnswer, match="ships with the program"):
            unblock_authority(office, "C33", "I like it", NOW)
        with pytest.raises(BadAnswer, match="Correct it"):
            block_authority(office, "state FL", "no", NOW)


def test_a_paralegal_may_not(staffed: Office, folder: Path) -> None:
    staffed.close()
    with unlocked(folder, Role.PARALEGAL) as office, pytest.raises(NotAllowed):
        block_authority(office, "C01", "no", NOW)
