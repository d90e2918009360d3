"""Letters K5, requests for the client's own records: of a jail, and of ICE."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from intake_app.core.casefile import Consent, Person
from intake_app.core.letters import needs
from intake_app.core.letters.addressees import recipient_of
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.facts_records import RecordsFacts
from intake_app.core.letters.rules import (
    Asked,
    Blocker,
    KindRules,
    Need,
    WhoCanOpen,
    addressed,
    consent_over,
    to_the_client,
)


class Say(StrEnum):
    """Parts of the letter to a jail."""

    FLORIDA = "florida"
    FEDERAL_RULE = "federal_rule"


class SayToIce(StrEnum):
    """Parts of the letter to ICE: none depends on the case."""


def authorized(facts: LetterFacts) -> Iterable[Blocker]:
    """The client's own signed authorization, for exactly this keeper of records."""
    if facts.of(RecordsFacts).signed_on is None and recipient_of(facts.addressee):
        yield Blocker(
            "AUTHORIZATION",
            "There is no authorization by the client in force for "
            f"{recipient_of(facts.addressee)}. Record one under Consent that allows “Getting the "
            "client’s own records” and names this recipient exactly so.",
            WhoCanOpen.CASEWORKER,
            asked=(Consent, "kind"),
        )


JAIL_NEEDS: tuple[Need, ...] = (needs.NAME, needs.BOOKING, needs.FACILITY, needs.STATE)

ICE_NEEDS: tuple[Need, ...] = (
    needs.NAME,
    Need(
        "Date of birth", "Date of birth", "Person", Person, "born",
        lambda facts: facts.of(RecordsFacts).born is not None,
    ),
)  # fmt: skip


def _parts(asked: Asked, citable: frozenset[str]) -> Iterable[str]:
    if asked.facts.state == "FL" and "L02" in citable:
        yield Say.FLORIDA
    if "F14" in citable:
        yield Say.FEDERAL_RULE


def _warnings(asked: Asked, _say: frozenset[str]) -> Iterable[str]:
    yield "Enclose the signed authorization itself."
    if asked.facts.state:
        yield (
            "The letter does not cite the state’s public records law: no text of it has been "
            "checked. An attorney may add the citation."
        )


def _ice_warnings(asked: Asked, _say: frozenset[str]) -> Iterable[str]:
    yield "Enclose the signed authorization itself."
    if not asked.facts.of(RecordsFacts).a_number:
        yield "No A-number is on file; ICE finds the person by name and date of birth."


def _rules(
    needs: tuple[Need, ...],
    optional: tuple[str, ...],
    say: type[StrEnum],
    parts: Callable[[Asked, frozenset[str]], Iterable[str]],
    warnings: Callable[[Asked, frozenset[str]], Iterable[str]],
) -> KindRules:
    return KindRules(
        needs=needs,
        case_rules=(addressed, authorized, to_the_client, consent_over),
        rules=(),
        required=(),
        optional=optional,
        say=say,
        parts=parts,
        warnings=warnings,
    )


JAIL_RULES = _rules(JAIL_NEEDS, ("L02", "F14"), Say, _parts, _warnings)
ICE_RULES = _rules(ICE_NEEDS, (), SayToIce, lambda _asked, _citable: (), _ice_warnings)
