"""With what the page of a letter begins, and what it offers."""

from datetime import date, timedelta
from typing import Any

from intake_app.core.casefile import Consent
from intake_app.core.fields import question
from intake_app.core.letters.options import Addressee, LetterOptions
from intake_app.core.vocabulary import ConsentKind, FactGroup, SignedBy, SignedHow, YesNo
from intake_app.store.office import Office
from intake_app.workflows.ask_for_approval import ask_for_approval
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.read_letter_page import LetterLook, begin_letter, look_at_letter
from tests.conftest import NOW
from tests.letters import DECLINE, case_for_a_letter, consent

ICE = Addressee(agency="ICE Miami Field Office", lines=("1 Street", "Miami, FL 33130"))


def test_the_draft_worked_on_last_is_gone_on_with(office: Office) -> None:
    case = case_for_a_letter(office)
    new = begin_letter(office, case, NOW)
    assert (new.kind, new.kept, new.options) == (DECLINE, None, LetterOptions())
    assert new.why
    keep_letter(office, case, DECLINE, LetterOptions(footnotes=True), NOW)
    keep_letter(office, case, "cancel", LetterOptions(addressee=ICE), NOW + timedelta(minutes=1))
    assert begin_letter(office, case, NOW).kind == "cancel"
    assert begin_letter(office, case, NOW).options.addressee == ICE
    assert begin_letter(office, case, NOW, kind=DECLINE).options.footnotes
    ask_for_approval(office, case, "cancel", LetterOptions(addressee=ICE), NOW)
    assert begin_letter(office, case, NOW).kind == DECLINE


def look(office: Office, case: int, *copies: str) -> LetterLook:
    to = Addressee(agency=ICE.agency, lines=ICE.lines, cc=copies)
    return look_at_letter(office, case, "cancel", LetterOptions(addressee=to), NOW)


def test_a_group_is_open_only_where_a_consent_names_everybody_who_gets_the_letter(
    office: Office,
) -> None:
    case = case_for_a_letter(office)

    def health(*copies: str) -> tuple[date | None, tuple[str, ...]]:
        groups = {one.group: one for one in look(office, case, *copies).groups}
        found = groups[FactGroup.HEALTH]
        return found.ends_on, found.closed_to

    assert health() == (None, (ICE.agency,))
    answers: dict[str, Any] = {
        "kind": ConsentKind.LETTER,
        "recipient": ICE.agency,
        "purpose": "A letter to ICE",
        "facts": (FactGroup.HEALTH,),
        "risks_explained": YesNo.YES,
        "signed_on": date(2026, 11, 3),
        "signed_how": SignedHow.WET,
        "signed_by": SignedBy.CLIENT,
        "language": question(Consent, "language").offered[0],
        "free_choice": YesNo.YES,
        "expires_on": date(2026, 12, 3),
    }
    consent(office, case, **answers)
    assert health() == (date(2026, 12, 3), ())
    assert health("Somebody else") == (date(2026, 12, 3), ("Somebody else",))


def test_only_what_its_text_asks_is_offered(office: Office) -> None:
    case = case_for_a_letter(office)
    asks = {
        kind: look_at_letter(office, case, kind, LetterOptions(), NOW).asks
        for kind in (DECLINE, "expired")
    }
    assert "reply.by" in asks[DECLINE]
    assert "next.step" not in asks[DECLINE]
    assert "next.step" in asks["expired"]
