"""Which answers each part of a case holds, when a part is destroyed (`PurgePart`).

Read from the declarations, so that a question declared later falls in by itself: every long text
is narrative, everything the identity key opens is identity, everything is the whole case.
"""

from collections.abc import Iterable

from intake_app.core.casefile import (
    Consent,
    Contact,
    Custody,
    Dependent,
    Immigration,
    Person,
    Protection,
    ToDo,
)
from intake_app.core.fields import Kind, Question, questions
from intake_app.core.roles import Key
from intake_app.core.vocabulary import PurgePart

HOLDS: dict[PurgePart, frozenset[PurgePart]] = {
    PurgePart.NARRATIVE: frozenset({PurgePart.NARRATIVE}),
    PurgePart.ATTACHMENTS: frozenset({PurgePart.ATTACHMENTS}),
    PurgePart.IDENTITY: frozenset(PurgePart) - {PurgePart.WHOLE},
    PurgePart.WHOLE: frozenset(PurgePart),
}
"""What goes with each part: texts and papers name the person, so they go with the identity."""

TOLD: dict[PurgePart, str] = {
    PurgePart.NARRATIVE: "texts, notes and to-dos",
    PurgePart.ATTACHMENTS: "documents and letters",
    PurgePart.IDENTITY: "names and everything that tells who it is, texts, documents and letters",
    PurgePart.WHOLE: "the whole case",
}
"""What each part is, in the middle of a sentence."""

# Long texts that say where somebody is found are identity, not narrative.
_PLACES = {
    (Contact, "home_address"),
    (Contact, "mailing_address"),
    (Contact, "substitute_address"),
    (Custody, "facility_address"),
}

# One line, and told in somebody's own words all the same.
_OWN_WORDS = {
    (Person, "medical_need"),
    (Dependent, "need_note"),
    (Custody, "release_expected"),
    (Immigration, "departures"),
    (Protection, "in_client_words"),
    (Consent, "purpose"),
    (ToDo, "what"),
}


def with_all(parts: Iterable[PurgePart]) -> frozenset[PurgePart]:
    """The parts, and those that go with them."""
    return frozenset().union(*(HOLDS[part] for part in parts))


def answers_in(part: PurgePart, cls: type) -> tuple[Question, ...]:
    """The questions of a record whose answers are destroyed with this part of a case."""
    return tuple(one for one in questions(cls) if _falls(part, cls, one))


def _falls(part: PurgePart, cls: type, asked: Question) -> bool:
    match part:
        case PurgePart.NARRATIVE:
            long = asked.kind is Kind.TEXT and (cls, asked.name) not in _PLACES
            return long or (cls, asked.name) in _OWN_WORDS
        case PurgePart.ATTACHMENTS:
            return False
        case PurgePart.IDENTITY:
            return Key.IDENTITY in asked.keep.value
        case PurgePart.WHOLE:
            return True
