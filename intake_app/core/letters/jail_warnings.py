"""What the writer of a letter to a jail should know before it goes out."""

from collections.abc import Iterable

from intake_app.core.detainer_review import FlagId
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.rules import is_287g, maybe_287g
from intake_app.core.vocabulary import ChargeOutcome, CustodyBasis, DetainerForm, YesNo


def liability_warnings(facts: LetterFacts) -> Iterable[str]:
    """What rule R7 did to the paragraph on liability."""
    if is_287g(facts):
        yield (
            "The hold is under a 287(g) agreement: local officers then count as federal ones "
            "(8 U.S.C. § 1357(g)(8)), so the letter says nothing of liability."
        )
    elif maybe_287g(facts):
        yield (
            "Find out whether the jail holds under a 287(g) agreement and answer it under Arrest "
            "and custody. Until then the paragraph on liability leaves such officers out."
        )


def fact_warnings(facts: LetterFacts) -> Iterable[str]:
    """What the file leaves open, whichever letter to a jail is written."""
    custody, detainer = facts.custody, facts.detainer
    if custody.in_custody is not YesNo.YES and not facts.out_of_custody:
        yield "Confirm that the person is still held there before the letter goes out."
    if custody.other_hold_at is not None or custody.custody_basis in (
        CustodyBasis.OTHER_WARRANT,
        CustodyBasis.FEDERAL,
    ):
        yield "The file speaks of another hold. The letter asks for release only when all end."
    if len(facts.known_charges) < len(facts.charges):
        yield "The outcome of a charge is not known; the letter leaves that charge out."
    if any(charge.outcome is ChargeOutcome.WITHHELD for charge in facts.charges):
        yield (
            "Adjudication was withheld. That is no adjudication of guilt in the state court, but "
            "it may be a conviction under immigration law: use this letter for the jail only."
        )
    if facts.release_text and not (
        custody.release_basis or custody.release_due_at or custody.release_due_on
    ):
        yield "The letter prints what was typed under “What should free the person”. Read it."
    if not facts.consent_recorded:
        yield "No signed consent to representation or to a letter is on file."
    if not facts.zone_known:
        yield "The facility’s time zone is not known; the office’s own zone is used."
    if detainer is None:
        return
    if detainer.form in (DetainerForm.NONE_SEEN, DetainerForm.ORAL):
        yield "Nobody here has seen the form. It may ask for notice only: ask for a copy first."
    if facts.detainers_alive > 1:
        yield "There is more than one open detainer. The letter speaks of the latest."
    if any(flag.id is FlagId.DB_ONLY for flag in facts.flags):
        yield (
            "Only the database match is ticked on the form. Check the list of covered offices in "
            "the Gonzalez settlement and ask class counsel."
        )
