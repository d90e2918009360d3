"""Own kinds in a real office: who writes them, what is refused, and the letter they make."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from intake_app.core.errors import AppError, BadAnswer, NotAllowed
from intake_app.core.letters.kinds import KINDS
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows.letter_sources import kind_of, kinds_of, text_of
from intake_app.workflows.own_kinds import (
    check_own_text,
    copy_of,
    keep_own_kind,
    own_kinds_of,
    remove_own_kind,
    usable_in,
)
from tests.conftest import NOW
from tests.offices import unlocked


@pytest.fixture
def attorney(staffed: Office) -> Iterator[Office]:
    staffed.close()
    with unlocked(staffed.folder, Role.ATTORNEY) as opened:
        yield opened


@pytest.mark.parametrize("key", KINDS)
def test_a_copy_of_any_shipped_letter_would_compose(attorney: Office, key: str) -> None:
    copy = copy_of(attorney, key)
    own = keep_own_kind(attorney, replace(copy, key=f"{key}-own".replace("_", "-")), NOW, new=True)
    assert kind_of(attorney, own.key).gate == key
    assert text_of(attorney, own.kind, "en") == copy.text
    assert usable_in(attorney, key, NOW)


def test_it_is_among_the_letters_until_it_is_removed(attorney: Office) -> None:
    copy = replace(copy_of(attorney, "decline"), key="ours")
    keep_own_kind(attorney, copy, NOW, new=True)
    assert list(kinds_of(attorney)) == [*KINDS, "ours"]
    with pytest.raises(AppError, match="in that language"):
        text_of(attorney, kind_of(attorney, "ours"), "es")
    assert copy_of(attorney, "ours").like == "decline"
    remove_own_kind(attorney, "ours", NOW)
    assert list(kinds_of(attorney)) == list(KINDS)


def test_a_bad_text_or_a_taken_name_changes_nothing(attorney: Office) -> None:
    copy = replace(copy_of(attorney, "decline"), key="ours")
    keep_own_kind(attorney, copy, NOW, new=True)
    with pytest.raises(BadAnswer, match="already"):
        keep_own_kind(attorney, copy, NOW, new=True)
    for wrong in (
        "{{ person.a_number }}",
        "{{ 1 + 1 }}",
        "{% if say.seizure %}",
        "{{ C02.seizure }}",
    ):
        text = f"{copy.text}\n{wrong}\n"
        with pytest.raises(AppError):
            check_own_text(attorney, "decline", text, NOW)
        with pytest.raises(AppError):
            keep_own_kind(attorney, replace(copy, text=text), NOW)
    assert own_kinds_of(attorney)[0].text == copy.text


@pytest.mark.parametrize("role", [Role.PARALEGAL, Role.ADMINISTRATOR, Role.VOLUNTEER])
def test_only_those_who_approve_letters_write_them(staffed: Office, role: Role) -> None:
    copy = replace(copy_of(staffed, "decline"), key="ours")
    staffed.close()
    with unlocked(staffed.folder, role) as office:
        with pytest.raises(NotAllowed):
            keep_own_kind(office, copy, NOW, new=True)
        with pytest.raises(NotAllowed):
            remove_own_kind(office, "ours", NOW)
        assert list(kinds_of(office)) == list(KINDS)
