"""The flags of detainers as the case page shows them."""

from typing import Any

from intake_app.core.casefile import Detainer, Person
from intake_app.core.detainer_findings import detainer_findings
from intake_app.core.findings import Finding, Weight
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import (
    CitizenClaim,
    DetainerForm,
    DetainerStatus,
    WarrantAttached,
    YesNo,
)
from tests.cases import HERE, case_of

BARE = Detainer(
    form=DetainerForm.I247A, issued_on=PartialDate(2026, 11, 19), warrant=WarrantAttached.NONE
)


def found(*records: Any) -> list[Finding]:
    return list(detainer_findings(case_of(*records), HERE))


def test_a_flag_is_told_with_its_use_and_its_authorities() -> None:
    told, unread = found(BARE)
    assert told.words == "No Form I-200 or I-205 came with it."
    assert "ICE Policy No. 10074.2" in told.why
    assert (told.record, told.field) == (Detainer, "")
    assert unread.words.startswith("Still to be read off the form: Box ticked")


def test_of_several_detainers_each_is_named_and_the_person_is_told_of_once() -> None:
    other = Detainer(form=DetainerForm.I247G, served=YesNo.NO)
    words = [one.words for one in found(Person(us_citizen_claim=CitizenClaim.CLAIMS), BARE, other)]
    assert "I-247A of 19 Nov 2026: No Form I-200 or I-205 came with it." in words
    assert any(one.startswith("I-247G (notice only): No copy was served") for one in words)
    assert sum("claims U.S. citizenship" in one for one in words) == 1


def test_what_belongs_in_the_office_says_so() -> None:
    claim = next(
        one
        for one in found(Person(us_citizen_claim=CitizenClaim.CLAIMS), BARE)
        if one.weight is Weight.ALARM
    )
    assert "For the office only" in claim.why


def test_a_detainer_that_is_over_is_left_in_peace() -> None:
    over = Detainer(
        form=DetainerForm.I247A,
        warrant=WarrantAttached.NONE,
        status=DetainerStatus.CANCELLED,
    )
    assert found(over) == []
