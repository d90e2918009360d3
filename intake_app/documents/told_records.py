"""What the placeholders of a request for a jail's records stand for: no A-number, no birth date."""

from intake_app.core.casefile import Custody, Person
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.facts_records import RecordsFacts
from intake_app.documents.fact_used import FactUsed, greeting, of
from intake_app.documents.letter_words import day_in_words, moment_in_words, partial_in_words
from intake_app.documents.told_ice import authorization


def told_to_records(facts: LetterFacts) -> dict[str, FactUsed]:
    """The facts of a request to a jail's keeper of records."""
    records, custody = facts.of(RecordsFacts), facts.custody
    booked = partial_in_words(records.booked_on) if records.booked_on else ""
    return {
        "person.name": FactUsed("Name", facts.name, Person, "surname"),
        "person.booking_number": of(Person, "booking_number", facts.booking_number),
        "facility.name": of(Custody, "facility", custody.facility or ""),
        "facility.state": of(Custody, "facility_state", facts.state_name),
        "records.since": of(Custody, "booked_on", booked),
        "records.until": FactUsed("", day_in_words(facts.today)),
        **authorization(records),
        "reply.by": FactUsed("Answer asked for by", moment_in_words(facts.reply_by)),
        "addressee.greeting": FactUsed("", greeting(facts.addressee, "Records Custodian")),
        "office.name": FactUsed("", facts.letterhead.name),
    }
