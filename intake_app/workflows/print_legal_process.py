"""The checklist for legal process, as a page to print and lay beside the telephone."""

from datetime import datetime

from intake_app.documents.legal_process_sheet import legal_process_sheet
from intake_app.store.office import Office
from intake_app.workflows.shipped import legal_process, letter_fonts


def print_legal_process(office: Office, now: datetime) -> bytes:
    """One page as PDF, for every member. Raises `AppError` where it can't be drawn."""
    return legal_process_sheet(
        legal_process(), office.profile.name, office.today(now), letter_fonts()
    )
