"""A new intake has the office's own date and the next number, and assumes nothing."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest

from intake_app.core.casefile import RECORDS, Intake
from intake_app.core.errors import NotAllowed
from intake_app.core.vocabulary import CaseStatus
from intake_app.store.office import Office
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE


def test_only_the_date_and_the_status_are_filled_in(office: Office) -> None:
    case = start_intake(office, NOW)
    for record in RECORDS:
        kept: Any
        for kept in case.all(record):
            answered = {one.name for one in fields(kept) if getattr(kept, one.name) is not None}
            assert record is Intake
            assert answered == {"opened_on", "status"}
    assert case.one(Intake).status is CaseStatus.INTAKE


def test_the_day_and_the_year_are_those_of_the_office(office: Office) -> None:
    """In Miami it is still the evening of the last of December."""
    case = start_intake(office, datetime(2027, 1, 1, 3, 30, tzinfo=UTC))
    assert case.one(Intake).opened_on == date(2026, 12, 31)
    assert case.number == "2026-0001"
    assert start_intake(office, datetime(2027, 1, 1, 5, 30, tzinfo=UTC)).number == "2027-0001"


def test_a_coordinator_starts_none(staffed: Office) -> None:
    folder = staffed.folder
    staffed.close()
    with (
        unlock_office(folder, "coordinator", PASSPHRASE, NOW) as office,
        pytest.raises(NotAllowed),
    ):
        start_intake(office, NOW)
