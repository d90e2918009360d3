"""What is said beside the ways to reach the client, and beside places that must not be kept."""

from collections.abc import Iterator
from typing import Any

from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Contact, Custody, Household, Phone, Protection, Transfer
from intake_app.core.findings import Finding, Setting, Weight
from intake_app.core.safe_contact import (
    Verdict,
    may_be_a_shelter,
    may_use,
    ways_to_reach,
    what_to_say,
)
from intake_app.core.vocabulary import TalkNow, YesNo

_CALL = {
    Verdict.SAFE: "Safe to call.",
    Verdict.ASK: "Ask first.",
    Verdict.NOT_SAFE: "Not safe to call.",
    Verdict.UNKNOWN: "Not known to be safe: do not call before you know.",
}
_WRITE = {
    Verdict.SAFE: "Safe to write to.",
    Verdict.ASK: "Ask first.",
    Verdict.NOT_SAFE: "Not safe to write to.",
    Verdict.UNKNOWN: "Not known to be safe: write nothing there before you know.",
}
_TURN_TO = {
    Verdict.SAFE: "Safe to turn to.",
    Verdict.ASK: "Ask the client first.",
    Verdict.NOT_SAFE: "Not safe to turn to.",
    Verdict.UNKNOWN: "Not known to be safe.",
}
_ONLY_SAFE = "A client is reached only in a way she has called safe (NNEDV, Safety Net)."


def contact_findings(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    """May each way be used; what to do when it is not safe to talk; no place of a shelter."""
    yield from _talk(case, setting)
    for way in ways_to_reach(case, setting.today):
        verdict = may_use(way)
        said = {"number": _CALL, "go_between": _TURN_TO}.get(way.field, _WRITE)[verdict]
        yield Finding(
            Weight.FINE if verdict is Verdict.SAFE else Weight.WARN,
            " ".join((said, *way.reasons)),
            way.record,
            _ONLY_SAFE,
            way.field,
            way.entry_id,
        )
    yield from _no_shelter(case)


def _talk(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    contact = case.one(Contact)
    if contact.safe_to_talk_now not in (TalkNow.NO, TalkNow.LATER):
        return
    times = [
        phone.times
        for way in ways_to_reach(case, setting.today)
        if way.record is Phone and may_use(way) in (Verdict.SAFE, Verdict.ASK)
        for phone in (one.record for one in case.kept(Phone) if one.id == way.entry_id)
        if phone.times
    ]
    when = f" Call back: {'; '.join(times)}." if times else " Agree first when to call back."
    code = f" {what_to_say(contact)[0]}" if contact.code_phrase else ""
    if contact.safe_to_talk_now is TalkNow.LATER:
        words = f"End the call politely, and ask nothing more now.{when}{code}"
    else:
        words = f"End the call politely, and say nothing of the case.{when}{code}"
    yield Finding(
        Weight.WARN, words, Contact, "Somebody may be listening.", field="safe_to_talk_now"
    )


_PLACES: tuple[tuple[type, tuple[str, ...]], ...] = (
    (
        Contact,
        ("home_address", "mailing_address", "go_between", "go_between_by", "go_between_may_know"),
    ),
    (Phone, ("shared_with",)),
    (Household, ("caregiver_now",)),
    (Custody, ("facility", "facility_address")),
    (Transfer, ("facility",)),
)
"""Answers in which somebody may write where a shelter is."""

_NOT_THERE = (
    "If this tells where a shelter is, take it out, and tell the administrator: History keeps "
    "what was typed. Use the address confidentiality program, or a safe go-between elsewhere."
)
_STAYS = (
    "34 U.S.C. 12291(a)(25): what tells a location names a person. What was typed stays sealed in "
    "History until the case is destroyed."
)


def _no_shelter(case: CaseFile) -> Iterator[Finding]:
    # Where her keys open no Protection there is no answer, and only the words themselves count.
    sheltered = case.one(Protection).in_shelter is YesNo.YES
    for record, fields in _PLACES:
        entries: tuple[Entry[Any], ...] = case.kept(record)
        for entry in entries:
            for field in fields:
                words = getattr(entry.record, field)
                home = sheltered and field in ("home_address", "mailing_address")
                if words and (home or may_be_a_shelter(words)):
                    here = entry.id if record in (Phone, Transfer) else None
                    yield Finding(Weight.WARN, _NOT_THERE, record, _STAYS, field, here)
