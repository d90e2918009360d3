"""Which way to the client may be used, and where something may be sent."""

import itertools
from datetime import date, timedelta
from typing import Any

import pytest

from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Contact, Phone
from intake_app.core.safe_contact import (
    Address,
    Refusal,
    Verdict,
    Way,
    may_be_a_shelter,
    may_use,
    ways_to_reach,
    what_to_say,
    where_to_write,
)
from intake_app.core.vocabulary import PhoneKind, Safe, YesNo

TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)
REAL = "12 Real Street\nMiami, FL 33100"
LENT = "PO Box 77\nTallahassee, FL 32300"


def case(contact: dict[str, Any] | None = None, *phones: Phone) -> CaseFile:
    """A case with these answers; its contact was confirmed today unless said otherwise."""
    answers = {"confirmed_on": TODAY} | (contact or {})
    kept: dict[type, tuple[Entry[Any], ...]] = {Contact: (Entry(1, Contact(**answers)),)}
    kept[Phone] = tuple(Entry(number, phone) for number, phone in enumerate(phones, 7))
    return CaseFile(1, "26-1", kept)


def one(contact: dict[str, Any] | None = None, *phones: Phone) -> Way:
    (way,) = ways_to_reach(case(contact, *phones), TODAY)
    return way


def phone(**answers: Any) -> Phone:
    return Phone(**{"number": "305-555-0100", "safe": Safe.YES} | answers)


def test_a_way_is_safe_only_where_the_client_said_so_and_it_was_confirmed() -> None:
    assert may_use(one(None, phone())) is Verdict.SAFE
    assert may_use(one(None, phone(safe=Safe.ASK))) is Verdict.ASK
    assert may_use(one(None, phone(safe=Safe.NO))) is Verdict.NOT_SAFE
    assert may_use(one(None, phone(safe=None))) is Verdict.UNKNOWN


@pytest.mark.parametrize("contact", [{"confirmed_on": None}, {"confirmed_on": date(2026, 11, 23)}])
def test_what_was_never_confirmed_is_asked_again(contact: dict[str, Any]) -> None:
    way = one(contact, phone())
    assert may_use(way) is Verdict.ASK
    assert "ask again before you use it" in way.reasons[0]


@pytest.mark.parametrize(
    ("contact", "own"), [({"recheck_by": YESTERDAY}, None), ({}, YESTERDAY), ({}, date(1999, 1, 1))]
)
def test_what_is_past_its_date_is_asked_again(contact: dict[str, Any], own: date | None) -> None:
    way = one(contact, phone(recheck_by=own))
    assert may_use(way) is Verdict.ASK
    assert any("checked again by" in reason for reason in way.reasons)


def test_the_day_to_check_it_is_still_good() -> None:
    assert may_use(one({"recheck_by": TODAY}, phone(recheck_by=TODAY))) is Verdict.SAFE


def test_a_date_never_makes_an_unsafe_number_better() -> None:
    assert may_use(one(None, phone(safe=Safe.NO, recheck_by=YESTERDAY))) is Verdict.NOT_SAFE
    assert may_use(one(None, phone(safe=None, recheck_by=YESTERDAY))) is Verdict.UNKNOWN


def test_a_watched_device() -> None:
    watched = {"monitored_device": YesNo.YES}
    assert may_use(one(watched, phone(kind=PhoneKind.MOBILE))) is Verdict.ASK
    assert may_use(one(watched, phone(kind=PhoneKind.WORK))) is Verdict.SAFE
    mail = {"email": "a@example.org", "email_safe": Safe.YES}
    assert may_use(one(mail)) is Verdict.SAFE
    assert may_use(one(mail | watched)) is Verdict.NOT_SAFE
    for answer in (YesNo.UNKNOWN, YesNo.DECLINED, YesNo.NOT_SAFE):
        assert may_use(one(mail | {"monitored_device": answer})) is Verdict.ASK
    assert may_use(one({"email": "a@example.org"})) is Verdict.UNKNOWN


def test_how_to_call_is_told() -> None:
    way = one(None, phone(times="after 6", shared_with="a sister", voicemail=Safe.NO))
    assert way.notes == (
        "Times: after 6.",
        "Shared with a sister: somebody else may answer.",
        "Leave no voicemail.",
    )
    assert one(None, phone()).notes == ("Leave no voicemail: nobody has asked about it.",)


def test_a_go_between_is_told_nothing_that_was_not_agreed() -> None:
    way = one({"go_between": "Ana Prueba"})
    assert may_use(way) is Verdict.SAFE
    assert way.notes[0].startswith("Tell nothing of the case")
    assert may_use(one({"go_between": "Ana Prueba", "confirmed_on": None})) is Verdict.ASK


def test_what_to_say() -> None:
    assert what_to_say(Contact())[0] == "Ask first: “Is it safe to talk now?”"
    assert "Name neither the office" in what_to_say(Contact())[1]
    agreed = what_to_say(Contact(code_phrase="blue bus", if_other_answers="Wrong number, sorry."))
    assert "blue bus" in agreed[0]
    assert "Wrong number, sorry." in agreed[1]


def test_a_letter_to_the_client_goes_only_where_mail_is_safe() -> None:
    safe = {"home_address": REAL, "safe_to_mail": Safe.YES}
    assert where_to_write(case(safe), TODAY) == Address(tuple(REAL.splitlines()), plain=False)
    plain = where_to_write(case(safe | {"no_letterhead": YesNo.YES}), TODAY)
    assert plain == Address(tuple(REAL.splitlines()), plain=True)
    for change in (
        {"safe_to_mail": None},
        {"safe_to_mail": Safe.ASK},
        {"safe_to_mail": Safe.NO},
        {"confirmed_on": None},
        {"recheck_by": YESTERDAY},
        {"home_address": "The Shelter, 4 Elm Street"},
        {"home_address": None},
    ):
        assert isinstance(where_to_write(case(safe | change), TODAY), Refusal), change


def test_no_sentence_of_a_refusal_holds_an_answer() -> None:
    for said in (None, Safe.ASK, Safe.NO):
        answer = where_to_write(case({"home_address": REAL, "safe_to_mail": said}), TODAY)
        assert isinstance(answer, Refusal)
        assert "Real Street" not in answer.sentence


def test_the_real_address_is_never_written_where_a_program_lends_one() -> None:
    """Whatever else is answered: all combinations."""
    choices: dict[str, tuple[Any, ...]] = {
        "safe_to_mail": (None, *Safe),
        "mailing_address": (None, REAL),
        "home_address": (None, REAL),
        "confirmed_on": (None, TODAY),
        "recheck_by": (None, YESTERDAY),
    }
    for answers in itertools.product(*choices.values()):
        contact = dict(zip(choices, answers, strict=True)) | {"substitute_address": LENT}
        found = where_to_write(case(contact), TODAY)
        assert isinstance(found, Refusal) or found.lines == tuple(LENT.splitlines())
        for way in ways_to_reach(case(contact), TODAY):
            if way.field != "substitute_address":
                assert may_use(way) is Verdict.NOT_SAFE
    lent = {"substitute_address": LENT, "home_address": REAL, "safe_to_mail": Safe.YES}
    assert isinstance(where_to_write(case(lent), TODAY), Address)


def test_mail_never_falls_through_to_the_home() -> None:
    """“Mail is” speaks of the mailing address where there is one."""
    both = {"mailing_address": LENT, "home_address": REAL, "safe_to_mail": Safe.YES}
    assert where_to_write(case(both), TODAY) == Address(tuple(LENT.splitlines()), plain=False)
    home = next(way for way in ways_to_reach(case(both), TODAY) if way.field == "home_address")
    assert may_use(home) is Verdict.UNKNOWN
    unsafe = both | {"mailing_address": "Women’s shelter, 4 Elm"}
    assert isinstance(where_to_write(case(unsafe), TODAY), Refusal)


@pytest.mark.parametrize(
    "words",
    [
        "Shelter of the Bay, 4 Elm",
        "SAFE HOUSE no. 3",
        "safehouse",
        "Refugio Santa Ana",
        "Albergue Nuevo Día",
        "centro de violencia doméstica",
        "Women’s House",
        "Foyer d’accueil",
    ],
)
def test_words_that_may_tell_where_a_shelter_is(words: str) -> None:
    assert may_be_a_shelter(words)


@pytest.mark.parametrize(
    "words", ["", None, "12 Elm Street", "Sheltering Oaks Jail", "Casa Blanca"]
)
def test_words_that_do_not(words: str | None) -> None:
    assert not may_be_a_shelter(words)


def test_every_way_there_is() -> None:
    everything = {
        "home_address": REAL,
        "mailing_address": REAL,
        "substitute_address": LENT,
        "email": "a@example.org",
        "go_between": "Ana",
    }
    ways = ways_to_reach(case(everything, phone(), phone(number=None), phone()), TODAY)
    assert [(way.field, way.entry_id) for way in ways] == [
        ("number", 7),
        ("number", 9),
        ("substitute_address", None),
        ("mailing_address", None),
        ("home_address", None),
        ("email", None),
        ("go_between", None),
    ]
