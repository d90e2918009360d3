"""The history of the office: complete, in pages, filtered, and free of anything of a client."""

from datetime import date, timedelta

import pytest

from intake_app.core.casefile import RECORDS, Person
from intake_app.core.errors import BadAnswer, NotAllowed
from intake_app.core.fields import title_of
from intake_app.core.roles import Role
from intake_app.store.history import Line
from intake_app.store.office import Office
from intake_app.store.office_history import Deed, DeedKind, DeedQuery
from intake_app.workflows.delete_case import delete_case
from intake_app.workflows.office_history import office_history
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.set_holidays import add_holiday
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.examples import EVERY_QUESTION, example, shown_example
from tests.offices import unlocked

EVERYTHING = DeedQuery()


def every(office: Office, query: DeedQuery = EVERYTHING) -> tuple[Deed, ...]:
    return office_history(office, query, limit=-1).deeds


def test_it_names_who_did_what_and_to_which_case(staffed: Office) -> None:
    case = start_intake(staffed, NOW)
    save_answer(staffed, case.case_id, Person, None, "surname", "Núñez", NOW)
    open_case(staffed, case.case_id, NOW)
    add_holiday(staffed, date(2027, 3, 31), "Cesar Chavez Day", NOW)
    delete_case(staffed, case.case_id, NOW)
    told = [(one.words, one.kind, one.number) for one in every(staffed)]
    assert told[:4] == [
        ("Case deleted", DeedKind.CASES, case.number),
        ("Holiday added", DeedKind.OFFICE, ""),
        ("Opened", DeedKind.LOOKED, case.number),
        ("Person · Surname: changed", DeedKind.CASES, case.number),
    ]
    assert told[-1] == ("Office created", DeedKind.OFFICE, "")
    assert ("Member added: Volunteer Person", DeedKind.MEMBERS, "") in told
    assert {one.member for one in every(staffed)} == {"A. Ruiz"}
    assert [one.seq for one in every(staffed)] == list(range(len(told), 0, -1))


def test_no_answer_of_any_question_stands_in_it(staffed: Office) -> None:
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        case = start_intake(office, NOW).case_id
        entries = {
            cls: add_entry(office, case, cls, NOW).entry_id if title_of(cls).many else None
            for cls in RECORDS
        }
        for cls, asked in EVERY_QUESTION:
            save_answer(office, case, cls, entries[cls], asked.name, example(cls, asked), NOW)
    with unlocked(folder) as office:
        told = "\n".join(f"{one.words} {one.member} {one.number}" for one in every(office))
        assert len(every(office)) > len(EVERY_QUESTION)
    typed = [shown_example(cls, asked) for cls, asked in EVERY_QUESTION]
    # One digit alone stands in every case number.
    own = [words for words in typed if len(words) > 1 and any(mark.isdigit() for mark in words)]
    assert len(own) > 60
    assert [words for words in own if words in told] == []


def test_pages_follow_each_other_without_a_gap(office: Office) -> None:
    lines = [Line(NOW.isoformat(), 1, "changed", None, "office") for _ in range(450)]
    with office.writing() as connection:
        office.record(connection, *lines)
    seen: list[int] = []
    before, pages = None, 0
    while True:
        page = office_history(office, EVERYTHING, before)
        seen += [one.seq for one in page.deeds]
        pages += 1
        if page.older is None:
            break
        before = page.older
    assert pages == 3
    assert seen == list(range(451, 0, -1))


def test_filters_by_member_kind_day_and_case(staffed: Office) -> None:
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.PARALEGAL) as office:
        first = start_intake(office, NOW)
        open_case(office, first.case_id, NOW + timedelta(days=2))
        paralegal = office.member.id
    with unlocked(folder) as office:
        start_intake(office, NOW)
        mine = every(office, DeedQuery(member_id=paralegal))
        assert {one.member for one in mine} == {"Paralegal Person"}
        assert mine[0].words == "Opened"
        assert [one.words for one in every(office, DeedQuery(kind=DeedKind.LOOKED))] == ["Opened"]
        assert {one.number for one in every(office, DeedQuery(number=first.number))} == {
            first.number
        }
        today, later = date(2026, 11, 22), date(2026, 11, 24)
        assert [one.words for one in every(office, DeedQuery(since=later))] == ["Opened"]
        assert every(office, DeedQuery(until=date(2026, 11, 21))) == ()
        assert len(every(office, DeedQuery(since=today, until=today))) == len(every(office)) - 1
        with pytest.raises(BadAnswer, match="after the last"):
            every(office, DeedQuery(since=later, until=today))


def test_a_day_is_a_day_at_the_office(office: Office) -> None:
    """00:30 UTC on the 23rd is the evening of the 22nd in Miami."""
    with office.writing() as connection:
        office.record(connection, Line("2026-11-23T00:30:00+00:00", 1, "late", None, "office"))
    day = date(2026, 11, 22)
    assert every(office, DeedQuery(since=day, until=day))[0].words == "Late"
    assert every(office, DeedQuery(since=date(2026, 11, 23))) == ()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_reads_it(staffed: Office, role: Role) -> None:
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, role) as office, pytest.raises(NotAllowed, match="Ask: administrator"):
        office_history(office, EVERYTHING)


def test_every_line_has_one_kind_and_every_kind_is_asked_by_itself(staffed: Office) -> None:
    case = start_intake(staffed, NOW).case_id
    open_case(staffed, case, NOW)
    apart = [one.seq for kind in DeedKind for one in every(staffed, DeedQuery(kind=kind))]
    assert sorted(apart) == sorted(one.seq for one in every(staffed))
