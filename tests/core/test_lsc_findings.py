"""The LSC category: what does not agree with it is said beside it, and only to who may read it."""

from dataclasses import fields, replace
from typing import Any

import pytest

from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Household, Immigration, Person, Protection
from intake_app.core.fields import question
from intake_app.core.findings import Finding, Weight
from intake_app.core.household_findings import household_findings
from intake_app.core.lsc_findings import FIELD, lsc_findings
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    AbuseKind,
    CitizenClaim,
    FundingCode,
    LscCategory,
    StatusClaimed,
    YesNo,
)
from tests.cases import case_of
from tests.core.test_household_findings import WITH_ONE as HERE

SURVIVOR = Protection(survivor=YesNo.YES, abuse_kinds=(next(iter(AbuseKind)),))
CONTRADICTIONS: list[tuple[Any, ...]] = [
    (Household(lsc_category=LscCategory.CITIZEN), Person(us_citizen_claim=CitizenClaim.NO)),
    (
        Household(lsc_category=LscCategory.CITIZEN),
        Immigration(status_claimed=StatusClaimed.LPR),
    ),
    (
        Household(lsc_category=LscCategory.ELIGIBLE_STATUS),
        Immigration(status_claimed=StatusClaimed.EWI),
    ),
    (
        Household(lsc_category=LscCategory.INELIGIBLE),
        Person(us_citizen_claim=CitizenClaim.DOCUMENTED),
    ),
    (Household(lsc_category=LscCategory.INELIGIBLE), SURVIVOR),
    (Household(lsc_category=LscCategory.INELIGIBLE), Immigration(pending_vawa_t_u=YesNo.YES)),
    (Household(lsc_category=LscCategory.ABUSE), Protection(survivor=YesNo.NO)),
    (Household(lsc_category=LscCategory.INELIGIBLE, funding=FundingCode.LSC),),
    (Household(lsc_category=LscCategory.OTHER_FUNDS, funding=FundingCode.LSC),),
    (Household(funding=FundingCode.LSC),),
]


def said(*records: Any, role: Role = Role.PARALEGAL) -> list[Finding]:
    return list(lsc_findings(case_of(*records), replace(HERE, role=role)))


@pytest.mark.parametrize("records", CONTRADICTIONS)
def test_a_contradiction_is_warned_of_beside_the_category(records: tuple[Any, ...]) -> None:
    (found,) = [one for one in said(*records) if one.weight is Weight.WARN]
    assert (found.record, found.field, found.entry_id) == (Household, FIELD, None)


@pytest.mark.parametrize("records", CONTRADICTIONS)
def test_whoever_can_not_open_it_is_told_nothing(records: tuple[Any, ...]) -> None:
    """A volunteer's case file holds no protected answer; nor does any sentence."""
    assert said(*records, role=Role.VOLUNTEER) == []


@pytest.mark.parametrize("category", list(LscCategory))
@pytest.mark.parametrize("protection", [Protection(), SURVIVOR, Protection(survivor=YesNo.NO)])
def test_victim_facts_change_nothing_outside_the_protected_question(
    category: LscCategory, protection: Protection
) -> None:
    def outside(*records: Any) -> list[Finding]:
        found = household_findings(case_of(*records), HERE)
        return [one for one in found if one.field != FIELD]

    plain = Household(adults=1, children=2, funding=FundingCode.LSC)
    assert outside(replace(plain, lsc_category=category), protection) == outside(plain)
    assert question(Household, FIELD).keep.value


def test_what_agrees_is_left_in_peace() -> None:
    assert said(Household(lsc_category=LscCategory.ABUSE), SURVIVOR) == []
    assert (
        said(Household(lsc_category=LscCategory.CHILD_VICTIM), Protection(survivor=YesNo.NO)) == []
    )
    assert said(Household(lsc_category=LscCategory.ABUSE)) == []
    lpr = Immigration(status_claimed=StatusClaimed.LPR)
    assert said(Household(lsc_category=LscCategory.ELIGIBLE_STATUS), lpr) == []
    assert said() == []


def test_a_category_not_chosen_is_a_note_where_lsc_does_not_pay() -> None:
    (found,) = said(Household(adults=1))
    assert found.weight is Weight.NOTE
    assert "Not chosen yet" in found.words


def test_a_citizen_signs_an_attestation() -> None:
    (found,) = said(Household(lsc_category=LscCategory.CITIZEN))
    assert "own signature line" in found.words
    signed = Household(lsc_category=LscCategory.CITIZEN, attested_on=HERE.today)
    assert said(signed) == []


def test_no_answer_of_eligibility_is_filled_in_beforehand() -> None:
    """LSC's rules for automated systems: no defaults in fields that record eligibility."""
    assert {getattr(Household(), one.name) for one in fields(Household)} == {None}
    empty: CaseFile = CaseFile(1, "2026-0001", {Household: (Entry(1, Household()),)})
    assert list(household_findings(empty, HERE)) == []
