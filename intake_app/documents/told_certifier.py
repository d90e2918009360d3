"""What the placeholders of a request to certify stand for; the crime is told by consent only."""

from intake_app.core.casefile import Certification, Custody, Person
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.facts_certifier import CertifierFacts
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import FactGroup
from intake_app.documents.fact_used import FactUsed, greeting, of
from intake_app.documents.letter_words import moment_in_words, partial_in_words


def told_to_certifier(facts: LetterFacts) -> dict[str, FactUsed]:
    """The facts of a request for a U certification."""
    told = facts.of(CertifierFacts)
    record = told.record

    def victim(field: str, text: str | None) -> FactUsed:
        return of(Certification, field, (text or "").strip(), FactGroup.VICTIM)

    return {
        "person.name": FactUsed("Name", facts.name, Person, "surname"),
        "person.born": of(Person, "born", partial_in_words(told.born) if told.born else ""),
        "facility.name": of(Custody, "facility", facts.custody.facility or ""),
        "crime.kind": victim("crime", record.crime.label.lower() if record.crime else ""),
        "crime.statute": victim("statute", record.statute),
        "crime.report_number": victim("report_number", record.report_number),
        "crime.happened": victim("happened_on", _when(record.happened_on)),
        "crime.reported": victim("reported_on", _when(record.reported_on)),
        "crime.help_given": victim("help_given", record.help_given),
        "crime.harm": victim("harm", record.harm),
        "reply.by": FactUsed("Answer asked for by", moment_in_words(facts.reply_by)),
        "addressee.greeting": FactUsed("", greeting(facts.addressee, "Certifying Official")),
        "office.name": FactUsed("", facts.letterhead.name),
    }


def _when(day: PartialDate | None) -> str:
    if day is None:
        return ""
    return ("on " if day.whole else "in ") + partial_in_words(day)
