"""What follows from victim facts; every finding stands where only the key opens."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from intake_app.core.casefile import (
    Abuser,
    Consent,
    Contact,
    Intake,
    Phone,
    Protection,
    questions_for,
)
from intake_app.core.fields import question, questions
from intake_app.core.findings import Finding, Weight
from intake_app.core.protection_findings import protection_findings
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    AbuserRelation,
    Caller,
    ConsentKind,
    PhoneKind,
    ProtectedPlace,
    Safe,
    Suspected,
    TalkNow,
    WithdrawnHow,
    YesNo,
)
from tests.cases import HERE, case_of

NOW = datetime(2026, 11, 22, 17, 11, tzinfo=UTC)


def found(*records: Any) -> list[Finding]:
    told = list(protection_findings(case_of(*records, first=3), HERE))
    for one in told:
        assert one.field in {asked.name for asked in questions(one.record)}
        assert one.field not in {asked.name for asked in questions_for(Role.VOLUNTEER, one.record)}
    return told


def beside(field: str, *records: Any) -> list[Finding]:
    return [one for one in found(*records) if one.field == field]


@pytest.mark.parametrize("talk", [TalkNow.NO, TalkNow.LATER])
def test_nothing_is_asked_while_it_is_not_safe_to_talk(talk: TalkNow) -> None:
    for protection in (Protection(), Protection(screened_privately=YesNo.YES)):
        (one,) = beside("screened_privately", Contact(safe_to_talk_now=talk), protection)
        assert one.words == (
            "It is not safe to talk now. Ask these later, when the person is alone."
        )


def test_whether_it_was_asked_in_private_comes_first() -> None:
    (one,) = beside("screened_privately", Contact(safe_to_talk_now=TalkNow.YES))
    assert "is the person alone" in one.words
    assert beside("screened_privately", Protection(screened_privately=YesNo.YES)) == []
    assert len(beside("screened_privately", Protection(screened_privately=YesNo.NO))) == 1


def test_every_other_question_waits_for_it() -> None:
    waits = {one.name for one in questions(Protection) if one.shown_after == "screened_privately"}
    names = {one.name for one in questions(Protection)}
    # What the office decides or pays is not asked of anybody; an order's end follows the order.
    offices_own = {"hide_from_lists", "victim_grant"}
    assert names - waits == {"screened_privately", "order_expires"} | offices_own
    assert question(Protection, "order_expires").shown_when == "protective_order"


def test_a_shelter_is_a_yes_and_never_a_place() -> None:
    (one,) = beside("in_shelter", Protection(in_shelter=YesNo.YES))
    assert "never written down" in one.words
    assert beside("in_shelter", Protection(in_shelter=YesNo.NO)) == []


def test_what_comes_from_the_abuser_goes_to_the_attorney() -> None:
    for answer in (Suspected.YES, Suspected.SUSPECTED):
        (one,) = beside("told_by_abuser", Protection(told_by_abuser=answer))
        assert "1367(a)(1)" in one.why
        assert "federal agencies only" in one.words
    assert beside("told_by_abuser", Protection(told_by_abuser=Suspected.NO)) == []


def test_an_arrest_at_a_protected_place_needs_a_statement() -> None:
    for place in (ProtectedPlace.SHELTER, ProtectedPlace.COURTHOUSE):
        (one,) = beside("protected_place", Protection(protected_place=place))
        assert "Notice to Appear" in one.words
        assert "1229(e)" in one.why
        assert ("protection order" in one.words) is (place is ProtectedPlace.COURTHOUSE)
    assert beside("protected_place", Protection(protected_place=ProtectedPlace.NONE)) == []


def test_the_abuser_on_the_telephone_is_an_alarm() -> None:
    (one,) = beside("is_caller", Abuser(is_caller=YesNo.YES))
    assert (one.weight, one.record, one.entry_id) == (Weight.ALARM, Abuser, 3)
    caller = Intake(caller=Caller.SPOUSE, caller_name="Jose Nunez")
    (named,) = beside("is_caller", Abuser(name="José Núñez"), caller)
    assert named.weight is Weight.ALARM
    (alike,) = beside("is_caller", Abuser(relation=AbuserRelation.SPOUSE), caller)
    assert alike.weight is Weight.WARN
    denied = Abuser(relation=AbuserRelation.SPOUSE, is_caller=YesNo.NO)
    assert beside("is_caller", denied, caller) == []


def test_the_abuser_at_home_puts_safe_ways_in_doubt() -> None:
    home = Phone(number="1", kind=PhoneKind.HOME, safe=Safe.YES)
    work = Phone(number="1", kind=PhoneKind.WORK, safe=Safe.YES)
    contact, abuser = Contact(confirmed_on=date(2026, 11, 1)), Abuser(in_household=YesNo.YES)
    assert len(beside("in_household", contact, abuser, home)) == 1
    assert beside("in_household", contact, abuser, work) == []
    assert beside("in_household", contact, Abuser(in_household=YesNo.NO), home) == []


def test_counting_is_said_to_be_closed() -> None:
    survivor = Protection(survivor=YesNo.YES, consent_reporting=YesNo.YES)
    assert beside("consent_reporting", survivor) == []
    back = Consent(
        kind=ConsentKind.REPORTING,
        signed_on=date(2026, 11, 1),
        withdrawn_how=WithdrawnHow.ORAL,
    )
    (one,) = beside("consent_reporting", survivor, back)
    assert "withdrawn" in one.words
    assert len(beside("consent_reporting", Protection(survivor=YesNo.YES))) == 1


def test_an_order_that_ends_is_said() -> None:
    for ends, said in (
        (date(2026, 11, 21), True),
        (date(2026, 12, 6), True),
        (date(2026, 12, 7), False),
    ):
        order = Protection(protective_order=YesNo.YES, order_expires=ends)
        assert bool(beside("order_expires", order)) is said


def test_lists_that_show_a_survivor_are_said() -> None:
    shown = Protection(survivor=YesNo.YES, hide_from_lists=YesNo.NO)
    assert beside("hide_from_lists", shown)[0].weight is Weight.WARN
    assert beside("hide_from_lists", Protection(survivor=YesNo.YES))[0].weight is Weight.NOTE
