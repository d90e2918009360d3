"""Letter K4, the request to certify for U status: what blocks it, and its parts."""

from collections.abc import Iterable
from enum import StrEnum

from intake_app.core.casefile import Certification
from intake_app.core.letters import needs
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.facts_certifier import CertifierFacts
from intake_app.core.letters.rules import (
    Asked,
    Blocker,
    KindRules,
    Need,
    WhoCanOpen,
    addressed,
    consent_over,
    fact_consent,
    to_the_client,
)
from intake_app.core.vocabulary import QualifyingCrime, YesNo

REQUIRED = ("V02", "V03")


class Say(StrEnum):
    """Parts of the letter."""

    SIMILAR = "similar"
    FORM = "form"
    CUSTODY = "custody"


def _advised(facts: LetterFacts) -> Iterable[Blocker]:
    if facts.of(CertifierFacts).record.client_advised is not YesNo.YES:
        yield Blocker(
            "NOT_ADVISED",
            "The client must first be told what such a request brings with it. Then answer "
            "“Client advised what a request brings with it” under Protection.",
            WhoCanOpen.CASEWORKER,
            asked=(Certification, "client_advised"),
        )


def _charges(facts: LetterFacts) -> Iterable[Blocker]:
    told = facts.of(CertifierFacts)
    if told.open_charges and told.record.charges_reviewed is not YesNo.YES:
        yield Blocker(
            "OPEN_CHARGES",
            "There are open charges against the client, or nobody has recorded how they ended. "
            "An attorney reviews them first and answers that under Protection.",
            WhoCanOpen.ATTORNEY,
            asked=(Certification, "charges_reviewed"),
        )


def _need(words: str, question: str, field: str) -> Need:
    return Need(
        words, question, "Protection", Certification, field,
        lambda facts: bool(getattr(facts.of(CertifierFacts).record, field)),
    )  # fmt: skip


NEEDS: tuple[Need, ...] = (
    needs.NAME,
    _need("The crime", "Kind of crime", "crime"),
    _need("Its statute", "Statute of that crime", "statute"),
    _need("Report number", "Report or case number", "report_number"),
    _need("When it happened", "Happened on", "happened_on"),
    _need("Help given", "How the client helped", "help_given"),
    _need("The harm", "The harm, in one or two sentences", "harm"),
)


def _parts(asked: Asked, _citable: frozenset[str]) -> Iterable[str]:
    facts = asked.facts
    record = facts.of(CertifierFacts).record
    if record.crime is QualifyingCrime.SIMILAR:
        yield Say.SIMILAR
    if record.form_enclosed is YesNo.YES:
        yield Say.FORM
    if facts.custody.facility and facts.custody.in_custody is YesNo.YES:
        yield Say.CUSTODY


def _warnings(_asked: Asked, say: frozenset[str]) -> Iterable[str]:
    yield (
        "The request tells the certifier that the client needs U status. A request does not stop "
        "a detainer, and the wait is years."
    )
    if Say.FORM not in say:
        yield "Fill in Form I-918, Supplement B and enclose it; then say so under Protection."
    yield "“How the client helped” and “The harm” are printed as they were typed. Read them."


RULES = KindRules(
    needs=NEEDS,
    case_rules=(addressed, fact_consent, _advised, _charges, to_the_client, consent_over),
    rules=(),
    required=REQUIRED,
    optional=(),
    say=Say,
    parts=_parts,
    warnings=_warnings,
)
