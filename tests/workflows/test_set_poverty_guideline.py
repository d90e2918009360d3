"""Entering a guideline as the office page does it. Every figure is invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from intake_app.core.errors import BadAnswer, NotAllowed
from intake_app.core.poverty_guidelines import GuidelineKey
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows.set_poverty_guideline import (
    TypedGuideline,
    remove_poverty_guideline,
    set_poverty_guideline,
)
from intake_app.workflows.shipped import poverty_sheet
from tests.conftest import NOW
from tests.offices import unlocked

INVENTED = TypedGuideline(
    date(2026, 1, 15), "48", Decimal(16_000), Decimal(5_600), " INVENTED,  vol. 0 p. 0 "
)
KEY = GuidelineKey(date(2026, 1, 15), "48")


def test_it_is_kept_with_who_checked_it_and_when(office: Office) -> None:
    assert set_poverty_guideline(office, INVENTED, NOW) == ()
    (kept,) = office.reference.guidelines
    assert kept.first_person == 16_000
    assert kept.each_more == 5_600
    assert kept.source == "INVENTED, vol. 0 p. 0"
    assert (kept.checked_on, kept.checked_by) == (date(2026, 11, 22), "A. Ruiz")


def test_a_doubt_is_told_before_anything_is_saved(office: Office) -> None:
    swapped = replace(INVENTED, first_person=Decimal(5_600), each_more=Decimal(16_000))
    (doubt,) = set_poverty_guideline(office, swapped, NOW)
    assert "swapped" in doubt
    assert office.reference.guidelines == ()
    assert set_poverty_guideline(office, swapped, NOW, sure=True) == ()
    assert len(office.reference.guidelines) == 1


def test_what_can_not_be_one_is_refused_however_sure(office: Office) -> None:
    with pytest.raises(BadAnswer, match="where the figures are from"):
        set_poverty_guideline(office, replace(INVENTED, source="  "), NOW, sure=True)
    with pytest.raises(BadAnswer, match="neither is zero"):
        set_poverty_guideline(office, replace(INVENTED, each_more=Decimal(0)), NOW, sure=True)
    assert office.reference.guidelines == ()


@pytest.mark.parametrize("role", list(Role))
def test_attorneys_and_administrators_only(staffed: Office, role: Role) -> None:
    set_poverty_guideline(staffed, INVENTED, NOW)
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, role) as opened:
        corrected = replace(INVENTED, each_more=Decimal(5_700))
        if role in (Role.ATTORNEY, Role.ADMINISTRATOR):
            assert set_poverty_guideline(opened, corrected, NOW, KEY) == ()
            remove_poverty_guideline(opened, KEY, NOW)
            assert opened.reference.guidelines == ()
        else:
            with pytest.raises(NotAllowed, match="attorney, administrator"):
                set_poverty_guideline(opened, corrected, NOW, KEY)
            with pytest.raises(NotAllowed):
                remove_poverty_guideline(opened, KEY, NOW)
            assert len(opened.reference.guidelines) == 1


def test_the_shipped_words_say_what_to_enter_from_where() -> None:
    sheet = poverty_sheet()
    assert "Federal Register" in sheet.source
    assert "first" not in sheet.why_empty
    assert "for one person" in sheet.what_to_enter
