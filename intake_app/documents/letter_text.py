"""Writing a letter: the gate's answer, facts and authorities into paragraphs.

The words of the law come from the library, the words of the letter from `resources/letters`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from intake_app.core.authorities import Authority, Library, Source, binding_words, binds_in
from intake_app.core.casefile import Charge, Custody, Detainer, Person
from intake_app.core.errors import AppError
from intake_app.core.fields import question
from intake_app.core.letter_facts import Addressee, LetterFacts, Letterhead, Signer
from intake_app.core.letter_gate import GateResult
from intake_app.core.letter_parts import Say
from intake_app.documents.letter_template import (
    Paragraph,
    Run,
    fact,
    fill,
    law,
    literal,
    used_names,
)
from intake_app.documents.letter_words import (
    charges_in_words,
    day_in_words,
    form_in_words,
    is_past,
    moment_in_words,
    partial_in_words,
    release_in_words,
)

LANGUAGE = "en-US"


@dataclass(frozen=True)
class FactUsed:
    """A fact that stands in the letter, with the label of its question."""

    label: str
    text: str


@dataclass(frozen=True)
class Checked:
    """An authority that stands in the letter and the day of its last check."""

    id: str
    short_name: str
    verified_on: date


@dataclass(frozen=True)
class Letter:
    """A letter in structured text, ready to be typeset.

    title: for the PDF's title; never holds a client's name.
    prepared_for: the line that says who must read it before it goes out.
    authorities: ids of what it cites, in order; `checked` and `library_version` are for the
        office's copy only and are not printed.
    facts: the facts that stand in it.
    """

    kind: str
    title: str
    letterhead: Letterhead
    dated: str
    address: tuple[str, ...]
    re: tuple[Run, ...]
    greeting: str
    body: tuple[Paragraph, ...]
    closing: str
    signer: tuple[str, ...]
    prepared_for: str
    cc: tuple[str, ...]
    enclosures: tuple[str, ...]
    language: str
    authorities: tuple[str, ...]
    checked: tuple[Checked, ...]
    facts: tuple[FactUsed, ...]
    library_version: str

    @property
    def text(self) -> str:
        """All its words, a paragraph a line, as a reader meets them."""
        return "\n".join(_lines(self))


def write_letter(facts: LetterFacts, result: GateResult, library: Library, text: str) -> Letter:
    """Write the letter the gate has let pass; `text` is the letter's text from resources.

    Raise `AppError` where the gate has blocked it, where the text can't be filled in, and where
    it would print an authority that may not be cited today.
    """
    if not result.open:
        raise AppError(f"This letter can’t be written. {result.blockers[0].why}")
    told = _facts(facts)
    values: dict[str, Mapping[str, str | bool]] = {
        "say": {part.value: part in result.say for part in Say}
    }
    for key, used in told.items():
        group, _, name = key.partition(".")
        values[group] = {**values.get(group, {}), name: fact(key, used.text)}
    asked = {group for group, _ in used_names(text)}
    for name in asked & set(library.authorities):
        values[name] = _words(library.authorities[name], facts.state)
    values["state_law"] = _state_words(facts, result, library)
    filled = fill(text, values)
    for name in filled.authorities:
        if name not in result.citable:
            why = result.left_out.get(name, f"{name} is not open to this kind of letter.")
            raise AppError(f"The letter’s text would cite what may not be cited: {why}")
    heads = {name: "".join(run.text for run in runs) for name, runs in filled.heads.items()}
    for name in ("title", "re", "greeting", "closing"):
        if not heads.get(name):
            raise AppError(f"The letter’s text has no “{name}:” line. Put the shipped text back.")
    return Letter(
        kind=result.kind,
        title=heads["title"],
        letterhead=facts.letterhead,
        dated=day_in_words(facts.today),
        address=_address(facts.addressee),
        re=filled.heads["re"],
        greeting=heads["greeting"],
        body=filled.body,
        closing=heads["closing"],
        signer=tuple(part for part in (facts.signer.name, facts.signer.title) if part),
        prepared_for=_prepared_for(facts.signer),
        cc=facts.addressee.cc,
        enclosures=facts.enclosures,
        language=LANGUAGE,
        authorities=filled.authorities,
        checked=tuple(_checked(library.authorities[name]) for name in filled.authorities),
        facts=tuple(told[key] for key in filled.facts if key in told and told[key].label),
        library_version=library.version,
    )


def _lines(letter: Letter) -> Iterator[str]:
    yield letter.letterhead.name
    yield from letter.letterhead.lines.splitlines()
    yield letter.dated
    yield from letter.address
    yield "Re: " + "".join(run.text for run in letter.re)
    yield letter.greeting
    for paragraph in letter.body:
        yield f"{paragraph.number} {paragraph.text}".strip()
    yield letter.closing
    yield from letter.signer
    yield letter.prepared_for
    yield from (f"cc: {name}" for name in letter.cc)
    yield from (f"Enclosure: {name}" for name in letter.enclosures)


def _facts(facts: LetterFacts) -> dict[str, FactUsed]:
    custody, detainer = facts.custody, facts.detainer
    details = release_in_words(custody, facts.zone)
    past = is_past(custody, facts.now, facts.zone)
    issued = detainer.issued_on if detainer else None
    state = custody.facility_state.label if custody.facility_state else ""
    due = _label(Custody, "release_due_at")
    return {
        "person.name": FactUsed("Name", facts.name),
        "person.booking_number": FactUsed(_label(Person, "booking_number"), facts.booking_number),
        "facility.name": FactUsed(_label(Custody, "facility"), custody.facility or ""),
        "facility.state": FactUsed(_label(Custody, "facility_state"), _with_the(state)),
        "detainer.form": FactUsed(_label(Detainer, "form"), form_in_words(detainer)),
        "detainer.issued": FactUsed(
            _label(Detainer, "issued_on"), _issued(partial_in_words(issued)) if issued else ""
        ),
        "charges.standing": FactUsed(
            _label(Charge, "outcome"), charges_in_words(facts.known_charges)
        ),
        "release.details": FactUsed(due, details),
        "release.was_due": FactUsed("", details if past else ""),
        "release.is_expected": FactUsed("", "" if past else details),
        "release.event": FactUsed(
            _label(Custody, "release_expected"), "" if details else facts.release_text
        ),
        "reply.by": FactUsed("Answer asked for by", moment_in_words(facts.reply_by)),
        "addressee.greeting": FactUsed("", _greeting(facts.addressee)),
        "office.name": FactUsed("", facts.letterhead.name),
    }


def _label(record: type, name: str) -> str:
    return question(record, name).label


def _issued(day: str) -> str:
    return f"on {day}" if "," in day else f"in {day}"


def _with_the(state: str) -> str:
    return f"the {state}" if state in ("District of Columbia", "Virgin Islands") else state


def _greeting(addressee: Addressee) -> str:
    return addressee.name or addressee.title or "Sheriff or Jail Commander"


def _address(addressee: Addressee) -> tuple[str, ...]:
    lines = (addressee.name, addressee.title, addressee.agency, *addressee.lines)
    return tuple(line for line in (one.strip() for one in lines) if line)


def _prepared_for(signer: Signer) -> str:
    name = signer.name or "______________________________"
    return f"Prepared for review by {name}, attorney or accredited representative."


def _checked(authority: Authority) -> Checked:
    return Checked(authority.id, authority.short_name, authority.verified_on)


def _cite(authority: Authority) -> str:
    name, comma, rest = authority.citation.partition(", ")
    # Names of cases are set in italics; other citations carry their own stars.
    if authority.source is Source.CASE and comma:
        return f"*{name}*, {rest}"
    return authority.citation


def _words(authority: Authority, state: str) -> dict[str, str | bool]:
    said = authority.quotation if authority.print_quotation else None
    marks = {"{cite}": _cite(authority), "{name}": authority.short_name}
    if said:
        # A period or comma goes within the marks; the words of the quotation stay as they are.
        stop = "" if said.endswith(".") else "."
        marks["{quote}."] = f"“{literal(said)}{stop}”"
        marks["{quote},"] = f"“{literal(said)},”"
        marks["{quote}"] = f"“{literal(said)}”"
    words: dict[str, str | bool] = {
        "cite": law(authority.id, _cite(authority)),
        "weight": law(authority.id, binding_words(authority, state)),
        "binds_here": binds_in(authority, state),
    }
    if said:
        words["quote"] = law(authority.id, literal(said))
    for name, text in authority.print_words.items():
        filled = text
        for mark, value in marks.items():
            filled = filled.replace(mark, value)
        words[name] = law(authority.id, filled)
    return words


def _state_words(
    facts: LetterFacts, result: GateResult, library: Library
) -> Mapping[str, str | bool]:
    reading = result.state_mandate
    name = reading.rule.authority if reading and reading.rule else ""
    if Say.STATE_LAW not in result.say or name not in library.authorities:
        return {"state": ""}
    words = _words(library.authorities[name], facts.state)
    if "state" not in words:
        raise AppError(
            f"Authority {name} has no print_words “state”. Add them or put the shipped file back."
        )
    return {"state": words["state"]}
