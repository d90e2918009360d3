"""Words sealed while the office is locked: only their writer opens them."""

from dataclasses import replace

import pytest

from intake_app.core.errors import AppError
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows.unsaved_words import open_words, seal_words
from tests.offices import unlocked

WORDS = {"case": "Ngozi Okonkwo-Ruiz", "letter": "hid in the laundry"}


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_whoever_wrote_them_gets_them_back_after_unlocking(staffed: Office, role: Role) -> None:
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, role) as office:
        kept = seal_words(office, WORDS)
    with unlocked(folder, role) as again:
        assert kept.are_of(again)
        assert open_words(again, kept) == WORDS


def test_nothing_of_them_is_in_the_bytes(office: Office) -> None:
    kept = seal_words(office, WORDS)
    for words in WORDS.values():
        assert words.encode() not in kept.sealed
    assert len(kept.sealed) == len(seal_words(office, {"case": "x"}).sealed)
    assert "Okonkwo" not in repr(kept)


@pytest.mark.parametrize("other", [Role.ATTORNEY, Role.VOLUNTEER, Role.COORDINATOR], ids=str)
def test_another_member_opens_nothing_even_in_the_writers_name(
    staffed: Office, other: Role
) -> None:
    """An attorney holds the same keys: the words are bound to the member as well."""
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.PARALEGAL) as office:
        kept = seal_words(office, WORDS)
    with unlocked(folder, other) as office:
        assert not kept.are_of(office)
        for stolen in (kept, replace(kept, member=office.member)):
            with pytest.raises(AppError, match="Type them once more"):
                open_words(office, stolen)


def test_changed_bytes_are_refused(office: Office) -> None:
    kept = seal_words(office, WORDS)
    bad = replace(kept, sealed=kept.sealed[:-1] + bytes([kept.sealed[-1] ^ 1]))
    with pytest.raises(AppError):
        open_words(office, bad)
