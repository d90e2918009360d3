"""Edited paragraphs: what must stay, what may not come in, and what is only flagged."""

from typing import Any

import pytest

from intake_app.core.letters.edited import EditProblem, approved_words, edit_problems
from intake_app.core.letters.options import Edit
from intake_app.core.vocabulary import State
from tests.letter_cases import LIBRARY, asked_of, case_of

QUOTED = (
    "Florida law says: “may not base its actions under this chapter on the gender, race, religion, "
    "national origin, or physical disability” of a person. Fla. Stat. § 908.109."
)
MIXED = next(
    words
    for words in approved_words(LIBRARY.authorities["F02"])
    if words.startswith("Federal regulation limits")
)
BODY = {
    "1": "We write about Marie Jean-Baptiste.",
    "2": QUOTED,
    "3": MIXED,
    "4": "The Third Circuit reads it so. Galarza v. Szalczyk, 745 F.3d 634 (3d Cir. 2014).",
    "5": "By regulation it “is a request that such agency advise” others. 8 C.F.R. § 287.7(a).",
    "6": "a court said so.",
}


def problems(
    key: str, now: str, *, state: State = State.NY, was: str | None = None, **options: Any
) -> tuple[EditProblem, ...]:
    case = case_of(custody={"facility_state": state})
    edit = Edit(key, BODY.get(key, "gone") if was is None else was, now)
    kind = "conditions" if state is State.FL else "decline"
    asked = asked_of(kind, case, edits=(edit,), **options)
    return edit_problems(BODY, ["6"], asked, case)


def rules(found: tuple[EditProblem, ...]) -> list[str]:
    return [one.blocker.rule for one in found]


def test_plain_words_may_be_changed_and_paragraphs_left_out() -> None:
    assert problems("1", "We write for Marie Jean-Baptiste, and we thank you.") == ()
    assert problems("1", "") == ()
    assert problems("2", "") == ()
    assert problems("1", BODY["1"]) == ()


def test_a_quotation_stays_byte_exact() -> None:
    found = problems("2", QUOTED.replace("gender, race", "race, gender"))
    assert set(rules(found)) == {"R6"}
    assert all(one.key == "2" and one.withheld for one in found)
    assert problems("2", QUOTED.replace("Florida law says:", "The statute reads:")) == ()


def test_only_the_librarys_quotations_are_quoted() -> None:
    assert rules(problems("1", "The court wrote: “no jail shall ever hold anybody for ICE.”")) == [
        "R6"
    ]
    held = (
        "To hold her is a new seizure, “one that must be supported by a new probable cause "
        "justification.”"
    )
    assert problems("1", held) == ()
    assert problems("1", "The so-called “hold” goes on.") == ()


def test_what_stands_set_apart_is_not_reworded() -> None:
    assert rules(problems("6", "another court said so.")) == ["R6"]
    assert problems("6", "") == ()


def test_mixed_words_stay_whole_and_beside_their_limitation() -> None:
    assert "R5" in rules(problems("3", MIXED.replace("Federal regulation limits", "It says")))
    assert problems("3", MIXED + " We thank you.") == ()
    for pair in ("4", "5"):
        found = problems(pair, "")
        assert [(one.key, one.blocker.rule) for one in found] == [(pair, "R5")]


def test_whoever_leaves_out_both_may() -> None:
    case = case_of()
    edits = tuple(Edit(key, BODY[key], "") for key in ("3", "4", "5"))
    assert edit_problems(BODY, [], asked_of("decline", case, edits=edits), case) == ()


@pytest.mark.parametrize(
    "cited",
    ["Smith v. Jones, 12 F.3d 34 (9th Cir. 1999)", "42 U.S.C. § 1985", "Ga. Code § 99-1-2"],
)
def test_a_citation_outside_the_library_is_refused(cited: str) -> None:
    found = problems("1", f"See {cited}.")
    assert set(rules(found)) == {"CITATION"}
    assert all(one.blocker.override for one in found)


def test_a_citation_of_the_library_may_be_added_and_a_blocked_one_may_not() -> None:
    assert problems("1", "See 42 U.S.C. § 1983.") == ()
    found = problems("1", "See Lopez-Aguilar v. Marion Cnty. Sheriff’s Dep’t.")
    assert "R2" in rules(found)
    assert not any(one.blocker.override for one in found if one.blocker.rule == "R2")


@pytest.mark.parametrize("words", ["She was born in Honduras.", "A-number 098 765 432.", "Lucía"])
def test_what_no_jail_may_know_is_withheld(words: str) -> None:
    found = problems("1", f"{BODY['1']} {words}")
    assert rules(found) == ["PRIVATE"]
    assert words not in found[0].blocker.why
    assert found[0].withheld


def test_words_that_stood_there_are_not_taken_for_added() -> None:
    body = {"1": "an agency to detain suspected aliens, it was said"}
    case = case_of()
    asked = asked_of("decline", case, edits=(Edit("1", body["1"], body["1"] + " there"),))
    assert edit_problems(body, [], asked, case) == ()


def test_free_to_decline_is_refused_only_where_the_law_requires_compliance() -> None:
    words = "Your agency is free to decline."
    found = problems("1", words, state=State.FL)
    assert rules(found) == ["R3"]
    assert not found[0].blocker.override
    assert problems("1", words) == ()


def test_an_edit_under_which_the_facts_changed_is_shown_and_flagged() -> None:
    found = problems("1", "We write again.", was="We write about somebody else.")
    assert [(one.blocker.rule, one.withheld) for one in found] == [("EDIT_OLD", False)]
    gone = problems("99", "words")
    assert [(one.key, one.blocker.rule, one.withheld) for one in gone] == [
        ("99", "EDIT_OLD", False)
    ]
