"""The request to decline, written for every state; what it never says; the text's sandbox."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.authorities import COMPLY, Mandate
from intake_app.core.authority_files import read_authorities
from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import (
    Abuser,
    Charge,
    Custody,
    Dependent,
    Detainer,
    Immigration,
    Person,
    Protection,
)
from intake_app.core.errors import AppError
from intake_app.core.letters.facts import LetterFacts, Letterhead, letter_facts
from intake_app.core.letters.gate import gate
from intake_app.core.letters.options import Addressee, LetterOptions, Signer
from intake_app.core.letters.rules import Asked
from intake_app.core.partial_date import PartialDate
from intake_app.core.places import Country
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    ChargeLevel,
    ChargeOutcome,
    DetainerBox,
    DetainerForm,
    DetainerStatus,
    DvRelation,
    MannerOfEntry,
    ReleaseBasis,
    State,
    StatusClaimed,
    WarrantAttached,
    YesNo,
    Zone,
)
from intake_app.documents.letter_template import Block, fill
from intake_app.documents.letter_text import Letter, write_letter

RESOURCES = Path(__file__).parents[2] / "resources"
TEXT = (RESOURCES / "letters" / "decline.md").read_text("utf-8")
LIBRARY = read_authorities(
    {f.name: f.read_text("utf-8") for f in (RESOURCES / "authorities").glob("*.toml")}
)
SIGNER = Signer("R. Okafor", "Staff Attorney")
NOW = datetime(2026, 11, 23, 10, 5, tzinfo=ZoneInfo("America/New_York"))
OFFICE = Letterhead("Example Legal Aid", "1 Example Street\nTelephone 555-0100", "America/New_York")

SECRETS = (
    "Honduras", "098765432", "A098", "Lucía", "Esposo", "not inspected", "Secret Court", "shelter",
    "1987", "battery", "violence", "SID-77",
)  # fmt: skip
NEVER = re.compile(
    r"undocumented|illegal|unlawful|noncitizen|deportable|removable|\bvictim|\babus|born in|"
    r"country of|overstay|green card|A-number",
    re.IGNORECASE,
)


def facts(state: State | None, **changes: dict[str, Any]) -> LetterFacts:
    """A case full of what a letter must never say."""
    person: dict[str, Any] = {
        "given": "Marie", "surname": "Jean-Baptiste", "booking_number": "26-119034",
        "a_number": "A098765432", "born": PartialDate(1987, 2, 3), "state_id": "SID-77",
        "country_of_birth": Country.HN, "citizenship": Country.HN,
    }  # fmt: skip
    custody: dict[str, Any] = {
        "facility": "Example County Jail", "facility_state": state, "facility_county": "Example",
        "facility_address": "1 Jail Road\nTown", "held_by_287g": YesNo.NO,
        "facility_zone": Zone.EASTERN, "in_custody": YesNo.YES,
        "release_basis": ReleaseBasis.BAIL_BOND, "release_expected": "Lucía pays",
    }  # fmt: skip
    detainer: dict[str, Any] = {
        "form": DetainerForm.I247A, "status": DetainerStatus.ACTIVE,
        "warrant": WarrantAttached.I205, "issued_on": PartialDate(2026, 11, 19),
    }  # fmt: skip
    charge: dict[str, Any] = {
        "level": ChargeLevel.FELONY, "outcome": ChargeOutcome.PENDING,
        "charge_text": "battery", "dv_relation": DvRelation.VICTIM_ARRESTED,
    }  # fmt: skip
    records: list[Any] = [
        Person(**person | changes.get("person", {})),
        Custody(**custody | changes.get("custody", {})),
        Detainer(**detainer | changes.get("detainer", {})),
        Charge(**charge | changes.get("charge", {})),
        Dependent(name="Lucía"),
        Abuser(name="Esposo"),
        Protection(survivor=YesNo.YES, in_shelter=YesNo.YES),
        Immigration(
            manner_of_entry=MannerOfEntry.NOT_INSPECTED,
            status_claimed=StatusClaimed.EWI,
            court="Secret Court",
        ),
    ]
    kept = {type(one): (Entry(number, one),) for number, one in enumerate(records)}
    return letter_facts(
        CaseFile(1, "26-1", kept), OFFICE, NOW, options=LetterOptions(signer=SIGNER)
    )


def letter(
    state: State | None = State.CA, role: Role = Role.ATTORNEY, text: str = TEXT, **changes: Any
) -> Letter:
    known = facts(state, **changes)
    result = gate(Asked(known, LIBRARY, NOW.date(), role, LetterOptions()))
    return write_letter(known, result, LIBRARY, text)


def part(written: Letter, heading: str) -> str:
    """The words under one heading; empty where the letter has no such heading."""
    under, words = "", []
    for paragraph in written.body:
        if paragraph.block is Block.HEADING:
            under = paragraph.text
        elif under.startswith(heading):
            words.append(paragraph.text)
    return " ".join(words)


@pytest.mark.parametrize("state", list(State))
def test_every_state_gets_the_letter_its_law_allows_or_none(state: State) -> None:
    mandate = LIBRARY.state_on(state.value, NOW.date()).mandate
    if mandate in COMPLY:
        with pytest.raises(AppError, match="directs jails"):
            letter(state)
        return
    if mandate is Mandate.UNKNOWN:
        with pytest.raises(AppError, match="attorney"):
            letter(state, Role.PARALEGAL)
    written = letter(state)
    text = written.text
    assert {"F01", "F02", "C01"} <= set(written.authorities)
    assert "is a request that such agency advise" in text
    assert "A detainer is a request, not an order." in text
    assert "free to" not in text
    assert "must not" not in text
    if mandate is Mandate.UNKNOWN:
        assert "the law it relies on" in text
        assert "We ask your agency to decline" not in text
        assert not part(written, "The law of")
    assert not NEVER.search(text)
    assert not [secret for secret in SECRETS if secret.lower() in text.lower()]


@pytest.mark.parametrize("state", list(State))
def test_only_verified_unblocked_authorities_are_printed(state: State) -> None:
    if LIBRARY.state_on(state.value, NOW.date()).mandate in COMPLY:
        return
    written = letter(state)
    for name in written.authorities:
        assert LIBRARY.authorities[name].status.startswith("VERIFIED")
        assert not LIBRARY.authorities[name].blocked
    known = {
        one.quotation.rstrip(".")
        for one in LIBRARY.authorities.values()
        if one.quotation and one.print_quotation
    }
    for authority in LIBRARY.authorities.values():
        if authority.quotation and not authority.print_quotation:
            assert authority.quotation not in written.text
    # Whatever stands in quotation marks is exactly a quotation of the library.
    for words in re.findall("“([^”]*)”", written.text):
        assert words.rstrip(".,") in known


@pytest.mark.parametrize("state", list(State))
def test_galarza_is_binding_in_the_third_circuit_and_persuasive_elsewhere(state: State) -> None:
    if LIBRARY.state_on(state.value, NOW.date()).mandate in COMPLY:
        return
    request = part(letter(state), "A detainer is a request")
    binding = state in (State.PA, State.NJ, State.DE, State.VI)
    assert ("binding on this facility" in request) is binding
    assert ("persuasive authority in" in request) is not binding


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.CA, "“Detaining an individual on the basis of a hold request.” Cal. Gov’t Code"),
        (State.CO, "“A law enforcement officer shall not arrest or detain an individual on the"),
        (
            State.WA,
            "“based solely on a civil immigration warrant, or an immigration hold",
        ),
        (State.MA, "Lunn v. Commonwealth, 477 Mass. 517 (2017)"),
        (State.NJ, "Directive No. 2018-6"),
        (State.MN, "The Attorney General of Minnesota has concluded"),
    ],
)
def test_a_limiting_states_own_law_is_cited(state: State, words: str) -> None:
    assert words in part(letter(state, Role.PARALEGAL), "The law of")


def test_maryland_is_not_cited_without_a_tick() -> None:
    assert not part(letter(State.MD), "The law of")
    known = facts(State.MD)
    options = LetterOptions(ticked=frozenset({"L41"}))
    ticked = gate(Asked(known, LIBRARY, NOW.date(), Role.ATTORNEY, options))
    written = write_letter(known, ticked, LIBRARY, TEXT)
    assert "Community Trust Act" in part(written, "The law of Maryland")
    assert "L41" in written.authorities


def test_the_ceiling_stands_with_the_request_and_galarza() -> None:
    request = part(letter(), "A detainer is a request")
    assert request.index("8 C.F.R. § 287.7(a)") < request.index("Galarza v. Szalczyk")
    assert request.index("Galarza v. Szalczyk") < request.index("for a period not to exceed 48")
    assert "ceiling" in request


def test_liability_goes_in_a_287g_jail_and_is_narrowed_where_nobody_knows() -> None:
    assert "42 U.S.C. § 1983" in part(letter(), "Liability")
    softened = letter(custody={"held_by_287g": YesNo.YES})
    assert "1983" not in softened.text
    assert "be sued" not in softened.text
    assert "F11" not in softened.authorities
    unknown = part(letter(custody={"held_by_287g": YesNo.UNKNOWN}), "Liability")
    assert "8 U.S.C. § 1357(g)(8)" in unknown


def test_the_facts_stand_in_it_and_are_listed_with_their_labels() -> None:
    written = letter()
    assert written.text.count("26-119034") == 2
    assert "one felony count, pending" in written.text
    assert "No adjudication of guilt has been entered in this case." in written.text
    assert "by Tuesday, November 24, 2026, at 12:00 noon EST" in written.text
    listed = {used.label: used.text for used in written.facts}
    assert listed["Name"] == "Marie Jean-Baptiste"
    assert listed["Booking number"] == "26-119034"
    assert listed["Outcome"] == "one felony count, pending"
    assert "Facility address" not in listed
    assert written.cc == ("County Counsel, Example County",)
    assert written.address[0] == "Sheriff or Jail Commander"
    assert written.prepared_for.startswith("Prepared for review by R. Okafor, attorney or accr")
    assert "Marie" not in written.title
    assert written.library_version not in written.text


def test_no_adjudication_is_not_said_after_a_plea() -> None:
    pleaded = letter(charge={"outcome": ChargeOutcome.PLEA})
    assert "adjudication" not in pleaded.text


def test_defects_are_listed_where_the_file_knows_them() -> None:
    assert not part(letter(), "What this detainer lacks")
    bare = {"warrant": WarrantAttached.NONE, "box": DetainerBox.NEITHER, "served": YesNo.NO}
    lacks = part(letter(detainer=bare), "What this detainer lacks")
    assert "ICE Policy No. 10074.2" in lacks
    assert "No warrant came with it" in lacks
    assert "no copy was served" in lacks


def test_an_addressee_is_greeted_by_name() -> None:
    known = facts(State.CA)
    to = Addressee("Sheriff J. Smith", "Commander", "Jail", ("1 Road",), ("Counsel",))
    case = CaseFile(1, "26-1", {})
    assert letter_facts(case, OFFICE, NOW, options=LetterOptions(addressee=to)).addressee is to
    assert letter(State.CA).greeting == "Dear Sheriff or Jail Commander:"
    assert known.addressee.agency == "Example County Jail"


@pytest.mark.parametrize(
    "name",
    [
        "# Heading", "> quote", "1. item", "*stars* **bold**", "{{ F01.request }}", "- dash",
        "{% if x %}", "\ue000\ue001\ue003", "<b>&amp;",
    ],
)  # fmt: skip
def test_a_name_is_never_read_as_markup_or_code(name: str) -> None:
    written = letter(person={"given": name, "surname": "X"}, text=TEXT.replace(
        "## The facts", "{{ person.name }}\n\n## The facts"
    ))  # fmt: skip
    expected = re.sub("[\ue000-\ue005]", "", name) + " X"
    alone = [one for one in written.body if one.text == expected.strip()]
    assert [one.block for one in alone] == [Block.TEXT]
    assert not any(run.italic or run.bold for run in alone[0].runs)


@pytest.mark.parametrize(
    "placed",
    [
        "{{ person.a_number }}",
        "{{ person.__class__ }}",
        "{{ person.name.upper }}",
        "{{ person }}",
        "{{ mother.name }}",
        "{{ C99.cite }}",
        "{{ person.name | upper }}",
        "{{ person.name() }}",
        "{{ 7 * 7 }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ person['name'] }}",
        "{% for x in person.name %}x{% endfor %}",
        "{% set x = person.name %}",
        "{% include 'secret' %}",
        "{% if say.never %}x{% endif %}",
        "{% if say.liability %}{{ person.secret }}{% endif %}",
        "{{ person.name ",
        "{% if say.liability %}",
        "{{ L32.quote }}",
    ],
)
def test_an_unknown_placeholder_or_code_stops_the_letter(placed: str) -> None:
    with pytest.raises(AppError) as stopped:
        letter(text=TEXT + placed, custody={"held_by_287g": YesNo.YES})
    assert "Jean" not in stopped.value.sentence
    assert "letter’s text" in stopped.value.sentence


@pytest.mark.parametrize("name", ["C33", "L41", "L37"])
def test_a_changed_text_can_not_print_what_may_not_be_cited(name: str) -> None:
    with pytest.raises(AppError, match="may not be cited"):
        letter(text=f"{TEXT}\n\n{{{{ {name}.cite }}}}\n")


def test_a_text_can_not_cite_an_authority_without_its_pair() -> None:
    alone = re.sub(r"(?s)\{% if C01.*?\{% endif %\}", "", TEXT)
    alone = "\n".join(line for line in alone.splitlines() if "{{ C01." not in line)
    with pytest.raises(AppError, match="cites F02 without C01"):
        letter(text=alone)


def test_a_text_without_its_heading_lines_is_refused() -> None:
    with pytest.raises(AppError, match="---"):
        letter(text=TEXT.replace("\n---\n", "\n"))
    with pytest.raises(AppError, match="greeting"):
        letter(text=TEXT.replace("greeting:", "salute:"))


def test_blocks_and_styles_are_read() -> None:
    text = "re: a\n---\n## One\ntext *it* and\n**bold**\n\n> said\n1. first\n- dot\nmore\n"
    filled = fill(text, {})
    assert [(one.block, one.number, one.text) for one in filled.body] == [
        (Block.HEADING, "", "One"),
        (Block.TEXT, "", "text it and bold"),
        (Block.QUOTATION, "", "said"),
        (Block.NUMBERED, "1.", "first"),
        (Block.BULLET, "", "dot more"),
    ]
    assert [run.text for run in filled.body[1].runs if run.italic] == ["it"]
    assert [run.text for run in filled.body[1].runs if run.bold] == ["bold"]
