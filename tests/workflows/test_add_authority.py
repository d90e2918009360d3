"""An entry of the office's own: numbered, unchecked, and refused where a file would be."""

from dataclasses import replace
from pathlib import Path

import pytest

from intake_app.core.authorities import Authority, Status, may_cite
from intake_app.core.authority_text import entry_hash
from intake_app.core.errors import BadAnswer, NotAllowed
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows import shipped
from intake_app.workflows.add_authority import add_authority
from intake_app.workflows.check_authority import check_authority, the_entry
from intake_app.workflows.letter_sources import library_of
from tests.conftest import NOW
from tests.offices import unlocked


def mine() -> Authority:
    return replace(shipped.library().authorities["C01"], short_name="Ours", quotation="as seen")


def test_entries_are_numbered_and_wait(staffed: Office, folder: Path) -> None:
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        assert add_authority(office, mine(), NOW) == "O01"
        assert add_authority(office, mine(), NOW) == "O02"
        one = library_of(office).authorities["O01"]
        assert one.status is Status.UNVERIFIED
        assert one.quotation == "as seen"
        check_authority(office, "O01", entry_hash(one), NOW, with_source=True)
        assert may_cite(library_of(office).authorities["O01"], office.today(NOW)) is None
        assert the_entry(office, "O02").status is Status.UNVERIFIED
        assert library_of(office).authorities["C01"] == shipped.library().authorities["C01"]


def test_bad_entries_are_refused(staffed: Office, folder: Path) -> None:
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        with pytest.raises(BadAnswer, match="has no “Short name”"):
            add_authority(office, replace(mine(), short_name=""), NOW)
        with pytest.raises(BadAnswer, match="“Good for days” from 1 to 366"):
            add_authority(office, replace(mine(), stale_after_days=4000), NOW)
        with pytest.raises(BadAnswer, match="no entry “Z1”"):
            add_authority(office, replace(mine(), paired_with=("Z1",)), NOW)
        assert library_of(office) is shipped.library()


def test_a_paralegal_may_not(staffed: Office, folder: Path) -> None:
    staffed.close()
    with unlocked(folder, Role.PARALEGAL) as office, pytest.raises(NotAllowed):
        add_authority(office, mine(), NOW)
