"""The office's own tables: kept, read again by everybody, told in the history. Invented figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from intake_app.core.errors import AppError
from intake_app.core.fields import Compartment
from intake_app.core.office_reference import OfficeReference, PovertyGuideline
from intake_app.core.poverty_guidelines import key_of
from intake_app.core.roles import Role
from intake_app.store.history import open_value
from intake_app.store.office import Office
from intake_app.store.office_reference import (
    read_reference,
    remove_guideline,
    remove_holiday,
    save_guideline,
    save_holiday,
)
from tests.conftest import NOW
from tests.offices import unlocked

INVENTED = PovertyGuideline(
    effective_on=date(2026, 1, 15),
    region="48",
    first_person=Decimal("16000.55"),
    each_more=Decimal(5_600),
    source="INVENTED, vol. 0 p. 0",
    checked_on=date(2026, 11, 22),
    checked_by="A. Ruiz",
)
OLDER = replace(INVENTED, effective_on=date(2025, 1, 12), first_person=Decimal(15_000))
ALASKA = replace(INVENTED, region="AK")
DAY = date(2027, 3, 31)


def told(office: Office) -> list[tuple[str, str | None, str | None]]:
    """The lines of history about the office's own tables: action, before, after."""
    with office.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT seq, action, before, after FROM history WHERE case_id IS NULL "
            "AND record IN ('office_holidays', 'poverty_guidelines') ORDER BY seq"
        ).all()

    def words(side: str, seq: int, kept: bytes | None) -> str | None:
        return open_value(office.sealer, Compartment.FACTS, side, seq, kept)

    return [
        (action, words("before", seq, before), words("after", seq, after))
        for seq, action, before, after in rows
    ]


def test_a_new_office_has_neither(office: Office) -> None:
    assert office.reference == OfficeReference()
    with office.reading() as connection:
        assert read_reference(connection) == OfficeReference()


def test_what_was_entered_is_there_for_everybody_the_newest_first(staffed: Office) -> None:
    for one in (OLDER, ALASKA, INVENTED):
        save_guideline(staffed, one, NOW)
    save_holiday(staffed, DAY, "Farmworkers’ Day", NOW)
    save_holiday(staffed, date(2026, 12, 24), "Executive order", NOW)
    now_there = staffed.reference
    assert now_there.guidelines == (INVENTED, ALASKA, OLDER)
    assert list(now_there.holidays) == [date(2026, 12, 24), DAY]
    folder = staffed.folder
    staffed.close()
    for role in Role:
        with unlocked(folder, role) as opened:
            assert opened.reference == now_there
            assert opened.damage() == []


def test_a_guideline_is_corrected_in_its_place(office: Office) -> None:
    save_guideline(office, INVENTED, NOW)
    right = replace(INVENTED, effective_on=date(2026, 1, 16), each_more=Decimal(5_700))
    save_guideline(office, right, NOW, replaces=key_of(INVENTED))
    assert office.reference.guidelines == (right,)
    again = replace(right, first_person=Decimal(17_000))
    save_guideline(office, again, NOW)
    assert office.reference.guidelines == (again,)
    actions = [action for action, _before, _after in told(office)]
    assert actions == ["guideline entered", "guideline corrected", "guideline corrected"]
    _action, before, after = told(office)[1]
    assert before is not None
    assert after is not None
    assert "16000.55" in before
    assert "2026-01-16" in after
    assert "5700.00" in after


def test_a_correction_that_meets_another_guideline_takes_its_place_too(office: Office) -> None:
    save_guideline(office, INVENTED, NOW)
    save_guideline(office, ALASKA, NOW)
    moved = replace(ALASKA, region="48")
    save_guideline(office, moved, NOW, replaces=key_of(ALASKA))
    assert office.reference.guidelines == (moved,)
    before = told(office)[-1][1]
    assert before is not None
    assert len(before.splitlines()) == 2


def test_a_guideline_is_removed_and_stays_in_the_history(office: Office) -> None:
    save_guideline(office, INVENTED, NOW)
    remove_guideline(office, key_of(INVENTED), NOW)
    assert office.reference.guidelines == ()
    action, before, after = told(office)[-1]
    assert action == "guideline removed"
    assert before is not None
    assert "16000.55" in before
    assert after is None


def test_a_holiday_is_added_renamed_and_removed(office: Office) -> None:
    save_holiday(office, DAY, "Farmworkers Day", NOW)
    save_holiday(office, DAY, "Farmworkers’ Day", NOW)
    save_holiday(office, DAY, "Farmworkers’ Day", NOW)
    assert office.reference.holidays == {DAY: "Farmworkers’ Day"}
    remove_holiday(office, DAY, NOW)
    assert office.reference.holidays == {}
    assert told(office) == [
        ("holiday added", None, "2027-03-31 Farmworkers Day"),
        ("holiday renamed", "2027-03-31 Farmworkers Day", "2027-03-31 Farmworkers’ Day"),
        ("holiday removed", "2027-03-31 Farmworkers’ Day", None),
    ]
    assert office.damage() == []


def test_what_is_gone_can_not_be_touched_and_nothing_is_written(office: Office) -> None:
    for act in (
        partial(remove_holiday, office, DAY, NOW),
        partial(remove_guideline, office, key_of(INVENTED), NOW),
        partial(save_guideline, office, INVENTED, NOW, replaces=key_of(OLDER)),
    ):
        with pytest.raises(AppError, match="no longer in the table"):
            act()
    assert office.reference == OfficeReference()
    assert told(office) == []
