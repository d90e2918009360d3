"""The notice to the court's side: an attorney's letter, and a survivor named only with consent."""

from typing import Any

import pytest

from intake_app.core.letters.kinds import COURT_NOTICE
from intake_app.core.letters.options import Addressee, LetterOptions
from intake_app.core.letters.rules import WhoCanOpen
from intake_app.core.roles import Role
from intake_app.core.vocabulary import DetainerStatus, FactGroup, State, YesNo
from tests.secret_case import asked, blocks, consent_to, secret_case

DEFENDER = "Office of the Public Defender, Example County"


def on(*grounds: str, **more: Any) -> LetterOptions:
    return LetterOptions(grounds=frozenset(grounds), **more)


@pytest.mark.parametrize("role", [Role.PARALEGAL, Role.ADMINISTRATOR])
def test_only_an_attorney_writes_to_the_courts_side(role: Role) -> None:
    blocked = asked(COURT_NOTICE, secret_case(), on("bond"), role).blockers
    assert [(one.rule, one.who_can_open) for one in blocked] == [("ATTORNEY", WhoCanOpen.ATTORNEY)]
    assert asked(COURT_NOTICE, secret_case(), on("bond")).open


def test_it_speaks_of_what_was_chosen_and_of_nothing_else() -> None:
    assert not asked(COURT_NOTICE, secret_case()).say
    chosen = on("plea", "bond", "twelve_days")
    assert asked(COURT_NOTICE, secret_case(), chosen).say == {"plea", "bond", "twelve_days"}


def test_a_survivor_is_named_only_with_a_consent_to_this_reader() -> None:
    assert blocks(COURT_NOTICE, secret_case(), on("witness")) == ["FACT_CONSENT"]
    given = secret_case(consent_to(DEFENDER, FactGroup.VICTIM))
    assert asked(COURT_NOTICE, given, on("witness")).say == {"witness"}
    other = Addressee(agency="State Attorney")
    assert blocks(COURT_NOTICE, given, on("witness", addressee=other)) == ["FACT_CONSENT"]
    copied = Addressee(agency=DEFENDER, cc=("State Attorney",))
    assert blocks(COURT_NOTICE, given, on("witness", addressee=copied)) == ["FACT_CONSENT"]
    unsaid = secret_case(
        consent_to(DEFENDER, FactGroup.VICTIM), protection={"survivor": YesNo.UNKNOWN}
    )
    assert blocks(COURT_NOTICE, unsaid, on("witness")) == ["GROUND_FACT"]


def test_the_twelve_days_are_floridas() -> None:
    there = secret_case(custody={"facility_state": State.GA})
    assert blocks(COURT_NOTICE, there, on("twelve_days")) == ["GROUND_FACT"]


def test_a_court_case_and_a_standing_detainer_are_needed() -> None:
    assert blocks(COURT_NOTICE, secret_case(charge={"court_case_number": None})) == ["MISSING"]
    over = secret_case(detainer={"status": DetainerStatus.CANCELLED})
    assert blocks(COURT_NOTICE, over) == ["DETAINER_OVER"]


def test_a_judge_is_not_written_to_alone() -> None:
    to = Addressee(title="Judge Roe", agency="Circuit Court")
    warned = asked(COURT_NOTICE, secret_case(), on("bond", addressee=to)).warnings
    assert any("every party" in warning for warning in warned)
