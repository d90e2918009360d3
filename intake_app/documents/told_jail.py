"""What letters to a jail tell it; never alienage, birthplace, manner of entry or the A-number."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from intake_app.core.casefile import (
    Certification,
    Charge,
    Custody,
    Dependent,
    Detainer,
    Household,
    Person,
)
from intake_app.core.custody_clock import ClockState
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.vocabulary import FactGroup, KnownFrom, YesNo
from intake_app.documents.fact_used import FactUsed, greeting, issued_in_words, of
from intake_app.documents.letter_words import (
    charges_in_words,
    day_in_words,
    form_in_words,
    is_past,
    moment_in_words,
    number_in_words,
    release_in_words,
)


def told_to_jail(facts: LetterFacts) -> dict[str, FactUsed]:
    """The facts of every letter to a jail."""
    custody, detainer = facts.custody, facts.detainer
    details = release_in_words(custody, facts.zone)
    past = is_past(custody, facts.now, facts.zone)
    issued = detainer.issued_on if detainer else None
    return {
        "person.name": FactUsed("Name", facts.name, Person, "surname"),
        "person.booking_number": of(Person, "booking_number", facts.booking_number),
        "facility.name": of(Custody, "facility", custody.facility or ""),
        "facility.state": of(Custody, "facility_state", facts.state_name),
        "detainer.form": of(Detainer, "form", form_in_words(detainer)),
        "detainer.issued": of(Detainer, "issued_on", issued_in_words(issued)),
        "charges.standing": of(Charge, "outcome", charges_in_words(facts.known_charges)),
        "release.details": of(Custody, "release_due_at", details),
        "release.was_due": FactUsed("", details if past else ""),
        "release.is_expected": FactUsed("", "" if past else details),
        "release.event": of(Custody, "release_expected", "" if details else facts.release_text),
        "reply.by": FactUsed("Answer asked for by", moment_in_words(facts.reply_by)),
        "addressee.greeting": FactUsed("", greeting(facts.addressee, "Sheriff or Jail Commander")),
        "office.name": FactUsed("", facts.letterhead.name),
        **_equities(facts),
    }


def _equities(facts: LetterFacts) -> dict[str, FactUsed]:
    known, family = facts.consented, FactGroup.FAMILY
    earner = "provides most of the household’s income" if known.primary_earner else ""
    return {
        "family.earner": of(Household, "primary_breadwinner", earner, family),
        "family.children": of(Dependent, "age", _children(known.minor_children), family),
        "family.citizens": of(
            Household,
            "citizen_family",
            "has a spouse or child who is a citizen of the United States"
            if known.citizen_family
            else "",
            family,
        ),
        "health.need": of(Person, "medical_need", known.medical_need, FactGroup.HEALTH),
    }


def _children(count: int) -> str:
    if not count:
        return ""
    return f"has {number_in_words(count)} minor {'child' if count == 1 else 'children'}"


def told_about_conditions(facts: LetterFacts) -> dict[str, FactUsed]:
    """The facts of the letter about the conditions of state law."""
    known = facts.consented
    victim = f"a victim of {known.victim_of}" if known.victim_of else ""
    citizen = "a citizen of the United States" if known.citizen else ""
    return {
        **told_to_jail(facts),
        **_deadlines(facts),
        "victim.of": of(Certification, "crime", victim, FactGroup.VICTIM),
        "status.citizen": of(Person, "us_citizen_claim", citizen, FactGroup.IMMIGRATION),
    }


def told_about_hours(facts: LetterFacts) -> dict[str, FactUsed]:
    """The facts of the letter that says that the 48 hours are over."""
    custody, zone = facts.custody, ZoneInfo(facts.zone)
    confirmed = custody.custody_confirmed_at
    return {
        **told_to_jail(facts),
        **_deadlines(facts),
        "custody.confirmed": of(
            Custody,
            "custody_confirmed_at",
            moment_in_words(confirmed.astimezone(zone)) if confirmed else "",
        ),
        "custody.confirmed_by": of(
            Custody, "custody_known_from", _from(custody.custody_known_from, "")
        ),
        "timeline.rows": FactUsed("Timeline", "", rows=tuple(_timeline(facts))),
        "now.moment": FactUsed("", moment_in_words(facts.now.astimezone(zone))),
        "next.step": FactUsed("Next step", facts.next_step),
    }


def _deadlines(facts: LetterFacts) -> dict[str, FactUsed]:
    clock = facts.clock
    plain = clock.plain_latest if clock else None
    regulation = clock.regulation_deadline if clock else None
    return {
        "clock.plain": FactUsed("Plain 48 hours", _end(plain)),
        "clock.regulation": FactUsed("48 hours by the regulation", _end(regulation)),
    }


def _end(moment: datetime | None) -> str:
    return moment_in_words(moment) + _as_it_began(moment) if moment else ""


def _as_it_began(moment: datetime) -> str:
    # Midnight alone leaves open which end of the day is meant.
    return " (as that day began)" if (moment.hour, moment.minute) == (0, 0) else ""


_SOURCES = {
    KnownFrom.COURT: "Court record",
    KnownFrom.JAIL: "Jail staff",
    KnownFrom.CLIENT: "The person held",
    # Who of a family spoke to the office is nobody's business.
    KnownFrom.FAMILY: "A caller",
    KnownFrom.ROSTER: "Public roster",
    KnownFrom.BONDSMAN: "Bondsman",
}


def _from(source: KnownFrom | None, otherwise: str) -> str:
    return _SOURCES[source] if source else otherwise


def _timeline(facts: LetterFacts) -> Iterator[tuple[str, str, str]]:
    """The times that are known, the earliest first, below their head."""
    yield ("What", "When", "Known from")
    events = sorted(_events(facts), key=lambda event: event[0])
    yield from (row for _, row in events)


def _events(facts: LetterFacts) -> Iterator[tuple[datetime, tuple[str, str, str]]]:
    custody, detainer, clock = facts.custody, facts.detainer, facts.clock
    released = _from(custody.release_known_from, "")

    def at(what: str, moment: datetime, source: str) -> tuple[datetime, tuple[str, str, str]]:
        return moment, (what, _short(moment, facts), source)

    if detainer and detainer.received_at:
        yield at("Detainer received by the jail", detainer.received_at, "")
    if custody.bail_posted_at:
        yield at("Bail posted or tendered", custody.bail_posted_at, released)
    due = custody.release_due_at or (clock.start_latest if clock else None)
    if due:
        yield due, ("Release due in the local case", _due(facts), released)
    if custody.bail_refused is YesNo.YES and custody.bail_refused_at:
        yield at("Bail refused because of the detainer", custody.bail_refused_at, released)
    if clock is not None and clock.state is not ClockState.NO_HOLD_REQUESTED:
        if clock.plain_latest:
            yield at("48 hours, no day left out, ended", clock.plain_latest, "Counted from release")
        if clock.regulation_deadline:
            ended = "ended" if clock.regulation_deadline < facts.now else "end"
            yield at(
                f"48 hours without Saturdays, Sundays and holidays {ended}",
                clock.regulation_deadline,
                "By 8 C.F.R. § 287.7(d)",
            )
    if custody.custody_confirmed_at:
        source = _from(custody.custody_known_from, "")
        yield at("Still in custody", custody.custody_confirmed_at, source)


def _due(facts: LetterFacts) -> str:
    custody = facts.custody
    if custody.release_due_at:
        return _short(custody.release_due_at, facts)
    known = custody.release_due_on
    return f"{day_in_words(known.first)} (the day only; counted from its end)" if known else ""


def _short(moment: datetime, facts: LetterFacts) -> str:
    """`Sat., Nov. 14, 2026, 10:05 a.m. EST`."""
    here = moment.astimezone(ZoneInfo(facts.zone))
    half = "a.m." if here.hour < 12 else "p.m."
    dot = "" if here.month == 5 else "."
    time = f"{(here.hour - 1) % 12 + 1}:{here:%M} {half} {here:%Z}{_as_it_began(here)}"
    return f"{here:%a}., {here:%b}{dot} {here.day}, {here.year}, {time}"
