"""What is said about the work on a case: to-dos, time, closing."""

from datetime import UTC, date, datetime
from typing import Any

from intake_app.core.case_findings import FINDERS
from intake_app.core.casefile import Custody, Detainer, Intake, Note, TimeSpent, ToDo
from intake_app.core.findings import Finding, Weight
from intake_app.core.vocabulary import CaseStatus, ClosingCategory, DetainerStatus
from intake_app.core.work_findings import in_hours, work_findings
from tests.cases import HERE, case_of

TODAY = date(2026, 11, 22)


def found(*records: Any) -> list[Finding]:
    return list(work_findings(case_of(*records), HERE))


def places(findings: list[Finding]) -> list[tuple[type, str]]:
    return [(one.record, one.field) for one in findings]


def test_the_rules_are_asked() -> None:
    assert work_findings in FINDERS


def test_a_closed_case_lacks_its_day_and_its_category() -> None:
    closed = found(Intake(status=CaseStatus.CLOSED))
    assert places(closed) == [(Intake, "closed_on"), (Intake, "closing_category")]
    assert {one.weight for one in closed} == {Weight.WARN}
    assert closed[0].offer == TODAY
    assert "22 Nov 2026" in closed[0].words
    whole = Intake(
        status=CaseStatus.CLOSED, closed_on=TODAY, closing_category=ClosingCategory.ADVICE
    )
    assert found(whole) == []
    assert found(Intake(status=CaseStatus.OPEN)) == []


def test_what_a_closed_case_leaves_behind() -> None:
    whole = Intake(
        status=CaseStatus.CLOSED, closed_on=TODAY, closing_category=ClosingCategory.ADVICE
    )
    left = found(whole, ToDo(), ToDo(done_on=TODAY), Detainer(), Detainer())
    assert [one.words for one in left if one.record is ToDo] == [
        "The case is closed and 1 to-do is not done."
    ]
    assert [one.entry_id for one in left if one.record is Detainer] == [4, 5]
    ended = Detainer(status=DetainerStatus.CANCELLED)
    assert found(whole, ended) == []
    gone = Custody(released_at=datetime(2026, 11, 20, tzinfo=UTC))
    assert found(whole, Detainer(), gone) == []


def test_an_overdue_to_do_says_so_beside_its_day() -> None:
    late = ToDo(due_on=date(2026, 11, 21))
    (only,) = found(late, ToDo(due_on=TODAY), ToDo(due_on=date(2026, 11, 1), done_on=TODAY))
    assert (only.field, only.entry_id, only.weight) == ("due_on", 1, Weight.WARN)


def test_time_in_all_and_minutes_that_cant_be() -> None:
    spent = found(
        *(TimeSpent(worked_on=TODAY, minutes=minutes) for minutes in (25, 180, None)),
        TimeSpent(worked_on=TODAY, minutes=1441),
        TimeSpent(worked_on=TODAY, minutes=0),
    )
    assert spent[0].words == "Time in all: 27 h 26 min, 4 entries."
    assert [one.entry_id for one in spent if one.field == "minutes"] == [4, 5]


def test_today_is_offered_and_not_filled_in() -> None:
    offered = found(Note(), Note(written_on=TODAY), TimeSpent())
    assert places(offered) == [(Note, "written_on"), (TimeSpent, "worked_on")]
    assert {one.offer for one in offered} == {TODAY}
    assert {one.weight for one in offered} == {Weight.NOTE}


def test_hours_in_words() -> None:
    assert [in_hours(minutes) for minutes in (0, 40, 60, 205, 60_001)] == [
        "0 min",
        "40 min",
        "1 h",
        "3 h 25 min",
        "1,000 h 1 min",
    ]
