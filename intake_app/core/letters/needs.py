"""Facts that several kinds of letter need, each as people call it and where it is answered."""

from intake_app.core.casefile import Charge, Custody, Detainer, Person
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.rules import Need
from intake_app.core.vocabulary import DetainerForm

CUSTODY = "Arrest and custody"


def _form_known(facts: LetterFacts) -> bool:
    detainer = facts.detainer
    return detainer is not None and detainer.form not in (None, DetainerForm.UNKNOWN)


NAME = Need(
    "Name of the person",
    "Given name or Surname",
    "Person",
    Person,
    "surname",
    lambda facts: bool(facts.name),
)
BOOKING = Need(
    "Booking number",
    "Booking number",
    "Person",
    Person,
    "booking_number",
    lambda facts: bool(facts.booking_number),
)
FACILITY = Need(
    "Facility",
    "Held at",
    CUSTODY,
    Custody,
    "facility",
    lambda facts: bool(facts.custody.facility),
)
STATE = Need(
    "Its state",
    "Facility state",
    CUSTODY,
    Custody,
    "facility_state",
    lambda facts: bool(facts.state),
)
FORM = Need("Detainer and its form", "Form", "Detainers", Detainer, "form", _form_known)
OUTCOME = Need(
    "Outcome of a charge",
    "Outcome (“Pending” is an answer)",
    "Charges",
    Charge,
    "outcome",
    lambda facts: bool(facts.known_charges),
)
RELEASE = Need(
    "What should free the person",
    "What should free the person, or Release due",
    CUSTODY,
    Custody,
    "release_expected",
    lambda facts: facts.release_known,
)

TO_A_JAIL = (NAME, BOOKING, FACILITY, STATE, FORM, OUTCOME, RELEASE)
"""In the order in which an intake asks for them."""
