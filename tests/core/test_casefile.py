"""The declared records: what must hold for every question, whoever adds one."""

import re

import pytest

from intake_app.core.casefile import (
    RECORDS,
    SECTIONS,
    Protection,
    may_decide,
    questions_for,
    sections_for,
)
from intake_app.core.fields import (
    Compartment,
    Disclose,
    Kind,
    Question,
    question,
    questions,
    title_of,
)
from intake_app.core.roles import KEYS, Role
from intake_app.core.vocabulary import YesNo
from tests.examples import EVERY_QUESTION, NAMES_OF_QUESTIONS

each_question = pytest.mark.parametrize(("cls", "asked"), EVERY_QUESTION, ids=NAMES_OF_QUESTIONS)

FREE_WORDS_KEPT_AS_FACTS = {
    "intake.office_county",
    "custody.arresting_agency",
    "custody.arrest_county",
    "custody.facility_county",
    "charge.ncic",
}
"""Places, agencies and codes: typed, and still no words about a person."""


def test_every_record_stands_on_one_page_of_the_form() -> None:
    placed = [cls for section in SECTIONS for cls in section.records if cls not in section.only]
    assert sorted(placed, key=RECORDS.index) == list(RECORDS)


def test_names_of_tables_and_columns_can_not_be_mistaken() -> None:
    tables = [title_of(cls).table for cls in RECORDS]
    assert len(set(tables)) == len(tables)
    own = {"office", "members", "cases", "history", "imported", "letters", "releases"}
    assert not own & set(tables)
    for cls in RECORDS:
        labels = [asked.label for asked in questions(cls)]
        assert len(set(labels)) == len(labels), title_of(cls).table


@each_question
def test_a_question_is_well_declared(cls: type, asked: Question) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", asked.name)
    assert asked.name not in ("id", "case_id", "removed_at", "entry", "case")
    assert asked.label == asked.label.strip() != ""
    assert (asked.disclose is Disclose.COARSE) == bool(asked.coarse)
    if asked.shown_when:
        assert question(cls, asked.shown_when).vocabulary is YesNo


def test_a_section_asks_again_only_what_stands_elsewhere() -> None:
    for section in SECTIONS:
        for cls, names in section.only.items():
            assert cls in section.records
            assert any(cls in other.records and cls not in other.only for other in SECTIONS)
            assert all(question(cls, name) for name in names)


def test_what_an_attorney_decides_is_read_by_all_who_open_cases() -> None:
    decided = [(cls, asked) for cls, asked in EVERY_QUESTION if asked.decides is not None]
    assert {asked.name for _, asked in decided} == {
        *("immigration_conviction", "aggravated_felony", "charges_reviewed"),
    }
    for cls, asked in decided:
        assert asked in questions_for(Role.PARALEGAL, cls)
        assert [role for role in Role if may_decide(role, asked)] == [Role.ATTORNEY]


@each_question
def test_words_about_a_person_are_sealed(cls: type, asked: Question) -> None:
    name = f"{title_of(cls).table}.{asked.name}"
    free = asked.kind in (Kind.LINE, Kind.TEXT, Kind.PHONE)
    if free and name not in FREE_WORDS_KEPT_AS_FACTS:
        assert asked.keep in (Compartment.IDENTITY, Compartment.BOTH), "free text names people"
    if free and cls is Protection:
        assert asked.keep is Compartment.BOTH
    if asked.keep in (Compartment.IDENTITY, Compartment.BOTH):
        assert asked.disclose is Disclose.NEVER, "an identity answer in a summary"


@pytest.mark.parametrize("role", list(Role))
def test_a_member_is_asked_just_what_her_keys_open(role: Role) -> None:
    for cls in RECORDS:
        asked = questions_for(role, cls)
        assert asked == tuple(one for one in questions(cls) if one.keep.value <= KEYS[role])
    seen = [cls for section in sections_for(role) for cls in section.records]
    assert (Protection in seen) == (role is not Role.VOLUNTEER)
