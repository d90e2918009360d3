"""Envelopes and labels for letters, in memory."""

from collections.abc import Sequence
from datetime import datetime

from intake_app.core.casefile import Person
from intake_app.core.errors import AppError
from intake_app.core.letters.kinds import Recipient
from intake_app.core.names import written_name
from intake_app.core.roles import Act, require
from intake_app.core.safe_contact import Refusal, where_to_write
from intake_app.documents.envelope import envelope
from intake_app.documents.labels import label_sheets
from intake_app.store.office import Office
from intake_app.workflows import shipped
from intake_app.workflows.letter_sources import kind_of
from intake_app.workflows.open_case import look_into_case


def letter_envelope(
    office: Office,
    case_id: int,
    kind: str,
    address: tuple[str, ...],
    now: datetime,
    *,
    plain: bool = False,
) -> bytes:
    """The envelope of a letter as a PDF of its own size; `address` is `Letter.address`.

    plain: without the office's return address. An envelope to the client is addressed as safe
    contact says today, whatever the letter said, and is plain where the client asked for that.
    Raises `AppError` where nothing may be addressed to the client, or there is no address.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    if kind_of(office, kind).to is Recipient.CLIENT:
        address, must_be_plain = _to_client(office, case_id, now)
        plain = plain or must_be_plain
    profile = office.profile
    sender = () if plain else (profile.name, *_postal(profile.letterhead))
    return envelope(address, sender, shipped.letter_fonts())


def address_labels(office: Office, addresses: Sequence[tuple[str, ...]], first: int = 1) -> bytes:
    """Sheets of 30 labels as a PDF, beginning with label `first`; raise `AppError`."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    return label_sheets(addresses, shipped.letter_fonts(), first)


def _to_client(office: Office, case_id: int, now: datetime) -> tuple[tuple[str, ...], bool]:
    case = look_into_case(office, case_id, now)
    where = where_to_write(case, office.today(now))
    if isinstance(where, Refusal):
        raise AppError(where.sentence)
    return (written_name(case.one(Person)), *where.lines), where.plain


def _postal(letterhead: str) -> tuple[str, ...]:
    """The lines of a letterhead that are an address: no telephone, fax, e-mail or web page."""
    marks = ("@", "www.", "http", "tel", "phone", "fax", "(")
    return tuple(
        line for line in letterhead.splitlines() if not any(m in line.lower() for m in marks)
    )
