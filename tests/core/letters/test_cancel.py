"""The request to cancel: each thing that blocks it, once; who may set it aside; what it pleads."""

from typing import Any

import pytest

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Charge
from intake_app.core.letters.cancel import GROUND_KEYS
from intake_app.core.letters.kinds import CANCEL
from intake_app.core.letters.options import Addressee, LetterOptions
from intake_app.core.partial_date import PartialDate
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    ChargeLevel,
    ChargeOutcome,
    CitizenClaim,
    DetainerStatus,
    FactGroup,
    GuiltBasis,
    ListedOffense,
    ReleasedTo,
    Sanction,
    StatusClaimed,
    YesNo,
)
from tests.secret_case import asked, blocks, consent_to, secret_case

ICE = "ICE Miami Field Office"


def on(*grounds: str, **more: Any) -> LetterOptions:
    return LetterOptions(grounds=frozenset(grounds), **more)


def consented(**changes: dict[str, Any]) -> CaseFile:
    """Everything may be told to ICE, and the file bears out every ground but citizenship."""
    lawful = {"status_claimed": StatusClaimed.LPR, "manner_of_entry": None}
    return secret_case(consent_to(ICE, *FactGroup), **{"immigration": lawful} | changes)


def test_a_mistaken_identity_is_pleaded_without_any_consent() -> None:
    result = asked(CANCEL, secret_case(), on("wrong_person"), Role.PARALEGAL)
    assert result.open
    assert result.say == {"wrong_person"}
    assert result.adverse == ("F09", "F10")


@pytest.mark.parametrize("ground", sorted(GROUND_KEYS - {"citizen"}))
def test_each_ground_stands_where_the_file_and_a_consent_bear_it_out(ground: str) -> None:
    result = asked(CANCEL, consented(), on(ground))
    assert not result.blockers
    assert ground in result.say
    others = GROUND_KEYS - {ground}
    assert not others & result.say


@pytest.mark.parametrize(
    ("ground", "group"), [(one.key, one.group) for one in CANCEL.grounds if one.group]
)
def test_a_ground_that_tells_a_fact_needs_its_consent(ground: str, group: FactGroup) -> None:
    others = [one for one in FactGroup if one is not group]
    bare = secret_case(
        consent_to(ICE, *others),
        consent_to("ICE Tampa Field Office", group),
        immigration={"status_claimed": StatusClaimed.LPR},
    )
    assert blocks(CANCEL, bare, on(ground)) == ["FACT_CONSENT"]


def test_who_gets_a_copy_needs_a_consent_too() -> None:
    to = Addressee(agency=ICE, cc=("Detention Section",))
    chosen = on("medical", addressee=to)
    assert blocks(CANCEL, consented(), chosen) == ["FACT_CONSENT"]
    both = secret_case(
        consent_to(ICE, FactGroup.HEALTH), consent_to("Detention Section", FactGroup.HEALTH)
    )
    assert not blocks(CANCEL, both, chosen)


def test_no_reason_is_no_letter() -> None:
    assert blocks(CANCEL, secret_case(), on()) == ["GROUND"]
    assert blocks(CANCEL, secret_case(), on("no such reason")) == ["GROUND"]


@pytest.mark.parametrize(
    ("ground", "changes"),
    [
        ("citizen", {"person": {"us_citizen_claim": CitizenClaim.NO}}),
        ("status", {"immigration": {"status_claimed": StatusClaimed.EWI}}),
        ("status", {"immigration": {"status_claimed": StatusClaimed.DACA}}),
        ("wrong_person", {"detainer": {"person_matches": YesNo.UNKNOWN}}),
        ("no_cause", {"detainer": {"box": None, "warrant": None}}),
        ("no_arrest", {"charge": {"level": ChargeLevel.MISDEMEANOR}}),
        ("no_arrest", {"charge": {"level": ChargeLevel.UNKNOWN}}),
        ("abuser_source", {"protection": {"told_by_abuser": None}}),
        ("protected_place", {"protection": {"protected_place": None}}),
        ("medical", {"person": {"medical_need": None}}),
        ("caretaker", {"dependent": {"age": None}}),
    ],
)
def test_a_reason_the_file_does_not_hold_is_not_pleaded(
    ground: str, changes: dict[str, dict[str, Any]]
) -> None:
    assert blocks(CANCEL, consented(**changes), on(ground)) == ["GROUND_FACT"]


def test_a_citizen_and_a_lawful_resident_are_not_pleaded_together() -> None:
    assert blocks(CANCEL, consented(), on("citizen", "status")) == ["GROUND"]


@pytest.mark.parametrize(
    "charge",
    [
        {"listed_offense": ListedOffense.THEFT},
        {"listed_offense": None},
        {"listed_offense": ListedOffense.UNKNOWN},
        {"outcome": ChargeOutcome.CONVICTED, "level": ChargeLevel.FELONY},
        {"outcome": ChargeOutcome.DEFERRED},
    ],
)
def test_what_may_be_mandatory_needs_an_attorney_with_a_reason(charge: dict[str, Any]) -> None:
    case = secret_case(charge=charge)
    chosen = on("wrong_person")
    assert blocks(CANCEL, case, chosen) == ["LRA"]
    reasoned = on("wrong_person", overrides={"LRA": "He is plainly another man."})
    assert blocks(CANCEL, case, reasoned, Role.PARALEGAL) == ["LRA"]
    result = asked(CANCEL, case, reasoned)
    assert result.open
    assert [(one.rule, one.reason) for one in result.overridden] == [
        ("LRA", "He is plainly another man.")
    ]
    assert blocks(CANCEL, case, on("wrong_person", overrides={"LRA": "  "})) == ["LRA"]


def test_a_case_without_charges_was_not_screened() -> None:
    assert "LRA" in blocks(CANCEL, without_charges(secret_case()), on("wrong_person"))


def without_charges(case: CaseFile) -> CaseFile:
    kept = {cls: entries for cls, entries in case.entries.items() if cls is not Charge}
    return CaseFile(case.case_id, case.number, kept)


@pytest.mark.parametrize(
    "charge",
    [
        {"outcome": ChargeOutcome.CONVICTED},
        {"outcome": ChargeOutcome.WITHHELD},
        {
            "outcome": ChargeOutcome.WITHHELD,
            "guilt_basis": GuiltBasis.NO_CONTEST,
            "sanctions": (Sanction.COSTS,),
        },
        {"outcome": ChargeOutcome.UNKNOWN},
        {"outcome": None},
    ],
)
def test_no_conviction_is_never_said_to_ice_of_what_may_be_one(charge: dict[str, Any]) -> None:
    chosen = on("no_conviction", overrides={"LRA": "a reason", "NO_CONVICTION": "I say so"})
    assert "NO_CONVICTION" in blocks(CANCEL, consented(charge=charge), chosen)


def test_one_charge_that_may_be_a_conviction_is_enough() -> None:
    second = Charge(outcome=ChargeOutcome.PLEA, listed_offense=ListedOffense.NONE)
    case = secret_case(consent_to(ICE, *FactGroup), second)
    assert "NO_CONVICTION" in blocks(CANCEL, case, on("no_conviction"))


def test_nothing_is_asked_of_ice_once_it_is_over() -> None:
    over = secret_case(detainer={"status": DetainerStatus.CANCELLED})
    assert blocks(CANCEL, over, on("wrong_person")) == ["DETAINER_OVER"]
    gone = secret_case(custody={"released_to": ReleasedTo.COMMUNITY})
    assert blocks(CANCEL, gone, on("wrong_person")) == ["NOT_IN_CUSTODY"]


def test_full_identifiers_and_somebody_to_write_to_are_needed() -> None:
    assert blocks(CANCEL, secret_case(person={"born": None}), on("wrong_person")) == ["MISSING"]
    nowhere = secret_case(detainer={"issuing_office": None})
    assert blocks(CANCEL, nowhere, on("wrong_person")) == ["ADDRESSEE"]
    year = secret_case(person={"born": PartialDate(1987)})
    assert not blocks(CANCEL, year, on("wrong_person"))


def test_ices_own_guidance_is_told_to_the_writer_of_a_victims_letter() -> None:
    result = asked(CANCEL, consented(), on("abuser_source"))
    assert result.adverse == ("F09", "F10", "V17")
    assert any("11005.4" in warning for warning in result.warnings)
    assert not {"V15", "V16"} & (result.citable | set(result.adverse))


@pytest.mark.parametrize(
    ("status", "ground", "told"),
    [
        (StatusClaimed.LPR, "wrong_person", True),
        (StatusClaimed.LPR, "status", False),
        (StatusClaimed.EWI, "wrong_person", False),
    ],
)
def test_the_writer_is_told_of_a_claim_that_the_letter_leaves_out(
    status: StatusClaimed, ground: str, told: bool
) -> None:
    case = consented(immigration={"status_claimed": status}, person={"us_citizen_claim": None})
    warned = asked(CANCEL, case, on(ground)).warnings
    assert any("may be a citizen or have lawful status" in one for one in warned) is told
