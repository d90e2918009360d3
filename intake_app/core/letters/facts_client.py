"""What the letter to the client knows: where it may go, and in which language. No victim facts.

The client knows the facts; whoever opens the mail must not learn them.
"""

from dataclasses import dataclass
from datetime import date

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Contact, Custody, Person
from intake_app.core.letters.kinds import LetterKind, Recipient
from intake_app.core.names import fold
from intake_app.core.places import Language
from intake_app.core.safe_contact import Refusal, where_to_write
from intake_app.core.vocabulary import YesNo


@dataclass(frozen=True)
class ClientFacts:
    """Where the letter may go.

    refusal: why nothing may be addressed to the client; empty where it may, or by hand.
    plain: nothing outside may show who sends it. to_jail: the address is the jail's.
    reads: the language the client reads, else speaks; None where nobody has asked.
    """

    refusal: str
    plain: bool
    to_jail: bool
    by_hand: bool
    reads: Language | None


def client_facts(case: CaseFile, by_hand: bool, today: date) -> ClientFacts:
    """Ask where it is safe to write, and look whether that is the jail."""
    plain = case.one(Contact).no_letterhead is YesNo.YES
    if by_hand:
        return ClientFacts("", plain, False, True, _reads(case))
    where = where_to_write(case, today)
    if isinstance(where, Refusal):
        return ClientFacts(where.sentence, plain, False, False, _reads(case))
    custody = case.one(Custody)
    lines = fold(" ".join(where.lines))
    places = (fold(custody.facility or ""), fold(custody.facility_address or ""))
    to_jail = any(place and place in lines for place in places)
    return ClientFacts("", where.plain, to_jail, False, _reads(case))


def _reads(case: CaseFile) -> Language | None:
    person = case.one(Person)
    return person.language_written or person.language_spoken


def usual_language(kind: LetterKind, case: CaseFile) -> str:
    """The client's own language where the letter is hers and its text ships in it, else English."""
    reads = _reads(case)
    if kind.to is Recipient.CLIENT and reads and reads.value in kind.languages:
        return reads.value
    return "en"
