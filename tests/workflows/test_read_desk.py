"""The desk: what is most urgent stands first."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.casefile import Custody, Detainer, Household, Intake, Person, ToDo
from intake_app.core.custody_clock import ClockState
from intake_app.core.errors import NotAllowed
from intake_app.core.letters.options import LetterOptions
from intake_app.core.partial_date import PartialDate
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    CaseStatus,
    CitizenClaim,
    DetainerForm,
    DetainerStatus,
    State,
    ToDoKind,
    YesNo,
    Zone,
)
from intake_app.store.office import Office
from intake_app.workflows.ask_for_approval import ask_for_approval
from intake_app.workflows.check_conflicts import check_conflicts
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_desk import read_desk
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.set_holidays import add_holiday
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import unlocked

MIAMI = ZoneInfo("America/New_York")
LOCAL = NOW.astimezone(MIAMI)
TODAY = LOCAL.date()


def held(office: Office, due: datetime | None, surname: str = "") -> int:
    """A case in Florida with a detainer whose clock starts at `due`."""
    case = start_intake(office, NOW).case_id
    entry = add_entry(office, case, Detainer, NOW).entry_id
    for field, value in (
        ("form", DetainerForm.I247A),
        ("edition", PartialDate(2017, 3)),
        ("received_at", LOCAL - timedelta(days=30)),
        ("served", YesNo.YES),
        ("status", DetainerStatus.ACTIVE),
    ):
        save_answer(office, case, Detainer, entry, field, value, NOW)
    for field, custody in (
        ("facility_state", State.of("FL")),
        ("facility_zone", Zone.EASTERN),
        ("release_due_at", due),
    ):
        save_answer(office, case, Custody, None, field, custody, NOW)
    if surname:
        save_answer(office, case, Person, None, "surname", surname, NOW)
    return case


def test_the_most_urgent_stands_first(office: Office) -> None:
    days = {"over": -20, "long over": -40, "soon": -1, "later": 0, "due": 20, "unknown": None}
    cases = {
        name: held(office, LOCAL + timedelta(days=ago) if ago is not None else None)
        for name, ago in days.items()
    }
    desk = read_desk(office, NOW)
    shown = [row.case_id for row in desk.clocks]
    assert shown[:4] == [cases[name] for name in ("long over", "over", "soon", "later")]
    assert set(shown[4:]) == {cases["due"], cases["unknown"]}
    readings = [row.reading for row in desk.clocks]
    states = [reading.state for reading in readings if reading is not None]
    assert states[:2] == [ClockState.EXPIRED_ALL_READINGS] * 2
    assert states[-1] is ClockState.NOT_STARTED
    assert desk.clocks_in_all == 6
    assert desk.clocks[0].detainer_words.startswith("I-247A")


def test_a_clock_that_does_not_run_is_not_on_the_desk(office: Office) -> None:
    released = held(office, LOCAL - timedelta(days=1))
    save_answer(office, released, Custody, None, "released_at", LOCAL, NOW)
    lifted = held(office, LOCAL)
    detainer = office_entry(office, lifted)
    save_answer(office, lifted, Detainer, detainer, "status", DetainerStatus.CANCELLED, NOW)
    removed = held(office, LOCAL)
    remove_entry(office, removed, Detainer, office_entry(office, removed), NOW)
    closed = held(office, LOCAL)
    save_answer(office, closed, Intake, None, "status", CaseStatus.CLOSED, NOW)
    start_intake(office, NOW)
    assert read_desk(office, NOW).clocks == ()


def test_unfinished_intakes_say_what_is_missing_the_newest_first(office: Office) -> None:
    old = start_intake(office, NOW).case_id
    new = held(office, None, "Núñez")
    save_answer(office, old, Intake, None, "mode", None, NOW)
    save_answer(office, new, Person, None, "given", "Ana", NOW + timedelta(hours=1))
    unfinished = read_desk(office, NOW).unfinished
    assert [row.case_id for row in unfinished] == [new, old]
    assert unfinished[0].missing == ("charges",)
    assert unfinished[0].name == "Núñez, Ana"
    assert unfinished[1].missing == ("name", "facility", "charges", "detainer")
    save_answer(office, old, Intake, None, "status", CaseStatus.OPEN, NOW)
    assert [row.case_id for row in read_desk(office, NOW).unfinished] == [new]


def test_what_must_be_done_today(office: Office) -> None:
    citizen, children, none = (start_intake(office, NOW).case_id for _ in range(3))
    save_answer(office, citizen, Person, None, "us_citizen_claim", CitizenClaim.CLAIMS, NOW)
    save_answer(office, children, Household, None, "children_unattended", YesNo.YES, NOW)
    save_answer(office, none, Person, None, "us_citizen_claim", CitizenClaim.NO, NOW)
    to_do = {row.case_id: row.what for row in read_desk(office, NOW).to_do}
    assert set(to_do) == {citizen, children}
    assert "U.S. citizen" in to_do[citizen]
    assert "Children" in to_do[children]


def test_to_dos_stand_below_what_is_urgent(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    save_answer(office, case, Person, None, "us_citizen_claim", CitizenClaim.CLAIMS, NOW)
    for what, who, due in (
        ("Call the jail", None, TODAY),
        ("Not mine", "somebody", TODAY - timedelta(days=9)),
        ("Mine", "A. Ruiz", TODAY - timedelta(days=1)),
        (None, None, None),
    ):
        entry = add_entry(office, case, ToDo, NOW).entry_id
        for field, value in (("what", what), ("assigned_to", who), ("due_on", due)):
            save_answer(office, case, ToDo, entry, field, value, NOW)
    save_answer(office, case, ToDo, entry, "kind", ToDoKind.COURT, NOW)
    desk = read_desk(office, NOW)
    assert [row.what for row in desk.to_do] == [
        "May be a U.S. citizen: tell an attorney",
        "Mine",
        "Call the jail",
        "Court date",
        "Not mine",
    ]
    assert [row.entry_id is None for row in desk.to_do] == [True, False, False, False, False]
    assert [row.mine for row in desk.to_do] == [True, True, True, True, False]
    assert desk.to_do[-1].who == "somebody"
    assert desk.to_do_in_all == 5
    done = desk.to_do[1]
    save_answer(office, case, ToDo, done.entry_id, "done_on", TODAY, NOW)
    assert "Mine" not in [row.what for row in read_desk(office, NOW).to_do]


def test_letters_stand_in_the_order_of_the_clocks(office: Office) -> None:
    calm, over = held(office, None), held(office, LOCAL - timedelta(days=20))
    without = start_intake(office, NOW).case_id
    for case in (without, calm, over):
        ask_for_approval(office, case, "decline", LetterOptions(), NOW)
    assert [row.case_id for row in read_desk(office, NOW).letters] == [over, calm, without]


def test_one_slip_of_the_pen_does_not_cost_everybody_the_desk(office: Office) -> None:
    slip = held(office, LOCAL.replace(year=2206))
    over = held(office, LOCAL - timedelta(days=20))
    desk = read_desk(office, NOW)
    assert [row.case_id for row in desk.clocks] == [over, slip]
    assert desk.clocks[1].reading is None


def test_who_was_released_on_a_form_without_a_hold_is_gone(office: Office) -> None:
    case = held(office, LOCAL - timedelta(days=3))
    save_answer(office, case, Detainer, office_entry(office, case), "form", DetainerForm.I247N, NOW)
    assert [row.case_id for row in read_desk(office, NOW).clocks] == [case]
    save_answer(office, case, Custody, None, "released_at", LOCAL, NOW)
    assert read_desk(office, NOW).clocks == ()


def test_the_offices_holidays_are_in_the_clock_and_in_each_tick(office: Office) -> None:
    held(office, datetime(2026, 11, 20, 9, 10, tzinfo=MIAMI))
    add_holiday(office, date(2026, 11, 23), "County holiday", NOW)
    (row,) = read_desk(office, NOW).clocks
    for reading in (row.reading, row.read(NOW + timedelta(hours=1))):
        assert reading is not None
        assert reading.regulation_deadline == datetime(2026, 11, 25, 9, 10, tzinfo=MIAMI)


def test_a_possible_conflict_is_the_attorneys_to_decide(staffed: Office) -> None:
    folder: Path = staffed.folder
    client = start_intake(staffed, NOW).case_id
    other = start_intake(staffed, NOW).case_id
    for case, record in ((client, Person), (other, Person)):
        for field, value in (("given", "Rogelio"), ("surname", "Quintanilla")):
            save_answer(staffed, case, record, None, field, value, NOW)
    check_conflicts(staffed, other, NOW)
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        waiting = [row for row in read_desk(office, NOW).to_do if row.case_id == other]
        assert [row.what for row in waiting] == ["Possible conflict of interest: decide"]
        assert not waiting[0].urgent
    with unlocked(folder, Role.VOLUNTEER) as office:
        assert read_desk(office, NOW).to_do == ()


def test_a_coordinator_has_no_desk(staffed: Office) -> None:
    folder: Path = staffed.folder
    held(staffed, LOCAL, "Secret")
    staffed.close()
    with unlocked(folder, Role.COORDINATOR) as office, pytest.raises(NotAllowed):
        read_desk(office, NOW)
    with unlocked(folder, Role.VOLUNTEER) as office:
        assert [row.name for row in read_desk(office, NOW).clocks] == ["Secret"]


def office_entry(office: Office, case: int) -> int:
    return open_case(office, case).kept(Detainer)[0].id
