"""Letter K6, the notice of a detainer to defense counsel, a prosecutor or a judge."""

from collections.abc import Iterable
from enum import StrEnum

from intake_app.core.casefile import Charge, Custody, Protection
from intake_app.core.letters import needs
from intake_app.core.letters.facts_court import CourtFacts
from intake_app.core.letters.rules import (
    Asked,
    Blocker,
    KindRules,
    Need,
    WhoCanOpen,
    addressed,
    consent_over,
    detainer_stands,
    fact_consent,
    to_the_client,
)
from intake_app.core.roles import Role

OPTIONAL = ("D01", "L07")


class Say(StrEnum):
    """Parts of the letter; what it speaks of has the keys of `kinds.COURT_NOTICE`."""

    PLEA = "plea"
    BOND = "bond"
    TWELVE_DAYS = "twelve_days"
    WITNESS = "witness"


def _attorney(asked: Asked) -> Iterable[Blocker]:
    if asked.role is not Role.ATTORNEY:
        yield Blocker(
            "ATTORNEY",
            "Only an attorney writes to the court’s side: what the client told this office is "
            "privileged. Ask an attorney to write this notice.",
            WhoCanOpen.ATTORNEY,
        )


def _chosen(asked: Asked) -> Iterable[Blocker]:
    if Say.TWELVE_DAYS in asked.options.grounds and asked.facts.state not in ("FL", ""):
        yield Blocker(
            "GROUND_FACT",
            "The 12 days are Florida’s rule. Leave them out in another state.",
            WhoCanOpen.CASEWORKER,
            asked=(Custody, "facility_state"),
        )
    if Say.WITNESS in asked.options.grounds and not asked.facts.of(CourtFacts).survivor:
        yield Blocker(
            "GROUND_FACT",
            "The file does not say that the client is a survivor. Answer that under Protection, "
            "or leave it out.",
            WhoCanOpen.CASEWORKER,
            asked=(Protection, "survivor"),
        )


CASE_NUMBER = Need(
    "Court case number", "Court case no.", "Charges", Charge, "court_case_number",
    lambda facts: bool(facts.of(CourtFacts).cases),
)  # fmt: skip

NEEDS: tuple[Need, ...] = (
    needs.NAME, CASE_NUMBER, needs.FACILITY, needs.STATE, needs.FORM,
)  # fmt: skip


def _parts(asked: Asked, citable: frozenset[str]) -> Iterable[str]:
    grounds = asked.options.grounds
    if Say.PLEA in grounds and "D01" in citable:
        yield Say.PLEA
    if Say.BOND in grounds:
        yield Say.BOND
    if Say.TWELVE_DAYS in grounds and asked.facts.state == "FL" and "L07" in citable:
        yield Say.TWELVE_DAYS
    if Say.WITNESS in grounds:
        yield Say.WITNESS


def _warnings(asked: Asked, _say: frozenset[str]) -> Iterable[str]:
    yield "Read it for anything the client said in confidence: nothing privileged may stand in it."
    yield "A prosecutor and a judge read it too, or get it passed on. Choose what it speaks of."
    words = f"{asked.facts.addressee.title} {asked.facts.addressee.agency}".lower()
    if any(word in words for word in ("judge", "court", "magistrate", "clerk")):
        yield "A letter to a judge goes to every party: name defense and prosecution under “cc”."
    if any(charge.next_court_at is None for charge in asked.facts.charges):
        yield "The next court date of a charge is not on file."


RULES = KindRules(
    needs=NEEDS,
    case_rules=(
        detainer_stands("There is nothing to give notice of."), addressed, fact_consent,
        to_the_client, consent_over,
    ),
    rules=(_attorney, _chosen),
    required=(),
    optional=OPTIONAL,
    say=Say,
    parts=_parts,
    warnings=_warnings,
)  # fmt: skip
