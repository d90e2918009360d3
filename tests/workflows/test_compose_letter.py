"""Every kind of letter composed from one real office file full of secrets, and read back."""

import io
from dataclasses import fields

import pytest
from pypdf import PdfReader

from intake_app.core.casefile import Contact
from intake_app.core.fields import title_of
from intake_app.core.letters.kinds import KINDS, Recipient
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Role
from intake_app.core.vocabulary import ConsentKind, FactGroup, Safe
from intake_app.store.office import Office
from intake_app.workflows.compose_letter import ComposedLetter, compose_letter
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.offices import unlocked
from tests.secret_case import (
    A_NUMBER,
    BORN,
    CHARGE_WORDS,
    HEALTH,
    NEVER,
    NOW,
    VICTIM,
    consent_to,
    holds,
    secret_case,
)

TOLD = frozenset(group.value for group in FactGroup)
POLICE, ICE = "Example Police Department", "U.S. Immigration and Customs Enforcement"


@pytest.fixture
def attorney(staffed: Office) -> Office:
    """The office, open for its attorney."""
    staffed.close()
    return unlocked(staffed.folder, Role.ATTORNEY)


def saved(office: Office) -> int:
    """The case full of secrets, with consents to everybody, as rows of the office file."""
    case = start_intake(office, NOW).case_id
    everybody = ("ICE Miami Field Office", "Example County Jail", POLICE, ICE)
    consents = [consent_to(one, *FactGroup) for one in everybody]
    records = [consent_to(one, kind=ConsentKind.RECORDS) for one in ("Example County Jail", ICE)]
    whole = secret_case(*consents, *records)
    for cls, entries in whole.entries.items():
        for entry in entries:
            row = add_entry(office, case, cls, NOW).entry_id if title_of(cls).many else None
            for field in fields(cls):
                value = getattr(entry.record, field.name)
                if value is not None:
                    save_answer(office, case, cls, row, field.name, value, NOW)
    return case


def words_of(composed: ComposedLetter) -> str:
    assert composed.pdf is not None, composed.blocked_by
    pages = PdfReader(io.BytesIO(composed.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_each_kind_tells_its_reader_what_that_reader_may_know(attorney: Office) -> None:
    case = saved(attorney)
    chosen = {
        "cancel": LetterOptions(grounds=frozenset({"no_cause", "abuser_source", "medical"})),
        "court_notice": LetterOptions(grounds=frozenset({"plea", "bond"})),
        "client": LetterOptions(grounds=frozenset({"conditions"})),
    }
    for kind in KINDS.values():
        if kind.to is Recipient.JAIL:
            continue
        composed = compose_letter(attorney, case, kind.key, NOW, chosen.get(kind.key))
        said = words_of(composed)
        assert "Marie Jean-Baptiste" in said
        assert not holds(said, *NEVER, *CHARGE_WORDS), kind.key
        may = {
            Recipient.ICE: (*A_NUMBER, *BORN, *HEALTH, "abuse"),
            Recipient.ICE_RECORDS: (*A_NUMBER, *BORN),
            Recipient.CERTIFIER: (*BORN, *VICTIM),
        }.get(kind.to, ())
        secrets = {*A_NUMBER, *BORN, *HEALTH, *VICTIM} - set(may)
        assert not holds(said, *secrets), kind.key


def test_a_consent_to_somebody_else_opens_nothing(attorney: Office) -> None:
    case = saved(attorney)
    options = LetterOptions(grounds=frozenset({"bond", "witness"}), tell=TOLD)
    composed = compose_letter(attorney, case, "court_notice", NOW, options)
    assert composed.pdf is None
    assert {one.rule for one in composed.blocked_by} == {"FACT_CONSENT"}


@pytest.mark.parametrize("language", ["es", "ht"])
def test_a_translation_is_approved_only_once_somebody_is_named_who_checked_it(
    attorney: Office, language: str
) -> None:
    case = saved(attorney)
    plain = LetterOptions(language=language)
    draft = compose_letter(attorney, case, "client", NOW, plain)
    assert "Translation to be checked by a person." in words_of(draft)
    final = compose_letter(attorney, case, "client", NOW, plain, draft=False)
    assert [one.rule for one in final.blocked_by] == ["TRANSLATION"]
    named = LetterOptions(language=language, overrides={"TRANSLATION": "Checked by J. Pierre"})
    final = compose_letter(attorney, case, "client", NOW, named, draft=False)
    assert "to be checked" not in words_of(final)
    assert [one.reason for one in final.overridden] == ["Checked by J. Pierre"]
    english = compose_letter(
        attorney, case, "client", NOW, LetterOptions(language="en"), draft=False
    )
    assert english.pdf is not None


def test_nothing_is_written_to_a_client_for_whom_mail_is_not_safe(attorney: Office) -> None:
    case = saved(attorney)
    save_answer(attorney, case, Contact, None, "safe_to_mail", Safe.NO, NOW)
    composed = compose_letter(attorney, case, "client", NOW)
    assert composed.pdf is None
    assert [one.rule for one in composed.blocked_by] == ["SAFE_CONTACT"]
