"""Every way to reach the client or the family, and whether it may be used today.

"Not known" is never safe, an answer that is past its date or was never confirmed is asked again
first, and where an address confidentiality program lends its address the real one is never
written on anything. Only ways the client has called safe are used (NNEDV, Safety Net).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from intake_app.core.answers import show_date
from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Contact, Phone
from intake_app.core.fields import question
from intake_app.core.names import fold
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import PhoneKind, Safe, YesNo


class Verdict(Enum):
    """Whether a way may be used; the value is what a label says."""

    SAFE = "safe"
    ASK = "ask first"
    NOT_SAFE = "not safe"
    UNKNOWN = "not known"


@dataclass(frozen=True)
class Way:
    """One way to reach somebody, and the answer it stands in (record, entry_id, field).

    name: what people call it ("Mobile", "E-mail"). value: the number, address or name. said:
    what the client said about it. bars: why it may not be used at all. doubts: why it must be
    asked about again first. notes: how to use it (times, voicemail, who may answer).
    """

    record: type
    entry_id: int | None
    field: str
    name: str
    value: str
    said: Safe | None
    bars: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it may not be used as it stands, the weightiest first."""
        return (*self.bars, *self.doubts)


@dataclass(frozen=True)
class Address:
    """Where something for the client may be sent. plain: nothing outside shows who sends it."""

    lines: tuple[str, ...]
    plain: bool


@dataclass(frozen=True)
class Refusal:
    """Why nothing may be addressed to the client; one sentence that says what to do."""

    sentence: str


def may_use(way: Way) -> Verdict:
    """Whether a way may be used. The one place where this is decided."""
    if way.bars or way.said is Safe.NO:
        return Verdict.NOT_SAFE
    if way.said is None:
        return Verdict.UNKNOWN
    if way.doubts or way.said is Safe.ASK:
        return Verdict.ASK
    return Verdict.SAFE


def ways_to_reach(case: CaseFile, today: date) -> tuple[Way, ...]:
    """Every way the file knows: telephones, addresses, e-mail, go-between, in this order."""
    contact = case.one(Contact)
    return (
        *(_phone(entry, contact, today) for entry in case.kept(Phone) if entry.record.number),
        *_mail(contact, today),
        *_email(contact, today),
        *_go_between(contact, today),
    )


def where_to_write(case: CaseFile, today: date) -> Address | Refusal:
    """Where a letter, an envelope or a parcel for the client may go.

    The address of an address confidentiality program before the mailing address before the home.
    The first there is decides: nothing ever falls through to a more dangerous one.
    """
    contact = case.one(Contact)
    first = next(_mail(contact, today), None)
    if first is None:
        return Refusal(
            "The file has no address for the client. Ask for one that is safe, and write it down "
            "under Safe contact."
        )
    verdict = may_use(first)
    if verdict is not Verdict.SAFE:
        return Refusal(f"{_NO_MAIL[verdict]} Hand it over in person, or ask under Safe contact.")
    lines = tuple(line.strip() for line in first.value.splitlines() if line.strip())
    return Address(lines, contact.no_letterhead is YesNo.YES)


_NO_MAIL = {
    Verdict.NOT_SAFE: "Mail to this client is not safe, so nothing is addressed to the client.",
    Verdict.ASK: "The client must be asked before anything is mailed.",
    Verdict.UNKNOWN: "Nobody has asked whether mail to this client is safe.",
}


def what_to_say(contact: Contact) -> tuple[str, ...]:
    """What to say on a call, in order."""
    first = (
        f"Begin with the code phrase: “{contact.code_phrase}”."
        if contact.code_phrase
        else "Ask first: “Is it safe to talk now?”"
    )
    other = (
        f"If somebody else answers, say: “{contact.if_other_answers}”"
        if contact.if_other_answers
        else "If somebody else answers: nothing is agreed. Name neither the office nor a reason."
    )
    return (first, other)


_SHELTER = re.compile(
    r"\b(shelters?|safe ?house|refuges?|refugios?|albergues?|casa (de )?acogida|casa segura|"
    r"foyer d ?accueil|abri|women s house|domestic violence|violencia domestica)\b"
)


def may_be_a_shelter(words: str | None) -> bool:
    """Whether words in an address or a name of a place may tell where a shelter is."""
    return bool(_SHELTER.search(fold((words or "").replace("’", " ").replace("'", " "))))


def _phone(entry: Entry[Phone], contact: Contact, today: date) -> Way:
    phone = entry.record
    doubts = [*_stale(contact, today, phone.recheck_by)]
    if phone.kind in (PhoneKind.MOBILE, None) and contact.monitored_device is YesNo.YES:
        doubts.append("The device may be watched.")
    return Way(
        record=Phone,
        entry_id=entry.id,
        field="number",
        name=phone.kind.label if phone.kind else "Telephone",
        value=phone.number or "",
        said=phone.safe,
        doubts=tuple(doubts),
        notes=tuple(_how_to_call(phone)),
    )


def _how_to_call(phone: Phone) -> Iterator[str]:
    if phone.times:
        yield f"Times: {phone.times}."
    if phone.shared_with:
        yield f"Shared with {phone.shared_with}: somebody else may answer."
    yield _VOICEMAIL[phone.voicemail]


_VOICEMAIL = {
    Safe.YES: "Voicemail is safe.",
    Safe.ASK: "Ask before you leave voicemail.",
    Safe.NO: "Leave no voicemail.",
    None: "Leave no voicemail: nobody has asked about it.",
}

_MAIL = ("substitute_address", "mailing_address", "home_address")
"""The order in which an address is looked for."""


def _mail(contact: Contact, today: date) -> Iterator[Way]:
    there = [field for field in _MAIL if getattr(contact, field)]
    for field in there:
        address = getattr(contact, field)
        bars: tuple[str, ...] = ()
        doubts = [*_stale(contact, today)]
        said = contact.safe_to_mail
        if field != "substitute_address" and "substitute_address" in there:
            bars = ("Never write here: the address confidentiality program’s address stands in.",)
        elif field != there[0] and said is not Safe.NO:
            said = None
            doubts = ["The answer “Mail is” is about the mailing address."]
        elif may_be_a_shelter(address):
            doubts.append("This may tell where a shelter is.")
        name = question(Contact, field).label
        yield Way(Contact, None, field, name, address, said, bars, tuple(doubts))


def _email(contact: Contact, today: date) -> Iterator[Way]:
    if not contact.email:
        return
    bars: tuple[str, ...] = ()
    doubts = [*_stale(contact, today)]
    if contact.monitored_device is YesNo.YES:
        bars = ("The device may be watched: what is written may be read by somebody else.",)
    elif contact.monitored_device not in (None, YesNo.NO):
        doubts.append("It is not known whether the device is watched.")
    name = question(Contact, "email").label
    said = contact.email_safe
    yield Way(Contact, None, "email", name, contact.email, said, bars, tuple(doubts))


def _go_between(contact: Contact, today: date) -> Iterator[Way]:
    if not contact.go_between:
        return
    notes = [f"Reached by: {contact.go_between_by}."] if contact.go_between_by else []
    notes.append(
        f"May know: {contact.go_between_may_know}."
        if contact.go_between_may_know
        else "Tell nothing of the case: nobody wrote down what this person may know."
    )
    name = question(Contact, "go_between").label
    doubts = tuple(_stale(contact, today))
    who = contact.go_between
    # Whoever the client named as a safe go-between was called safe with that.
    yield Way(Contact, None, "go_between", name, who, Safe.YES, (), doubts, tuple(notes))


def _stale(contact: Contact, today: date, own: date | None = None) -> Iterator[str]:
    """Why what was said must be asked again: never confirmed, or past the day to check it."""
    if contact.confirmed_on is None or contact.confirmed_on > today:
        yield "Not confirmed with the client yet: ask again before you use it."
    past = [day for day in (contact.recheck_by, own) if day is not None and day < today]
    if past:
        since = show_date(PartialDate.of(min(past)))
        yield f"Was to be checked again by {since}: ask again before you use it."
