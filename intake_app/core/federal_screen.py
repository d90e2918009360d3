"""A screen for 8 U.S.C. § 1226(c): whom the federal government must take into custody.

Paragraph (1)(E), added by the Laken Riley Act, has two elements, and they are kept apart here.
The second, a listed offense that the person is charged with, arrested for, convicted of or admits,
is on file and is screened. The first, inadmissibility under 8 U.S.C. § 1182(a)(6)(A), (6)(C) or
(7), is a legal judgment that an attorney makes; the program neither makes nor records it, for a
note of it would be a concession.

Paragraphs (1)(A) to (D) are only pointed at: which convictions an attorney looks at first.
Source: 8 U.S.C. § 1226(c)(1)–(3), as amended by Pub. L. No. 119-1 (2025).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from intake_app.core.casefile import Charge
from intake_app.core.convictions import Answer, under_immigration_law
from intake_app.core.vocabulary import ChargeCategory, ListedOffense, YesNo

LISTED = "8 U.S.C. § 1226(c)(1)(E)"
ACT = "Laken Riley Act, Pub. L. No. 119-1 (2025), codified at 8 U.S.C. § 1226(c)(1)(E), (c)(2)–(3)"
CUSTODY_LIST = "8 U.S.C. § 1226(c)(1)(A)–(D)"

FIRST_ELEMENT = (
    "The other element, inadmissibility under 8 U.S.C. § 1182(a)(6)(A), (6)(C) or (7), is for an "
    "attorney to judge. It is not recorded here, and nobody says it to the jail or to ICE."
)
CONSEQUENCE = (
    "If the law’s other element is met too, it directs the federal government to issue a detainer "
    "and to take custody if nobody else holds the person. It does not command the jail. A request "
    "that ICE lift the detainer is unlikely to succeed: an attorney decides whether to send one. "
    "Do not volunteer how the person came into the country."
)
MEANING = (
    "What burglary, theft, larceny, shoplifting, assault of an officer and serious bodily injury "
    "mean is the law of the place where it happened."
)

YEAR_IN_DAYS = 365


class Present(Enum):
    """Whether an element is there."""

    YES = "present"
    NO = "not present"
    UNKNOWN = "not known"


@dataclass(frozen=True)
class FederalScreen:
    """What the charges on file say.

    listed: the second element of (1)(E). offenses: which of its offenses, each once. unasked: the
    charges of which nobody has said whether they are listed. to_screen: the convictions, certain or
    for an attorney to decide, that an attorney holds against (1)(A) to (D); grounds: what she looks
    at first, in words.
    """

    listed: Present
    offenses: tuple[ListedOffense, ...]
    unasked: int
    to_screen: int
    grounds: tuple[str, ...]


def is_listed(charge: Charge) -> Present:
    """Whether one charge names an offense of (1)(E)(ii); how it ended makes no difference."""
    if charge.listed_offense in (None, ListedOffense.UNKNOWN):
        return Present.UNKNOWN
    return Present.NO if charge.listed_offense is ListedOffense.NONE else Present.YES


def federal_screen(charges: Sequence[Charge]) -> FederalScreen:
    """Screen the charges of a case. "Not present" speaks of these charges only."""
    found = [is_listed(charge) for charge in charges]
    offenses = dict.fromkeys(
        charge.listed_offense
        for charge, present in zip(charges, found, strict=True)
        if present is Present.YES and charge.listed_offense is not None
    )
    listed = Present.NO
    if Present.YES in found:
        listed = Present.YES
    elif not found or Present.UNKNOWN in found:
        listed = Present.UNKNOWN
    maybe = [
        charge
        for charge in charges
        if under_immigration_law(charge).answer in (Answer.YES, Answer.ATTORNEY)
    ]
    return FederalScreen(
        listed=listed,
        offenses=tuple(offenses),
        unasked=found.count(Present.UNKNOWN),
        to_screen=len(maybe),
        grounds=tuple(_grounds(maybe)),
    )


def _grounds(maybe: Sequence[Charge]) -> Iterator[str]:
    if any(charge.aggravated_felony is YesNo.YES for charge in maybe):
        yield "one is marked as an aggravated felony"
    if any(charge.category is ChargeCategory.DRUG for charge in maybe):
        yield "one is about drugs"
    if any((charge.sentence_days or 0) >= YEAR_IN_DAYS for charge in maybe):
        yield "one has a sentence of a year or more"
