"""What the placeholders of the letter to the client stand for, in the client's language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from intake_app.core.casefile import Custody, Detainer, Person
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.vocabulary import DetainerForm
from intake_app.documents.fact_used import FactUsed, of
from intake_app.documents.letter_language import SPOKEN, moment_in

_FORM = {"en": "Form", "es": "Formulario", "ht": "Fòm"}
_NO_NAME = (DetainerForm.ORAL, DetainerForm.NONE_SEEN, DetainerForm.UNKNOWN)


def told_to_client(facts: LetterFacts) -> dict[str, FactUsed]:
    """The facts of the explanation for the client: where, which paper, until when, whom to call."""
    clock, zone = facts.clock, ZoneInfo(facts.zone)
    language = SPOKEN[facts.language]

    def when(moment: datetime | None) -> str:
        if moment is None:
            return ""
        local = moment.astimezone(zone)
        midnight = f", {language.day_begins}" if (local.hour, local.minute) == (0, 0) else ""
        return f"{moment_in(language, local)}{midnight}"

    plain = clock.plain_latest if clock else None
    regulation = clock.regulation_deadline if clock else None
    form = facts.detainer.form if facts.detainer else None
    lines = [line.strip() for line in facts.letterhead.lines.splitlines() if line.strip()]
    return {
        "person.name": FactUsed("Name", facts.name, Person, "surname"),
        "facility.name": of(Custody, "facility", facts.custody.facility or ""),
        "detainer.form": of(
            Detainer,
            "form",
            f"{_FORM[facts.language]} {form.value}" if form and form not in _NO_NAME else "",
        ),
        "clock.plain": FactUsed(
            "48 hours, plain",
            when(plain),
            Custody,
            "release_due_at",
        ),
        "clock.regulation": FactUsed(
            "48 hours without weekends and holidays",
            when(regulation),
            Custody,
            "release_due_at",
        ),
        "office.name": FactUsed("", facts.letterhead.name),
        "office.reach": FactUsed("", ", ".join(lines)),
    }
