"""Every kind for every state: no letter says that an agency is free to decline where law forbids.

By no path: not by the shipped texts, not by a text of an office, not by an edited paragraph, not
by what is typed, not by an override.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Detainer
from intake_app.core.letters.gate import gate
from intake_app.core.letters.kinds import (
    CONDITIONS,
    DECLINE,
    EXPIRED,
    SHIPPED,
    LetterKind,
    Recipient,
)
from intake_app.core.letters.options import Edit
from intake_app.core.letters.rules import Asked
from intake_app.core.vocabulary import (
    DetainerForm,
    DetainerStatus,
    FactGroup,
    State,
    WarrantAttached,
    YesNo,
)
from intake_app.documents.checked_letter import CheckedLetter, write_checked
from intake_app.documents.letter_template import Block
from intake_app.documents.letter_text import write_letter
from tests.letter_cases import (
    COUNSEL,
    JAIL,
    LIBRARY,
    LONG_AGO,
    MANDATES,
    NOW,
    asked_of,
    case_of,
    consent,
    text_of,
)

NEVER_THERE = re.compile(
    r"free to |at liberty|voluntar|declin|not required|need not|no duty|no obligation|optional|"
    r"not an order|into a command|cannot compel|does not compel|discretion to|may refuse|"
    r"chooses to hold|mere request|not mandatory|not obliged|not bound",
    re.IGNORECASE,
)
"""Plain words of ours, not the program's net."""

ALL = frozenset(LIBRARY.authorities)
WHY = dict.fromkeys(("R3", "STATE", "NO_DEFECT", "CLOCK", "STATE_UNKNOWN", "CITATION"), "typed")
TO_THE_JAIL = ("decline", "conditions", "expired")


def case_in(state: State, due_hours_ago: int = 192, **detainer: Any) -> CaseFile:
    readers = (JAIL, COUNSEL, "Public Defender, Example County")
    return case_of(
        *(consent(who) for who in readers),
        custody={"facility_state": state, "release_due_at": NOW - timedelta(hours=due_hours_ago)},
        detainer=detainer,
    )


def written(asked: Asked, case: CaseFile, text: str | None = None) -> CheckedLetter | None:
    result = gate(asked)
    if not result.open:
        return None
    return write_checked(asked, result, text or text_of(asked.facts.kind.gate), case)


def every_case(state: State) -> Iterator[CaseFile]:
    for form in (DetainerForm.I247A, DetainerForm.I247D, DetainerForm.I247G, DetainerForm.ORAL):
        for warrant in (WarrantAttached.NONE, WarrantAttached.I200):
            yield case_in(state, form=form, warrant=warrant)
    yield case_in(state, 60)
    yield case_in(state, -5)


@pytest.mark.parametrize("state", MANDATES)
@pytest.mark.parametrize("kind", SHIPPED, ids=lambda kind: str(kind.key))
def test_no_shipped_letter_says_so(kind: LetterKind, state: State) -> None:
    seen = 0
    for case in every_case(state):
        for tell in (frozenset[str](), frozenset(group.value for group in FactGroup)):
            asked = asked_of(kind.key, case, ticked=ALL, overrides=WHY, tell=tell)
            result = gate(asked)
            if not result.open:
                continue
            seen += 1
            letter = write_letter(asked.facts, result, LIBRARY, text_of(kind.key))
            if kind.to is not Recipient.CLIENT:
                assert not NEVER_THERE.search(letter.text)
            checked = write_checked(asked, result, text_of(kind.key), case)
            assert checked.result.open, checked.result.blockers
    if kind in (CONDITIONS, EXPIRED):
        assert seen
    if kind is DECLINE:
        assert not seen


HOSTILE = (
    "Your agency is free to decline this detainer.",
    "You may refuse it.",
    "Nothing requires a jail to comply.",
    "Compliance is voluntary.",
    "A detainer is a request, not an order.",
)


@pytest.mark.parametrize("state", MANDATES)
@pytest.mark.parametrize("kind", ["conditions", "expired"])
@pytest.mark.parametrize("words", HOSTILE)
def test_no_path_leads_to_it(kind: str, state: State, words: str) -> None:
    case = case_in(state)
    plain = written(asked_of(kind, case), case)
    assert plain is not None
    assert plain.result.open
    # A text of the office, like a shipped kind.
    own = written(asked_of(kind, case, overrides=WHY), case, f"{text_of(kind)}\n\n{words}\n")
    assert own is not None
    assert [one.rule for one in own.result.blockers] == ["R3"]
    # An edited paragraph.
    first = next(one for one in plain.letter.body if one.block is Block.TEXT)
    edits = (Edit(first.key, first.text, f"{first.text} {words}"),)
    edited = written(asked_of(kind, case, edits=edits, overrides=WHY), case)
    assert edited is not None
    assert "R3" in [one.blocker.rule for one in edited.edit_problems]
    assert words not in edited.letter.text
    # Words typed elsewhere on the page.
    typed = written(asked_of(kind, case, enclosures=(words,), overrides=WHY), case)
    assert typed is not None
    assert not typed.result.open


def test_an_own_kind_like_the_request_is_blocked_as_the_request_is() -> None:
    own = replace(DECLINE, key="own", like="decline")
    for state in MANDATES:
        case = case_in(state)
        asked = asked_of("decline", case, ticked=ALL, overrides=WHY)
        asked = replace(asked, facts=replace(asked.facts, kind=own))
        assert [one.rule for one in gate(asked).blockers] == ["R3"]


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("kind", TO_THE_JAIL)
def test_no_letter_to_a_jail_tells_what_it_may_not(kind: str, state: State) -> None:
    never = re.compile(r"Honduras|098765432|Lucía|Secret Court|insulin|stalking|minor child", re.I)
    for case in every_case(state):
        checked = written(asked_of(kind, case, ticked=ALL, overrides=WHY), case)
        if checked is not None:
            assert not never.search(checked.letter.text)
            assert not re.search(r"{|}|\[|  ", checked.letter.text)


def test_family_and_health_stand_in_the_request_only_with_consent() -> None:
    tell = frozenset({"family", "health"})
    case = case_in(State.NY)
    told = written(asked_of("decline", case, tell=tell), case)
    assert told is not None
    assert "has one minor child" in told.letter.text
    assert "insulin twice a day" in told.letter.text
    assert {one.group for one in told.letter.consents} == {FactGroup.FAMILY, FactGroup.HEALTH}
    bare = case_of(custody={"facility_state": State.NY})
    assert written(asked_of("decline", bare, tell=tell), bare) is None


def test_defects_of_both_letters_come_from_the_review() -> None:
    poor: dict[str, Any] = {
        "signed": YesNo.NO, "person_matches": YesNo.NO, "warrant": WarrantAttached.I200,
        "warrant_signed": YesNo.NO, "warrant_dated": YesNo.NO,
    }  # fmt: skip
    for kind, state in (("decline", State.NY), ("conditions", State.FL)):
        case = case_in(state, **poor)
        checked = written(asked_of(kind, case), case)
        assert checked is not None
        for words in (
            "bears no signature", "are not those of Marie", "is not signed", "bears no date",
            "No basis for probable cause", "no copy was served",
        ):  # fmt: skip
            assert words in checked.letter.text, (kind, words)


def test_the_clock_and_the_letter_speak_of_one_paper() -> None:
    notice = Detainer(form=DetainerForm.I247G, status=DetainerStatus.ACTIVE)
    case = case_of(notice, custody={"release_due_at": LONG_AGO})
    facts = asked_of("expired", case).facts
    assert facts.detainer is not None
    assert facts.detainer.form is DetainerForm.I247A
    assert facts.clock is not None
    assert facts.clock.regulation_deadline is not None


def test_the_variant_says_what_it_rests_on() -> None:
    case = case_in(State.NY, 60)
    checked = written(asked_of("expired", case, overrides=WHY), case)
    assert checked is not None
    assert "The form itself asks for no more than 48 hours" in checked.letter.text
    assert "however they are counted" not in checked.letter.text
    assert "Tuesday, November 24, 2026" in checked.letter.text


def test_the_timeline_says_what_when_and_from_whom() -> None:
    case = case_in(State.NY)
    checked = written(asked_of("expired", case), case)
    assert checked is not None
    (table,) = (one for one in checked.letter.body if one.block is Block.TABLE)
    assert table.rows[0] == ("What", "When", "Known from")
    known = {row[0]: row[1:] for row in table.rows}
    assert known["Still in custody"] == ("Mon., Nov. 23, 2026, 9:35 a.m. EST", "Jail staff")
    assert known["Release due in the local case"][1] == "Court record"
    # Release was due on a Sunday: the regulation's hours begin and end at a midnight.
    ended = known["48 hours without Saturdays, Sundays and holidays ended"][0]
    assert ended == "Wed., Nov. 18, 2026, 12:00 a.m. EST (as that day began)"
    assert "12:00 midnight EST (as that day began)" in checked.letter.text


def test_a_citation_set_aside_is_kept_with_its_reason() -> None:
    case = case_in(State.NY)
    plain = written(asked_of("decline", case), case)
    assert plain is not None
    first = plain.letter.body[0]
    edits = (Edit(first.key, first.text, f"{first.text} See 42 U.S.C. § 1985."),)
    closed = written(asked_of("decline", case, edits=edits), case)
    assert closed is not None
    assert [one.blocker.rule for one in closed.edit_problems] == ["CITATION"]
    assert "§ 1985" not in closed.letter.text
    opened = written(
        asked_of("decline", case, edits=edits, overrides={"CITATION": "Read it today."}), case
    )
    assert opened is not None
    assert opened.edit_problems == ()
    assert "§ 1985" in opened.letter.text
    assert opened.result.overridden[-1].reason == "Read it today."
