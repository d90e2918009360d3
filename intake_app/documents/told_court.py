"""What the placeholders of a notice to the court's side stand for: nothing told in confidence."""

from zoneinfo import ZoneInfo

from intake_app.core.casefile import Charge, Custody, Detainer, Person, Protection
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.facts_court import CourtCase, CourtFacts
from intake_app.core.vocabulary import FactGroup
from intake_app.documents.fact_used import FactUsed, greeting, issued_in_words, of
from intake_app.documents.letter_words import form_in_words, moment_in_words

_HEAD = ("Case", "Court", "Next date")


def told_to_court_side(facts: LetterFacts) -> dict[str, FactUsed]:
    """The facts of a notice to defense counsel, a prosecutor or a judge."""
    court, detainer = facts.of(CourtFacts), facts.detainer
    rows = tuple(_row(one, facts.zone) for one in court.cases)
    survivor = "a survivor of domestic violence" if court.survivor else ""
    numbers = ", ".join(dict.fromkeys(one.number for one in court.cases))
    issued = detainer.issued_on if detainer else None
    return {
        "person.name": FactUsed("Name", facts.name, Person, "surname"),
        "person.booking_number": of(Person, "booking_number", facts.booking_number),
        "facility.name": of(Custody, "facility", facts.custody.facility or ""),
        "detainer.form": of(Detainer, "form", form_in_words(detainer)),
        "detainer.issued": of(Detainer, "issued_on", issued_in_words(issued)),
        "court.numbers": of(Charge, "court_case_number", numbers),
        "court.rows": FactUsed(
            "Court cases", "; ".join(" ".join(row) for row in rows), Charge, "next_court_at",
            rows=(_HEAD, *rows) if rows else (),
        ),
        "court.survivor": of(Protection, "survivor", survivor, FactGroup.VICTIM),
        "reply.by": FactUsed("Answer asked for by", moment_in_words(facts.reply_by)),
        "addressee.greeting": FactUsed("", greeting(facts.addressee, "Counsel")),
        "office.name": FactUsed("", facts.letterhead.name),
    }  # fmt: skip


def _row(one: CourtCase, zone: str) -> tuple[str, ...]:
    when = moment_in_words(one.next_at.astimezone(ZoneInfo(zone))) if one.next_at else "not known"
    return (one.number, one.court or "—", when)
