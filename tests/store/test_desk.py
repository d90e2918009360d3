"""What the desk is read from: standing detainers, urgent answers, to-dos with a sealed "Who"."""

from datetime import date
from typing import Any

import pytest

from intake_app.core.casefile import (
    Custody,
    Dependent,
    Detainer,
    Household,
    Intake,
    Person,
    ToDo,
)
from intake_app.core.fields import title_of
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import (
    AgeBand,
    CareNow,
    CaseStatus,
    CitizenClaim,
    DetainerForm,
    DetainerStatus,
    State,
    ToDoKind,
    YesNo,
)
from intake_app.store.desk import (
    CHILDREN_ALONE,
    MAYBE_CITIZEN,
    held_cases,
    last_change,
    open_to_dos,
    urgent_cases,
)
from intake_app.store.office import Office
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW


def started(office: Office, *records: Any) -> int:
    case = start_intake(office, NOW).case_id
    for record in records:
        saved(office, case, record)
    return case


def saved(office: Office, case: int, record: Any) -> int | None:
    entry = None
    if title_of(type(record)).many:
        entry = add_entry(office, case, type(record), NOW).entry_id
    for field, value in vars(record).items():
        if value is not None:
            save_answer(office, case, type(record), entry, field, value, NOW)
    return entry


def test_every_standing_detainer_of_a_case_oldest_first(office: Office) -> None:
    first = Detainer(form=DetainerForm.I247A, status=DetainerStatus.ACTIVE)
    second = Detainer(form=DetainerForm.I247G)
    unknown = Detainer(form=DetainerForm.I247D, status=DetainerStatus.UNKNOWN)
    over = Detainer(form=DetainerForm.I247, status=DetainerStatus.CANCELLED)
    case = started(office, Custody(facility_state=State.FL), first, over, second, unknown)
    started(office, over)
    started(office, Detainer(form=DetainerForm.I247A, ended_on=PartialDate(2026, 11, 20)))
    with office.reading() as connection:
        (held,) = held_cases(connection)
    assert held.case_id == case
    assert [one.form for one in held.detainers] == [first.form, second.form, unknown.form]
    assert held.custody.facility_state is State.FL


@pytest.mark.parametrize("status", [CaseStatus.CLOSED, CaseStatus.REJECTED])
def test_a_case_that_is_over_is_not_held(office: Office, status: CaseStatus) -> None:
    started(office, Detainer(), Intake(status=status))
    with office.reading() as connection:
        assert held_cases(connection) == []


def urgent(office: Office, limit: int = 50) -> list[tuple[int, str]]:
    with office.reading() as connection:
        return [(one.case_id, one.why) for one in urgent_cases(connection, limit)]


def test_children_go_first_and_both_facts_of_a_case_are_told(office: Office) -> None:
    alone = Household(children_unattended=YesNo.YES)
    citizen = Person(us_citizen_claim=CitizenClaim.CLAIMS)
    both = started(office, alone, citizen)
    claim = started(office, citizen)
    nobody = started(office, Dependent(care_now=CareNow.NOBODY, age=AgeBand.TO_5))
    assert urgent(office) == [
        (nobody, CHILDREN_ALONE),
        (both, CHILDREN_ALONE),
        (both, MAYBE_CITIZEN),
        (claim, MAYBE_CITIZEN),
    ]
    # A child is never cut off for the sake of a newer case.
    assert [why for _, why in urgent(office, 2)] == [CHILDREN_ALONE, CHILDREN_ALONE, MAYBE_CITIZEN]


@pytest.mark.parametrize(
    "record",
    [
        Dependent(care_now=CareNow.NOBODY, age=AgeBand.ADULT),
        Dependent(care_now=CareNow.NOBODY),
        Dependent(care_now=CareNow.RELATIVE, age=AgeBand.TO_5),
        Household(children_unattended=YesNo.NO),
        Person(us_citizen_claim=CitizenClaim.NO),
    ],
)
def test_what_is_not_urgent(office: Office, record: Any) -> None:
    started(office, record)
    assert urgent(office) == []


def test_a_dependent_taken_out_is_not_alone(office: Office) -> None:
    case = started(office)
    entry = saved(office, case, Dependent(care_now=CareNow.NOBODY, age=AgeBand.TO_17))
    assert entry is not None
    assert urgent(office) == [(case, CHILDREN_ALONE)]
    remove_entry(office, case, Dependent, entry, NOW)
    assert urgent(office) == []


def test_to_dos_mine_first_then_by_day_and_those_without_one_last(office: Office) -> None:
    case = started(office)
    for what, due, who in (
        ("no day", None, None),
        ("later", date(2026, 12, 1), None),
        ("late", date(2026, 11, 1), "me"),
        ("hers", date(2026, 10, 1), "somebody else"),
        ("today", date(2026, 11, 22), None),
    ):
        saved(office, case, ToDo(what=what, due_on=due, assigned_to=who, kind=ToDoKind.CALL))
    saved(office, case, ToDo(what="done", done_on=date(2026, 11, 1)))
    # Of an older version, which kept letters that wait as to-dos.
    saved(office, case, ToDo(what="a letter", kind=ToDoKind.LETTER))
    saved(office, case, ToDo(what="no kind"))
    gone = saved(office, case, ToDo(what="removed"))
    assert gone is not None
    remove_entry(office, case, ToDo, gone, NOW)

    def asked(limit: int) -> tuple[list[str], int]:
        with office.reading() as connection:
            found, in_all = open_to_dos(
                office,
                connection,
                lambda who: who in (None, "me"),
                limit,
            )
        return [one.what for one in found], in_all

    wanted = ["late", "today", "later", "no day", "a letter", "no kind", "hers"]
    assert asked(50) == (wanted, 7)
    assert asked(2) == (["late", "today"], 7)


def test_every_change_is_seen(office: Office) -> None:
    def newest() -> int:
        with office.reading() as connection:
            return last_change(connection)

    before = newest()
    assert newest() == before
    started(office)
    assert newest() > before
