"""Declaring questions."""

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal

import pytest

from intake_app.core.casefile import Charge
from intake_app.core.fields import (
    Choice,
    Compartment,
    Disclose,
    Kind,
    ask,
    question,
    questions,
    record,
    title_of,
)
from intake_app.core.partial_date import PartialDate


class Colour(Choice):
    """A vocabulary of this test."""

    RED = "red", "Red"
    BLUE = "blue", "Blue"


@record(table="thing", title="Thing", plural="Things", many=True)
class Thing:
    """A record with a question of each kind."""

    line: str | None = ask("Line", keep=Compartment.IDENTITY)
    text: str | None = ask("Text", kind=Kind.TEXT)
    number: int | None = ask("Number", disclose=Disclose.COUNT)
    money: Decimal | None = ask("Money")
    day: date | None = ask("Day", help="Which day")
    part: PartialDate | None = ask("Part", disclose=Disclose.COARSE, coarse="year")
    colour: Colour | None = ask("Colour")
    colours: tuple[Colour, ...] | None = ask("Colours", shown_when="colour")


def test_a_question_is_read_from_its_declaration() -> None:
    kinds = {asked.name: asked.kind for asked in questions(Thing)}
    assert kinds == {
        "line": Kind.LINE,
        "text": Kind.TEXT,
        "number": Kind.NUMBER,
        "money": Kind.MONEY,
        "day": Kind.DATE,
        "part": Kind.PARTIAL_DATE,
        "colour": Kind.CHOICE,
        "colours": Kind.CHOICES,
    }
    assert question(Thing, "colours").vocabulary is Colour
    assert question(Thing, "colours").shown_when == "colour"
    assert question(Thing, "line").keep is Compartment.IDENTITY
    assert question(Thing, "part").coarse == "year"
    assert title_of(Thing).plural == "Things"
    with pytest.raises(KeyError):
        question(Thing, "shape")


def test_a_question_nobody_thought_about_is_never_disclosed() -> None:
    assert question(Thing, "money").disclose is Disclose.NEVER


def test_every_answer_may_be_missing() -> None:
    assert Thing() == Thing(line=None, colours=None)

    @record(table="bad", title="Bad")
    class Bad:
        """Forgets that an answer may be missing."""

        name: str = ask("Name")

    with pytest.raises(TypeError, match="may be missing"):
        questions(Bad)


def test_a_record_can_not_be_changed() -> None:
    thing = Thing(number=1)
    with pytest.raises(FrozenInstanceError):
        thing.number = 2  # type: ignore[misc]  # what the test is about


def test_a_word_of_a_vocabulary_is_its_stored_word() -> None:
    assert str(Colour.RED) == "red"
    assert Colour.RED.label == "Red"
    assert Colour.of("blue") is Colour.BLUE
    with pytest.raises(ValueError, match="not a word of Colour"):
        Colour.of("Red")


def test_a_question_declared_elsewhere_is_not_asked_here() -> None:
    with pytest.raises(KeyError):
        question(Charge, "line")
