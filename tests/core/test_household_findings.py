"""What is said of a household. Every figure is invented."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from intake_app.core.case_findings import case_findings
from intake_app.core.casefile import Dependent, Household, Income, Intake
from intake_app.core.findings import Finding, Setting, Weight
from intake_app.core.household_findings import ACT_NOW, household_findings
from intake_app.core.office_reference import OfficeReference, PovertyGuideline
from intake_app.core.vocabulary import (
    AgeBand,
    CareNow,
    Earner,
    IncomeKind,
    IncomePeriod,
    Relation,
    YesNo,
)
from tests.cases import HERE, case_of
from tests.conftest import NOW

INVENTED = PovertyGuideline(
    date(2026, 1, 15),
    "48",
    Decimal(10_000),
    Decimal(5_000),
    "INVENTED, vol. 0 p. 0",
    date(2026, 1, 20),
    "A. Ruiz",
)
WITH_ONE = replace(HERE, reference=OfficeReference(guidelines=(INVENTED,)))
HOME = Household(adults=1, children=1, caregiver_now="Aunt", children_unattended=YesNo.NO)
CHILD = Dependent(relation=Relation.CHILD, age=AgeBand.TO_5, care_now=CareNow.RELATIVE)


def said(*records: Any, here: Setting = WITH_ONE) -> list[Finding]:
    return list(household_findings(case_of(*records), here))


def alarms(found: list[Finding]) -> list[Finding]:
    return [one for one in found if one.weight is Weight.ALARM]


def words(found: list[Finding]) -> str:
    return "\n".join(one.words for one in found)


def test_an_empty_case_is_said_nothing_of() -> None:
    assert said() == []
    assert said(Intake()) == []


def test_it_is_among_the_findings_of_a_case() -> None:
    found = case_findings(case_of(Household(children_unattended=YesNo.YES)), WITH_ONE)
    assert ACT_NOW in [one.words for one in found]


def test_unattended_children_are_an_alarm_with_what_to_do() -> None:
    in_card, at_question = alarms(said(replace(HOME, children_unattended=YesNo.YES)))
    assert in_card.words == ACT_NOW
    assert (in_card.record, in_card.field) == (Household, "")
    assert (at_question.record, at_question.field) == (Household, "children_unattended")


@pytest.mark.parametrize("age", list(AgeBand))
def test_a_dependent_with_nobody_is_an_alarm_under_18(age: AgeBand) -> None:
    alone = replace(CHILD, age=age, care_now=CareNow.NOBODY)
    found = said(replace(HOME, children=2), CHILD, alone)
    if age in (AgeBand.ADULT, AgeBand.UNKNOWN):
        assert alarms(found) == []
    else:
        assert [(one.record, one.field, one.entry_id) for one in alarms(found)] == [
            (Household, "", None),
            (Dependent, "care_now", 3),
        ]
        # The two answers do not agree, and neither is touched.
        (warned,) = [one for one in found if one.field == "children_unattended"]
        assert warned.weight is Weight.WARN
    if age is AgeBand.UNKNOWN:
        assert "ask the age now" in words(found)


def test_minors_whose_carer_nobody_knows_are_warned_of() -> None:
    unknown = replace(CHILD, care_now=CareNow.UNKNOWN)
    found = said(HOME, unknown)
    assert [one.entry_id for one in found if one.field == "care_now"] == [2]
    assert "1 dependent under 18" in words(found)
    # One answer for all the children is enough, but "unknown" is not.
    unasked = replace(CHILD, care_now=None)
    assert "under 18. Ask" not in words(said(HOME, unasked))
    assert "under 18. Ask" in words(said(replace(HOME, caregiver_now=None), unasked))
    assert "ask who has them now" in words(said(Household(adults=1, children=2)))
    assert "under 18. Ask" not in words(said(HOME, replace(CHILD, age=AgeBand.ADULT)))


def test_care_that_can_not_be_is_asked_again() -> None:
    found = said(HOME, replace(CHILD, care_now=CareNow.NOT_NEEDED))
    assert "under 13 needs somebody" in words(found)
    grown = replace(CHILD, age=AgeBand.TO_17, care_now=CareNow.NOT_NEEDED)
    assert [one for one in said(HOME, grown) if one.record is Dependent] == []


def test_a_medical_need_must_be_known_to_whoever_has_the_person() -> None:
    sick = replace(CHILD, age=AgeBand.ADULT, special_need=YesNo.YES, care_now=CareNow.NOBODY)
    found = [one for one in said(replace(HOME, adults=2), sick) if one.record is Dependent]
    assert {one.field for one in found} == {"care_now", "need_note"}


def test_the_count_and_the_list_may_disagree_and_it_is_said_beside_the_count() -> None:
    found = said(HOME, CHILD, CHILD)
    (warned,) = [one for one in found if one.field == "children"]
    assert warned.weight is Weight.WARN
    assert warned.words.startswith("2 dependents under 18 listed below, 1 counted here.")
    (fewer,) = [one for one in said(replace(HOME, children=3), CHILD) if one.field == "children"]
    assert fewer.weight is Weight.NOTE
    ageless = replace(CHILD, age=None)
    assert [one for one in said(HOME, ageless) if one.field == "children"] == []
    old = replace(CHILD, age=AgeBand.ADULT)
    assert [one.field for one in said(HOME, CHILD, old, old) if one.weight is Weight.WARN] == [
        "adults"
    ]
    assert "Nobody is counted" in words(said(Household(adults=0, children=0)))


def test_a_citizen_child_is_noticed_and_never_filled_in() -> None:
    citizen = replace(CHILD, us_citizen=YesNo.YES)
    weights = {
        answer: [
            one.weight
            for one in said(replace(HOME, citizen_family=answer), citizen)
            if one.field == "citizen_family"
        ]
        for answer in (None, YesNo.NO, YesNo.YES)
    }
    assert weights == {None: [Weight.NOTE], YesNo.NO: [Weight.WARN], YesNo.YES: []}
    parent = replace(citizen, relation=Relation.PARENT)
    assert [one for one in said(HOME, parent) if one.field == "citizen_family"] == []


def test_the_sole_earner_is_told() -> None:
    assert "sole earner" in words(said(replace(HOME, primary_breadwinner=Earner.YES)))
    two = replace(HOME, adults=2, primary_breadwinner=Earner.YES)
    assert "lives on what the person held earns." in words(said(two))
    assert "sole earner" not in words(said(two))
    for other in (Earner.SHARED, Earner.NO, Earner.UNKNOWN, None):
        assert "earns" not in words(said(replace(HOME, primary_breadwinner=other)))


def wage(amount: int, period: IncomePeriod = IncomePeriod.YEAR) -> Income:
    return Income(kind=IncomeKind.WAGE, amount=Decimal(amount), period=period)


def test_the_percent_is_told_with_how_it_was_worked_out_and_of_which_table() -> None:
    (found,) = [one for one in said(HOME, wage(18_760)) if "%" in one.words]
    assert found.weight is Weight.NOTE
    assert found.words == (
        "Income is 125.1 % of the poverty guideline: over 125 %, not over 200 %."
    )
    for part in ("$18,760.00", "$15,000.00", "household of 2", "15 Jan 2026", "INVENTED"):
        assert part in found.why
    assert "decides nothing" in found.why


def test_the_guideline_is_the_one_of_the_day_of_the_intake() -> None:
    found = said(Intake(opened_on=date(2025, 3, 1)), HOME, wage(18_760))
    assert "in force on 1 Mar 2025" in words(found)
    late = replace(WITH_ONE, now=NOW + timedelta(days=200))
    assert "later one must have been published" in words(said(HOME, wage(1), here=late))
    opened = said(Intake(opened_on=date(2026, 11, 1)), HOME, wage(1), here=late)
    assert "later one must have been published" not in words(opened)


def test_without_a_table_it_says_what_is_missing_and_where_to_enter_it() -> None:
    nothing = replace(WITH_ONE, reference=OfficeReference())
    (found,) = [one for one in said(HOME, wage(1), here=nothing) if "not known" in one.words]
    assert found.weight is Weight.NOTE
    assert "Office page" in found.words


def test_none_beside_an_amount_is_warned_of() -> None:
    found = said(HOME, wage(5), Income(kind=IncomeKind.NONE))
    assert [(one.record, one.field, one.entry_id) for one in found if one.record is Income] == [
        (Income, "kind", 3)
    ]
    assert [one for one in said(HOME, Income(kind=IncomeKind.NONE)) if one.record is Income] == []


def test_a_waiver_that_is_not_whole_is_warned_of() -> None:
    begun = replace(HOME, asset_waiver_by="E. Director")
    assert "“Waived on”, “Reason of waiver”" in words(said(begun))
    whole = replace(begun, asset_waiver_on=date(2026, 11, 1), asset_waiver_reason="Care")
    assert "waiver" not in words(said(whole))
