"""Letter K3, the request that ICE cancel a detainer: its grounds, rules and parts."""

from collections.abc import Iterable
from enum import StrEnum

from intake_app.core.casefile import (
    Charge,
    Dependent,
    Detainer,
    Immigration,
    Person,
    Protection,
)
from intake_app.core.convictions import Answer, under_immigration_law
from intake_app.core.detainer_review import FlagId
from intake_app.core.federal_screen import Present
from intake_app.core.letters import needs
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.facts_ice import IceFacts
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
from intake_app.core.vocabulary import FacilityKind, ProtectedPlace

OPTIONAL = ("P01", "V05", "V06", "F13")


class Say(StrEnum):
    """Parts of the letter; the grounds have the keys of `kinds.CANCEL`."""

    CITIZEN = "citizen"
    STATUS = "status"
    WRONG_PERSON = "wrong_person"
    NO_CAUSE = "no_cause"
    NO_BASIS = "no_basis"
    NO_WARRANT = "no_warrant"
    NO_ARREST = "no_arrest"
    NO_CONVICTION = "no_conviction"
    ABUSER_SOURCE = "abuser_source"
    PROTECTED_PLACE = "protected_place"
    MEDICAL = "medical"
    CARETAKER = "caretaker"
    POLICY = "policy"


GROUND_KEYS = frozenset(Say) - {Say.NO_BASIS, Say.NO_WARRANT, Say.POLICY}


def _chosen(asked: Asked) -> frozenset[str]:
    return asked.options.grounds & GROUND_KEYS


def no_conviction(facts: LetterFacts) -> bool:
    """Whether ICE may be told that no charge ended in a conviction: INA § 101(a)(48)(A)."""
    return bool(facts.charges) and all(
        under_immigration_law(charge).answer is Answer.NO for charge in facts.charges
    )


def _flagged(facts: LetterFacts, *flags: FlagId) -> bool:
    """Whether the review of the detainer's form raised one of these."""
    return any(flag.id in flags for flag in facts.flags)


def _borne_out(key: str, facts: LetterFacts) -> bool:
    """Whether the file holds what a ground says."""
    ice = facts.of(IceFacts)
    match key:
        case Say.CITIZEN:
            return ice.citizen is not None
        case Say.STATUS:
            return ice.status is not None
        case Say.WRONG_PERSON:
            return _flagged(facts, FlagId.WRONG_PERSON)
        case Say.NO_CAUSE:
            return _flagged(facts, FlagId.NO_BASIS, FlagId.NO_WARRANT)
        case Say.NO_ARREST:
            return ice.no_crime
        case Say.ABUSER_SOURCE:
            return ice.told_by_abuser
        case Say.PROTECTED_PLACE:
            return ice.place is not None
        case Say.MEDICAL:
            return bool(ice.medical_need)
        case Say.CARETAKER:
            return ice.minors > 0
        case _:
            return True


_WHERE: dict[str, tuple[str, str, type, str]] = {
    Say.CITIZEN: ("U.S. citizen", "Person", Person, "us_citizen_claim"),
    Say.STATUS: ("Status, as the person says", "Immigration", Immigration, "status_claimed"),
    Say.WRONG_PERSON: (
        "Name, birth date and A-number are the person’s", "Detainers", Detainer, "person_matches",
    ),
    Say.NO_CAUSE: ("Box ticked” and “Warrant attached", "Detainers", Detainer, "box"),
    Say.NO_ARREST: ("Level", "Charges", Charge, "level"),
    Say.ABUSER_SOURCE: ("ICE was told by the abuser", "Protection", Protection, "told_by_abuser"),
    Say.PROTECTED_PLACE: ("Arrested at", "Protection", Protection, "protected_place"),
    Say.MEDICAL: ("Medical need in custody", "Person", Person, "medical_need"),
    Say.CARETAKER: ("Age", "Dependents", Dependent, "age"),
}  # fmt: skip


def _grounds(asked: Asked) -> Iterable[Blocker]:
    chosen = _chosen(asked)
    if not chosen:
        yield Blocker(
            "GROUND",
            "Choose at least one reason why ICE should cancel the detainer.",
            WhoCanOpen.CASEWORKER,
        )
    if {Say.CITIZEN, Say.STATUS} <= chosen:
        yield Blocker(
            "GROUND",
            "A citizen and a person with lawful status are two different things. Choose one.",
            WhoCanOpen.CASEWORKER,
        )
    for key in sorted(chosen):
        if key == Say.NO_CONVICTION and not no_conviction(asked.facts):
            yield Blocker(
                "NO_CONVICTION",
                "ICE may be told that no charge ended in a conviction only where that is so of "
                "every charge under 8 U.S.C. § 1101(a)(48)(A). A withheld adjudication may be "
                "one. An attorney answers that under Charges.",
                WhoCanOpen.ATTORNEY,
                asked=(Charge, "immigration_conviction"),
            )
        elif not _borne_out(key, asked.facts):
            question, section, record, field = _WHERE[key]
            yield Blocker(
                "GROUND_FACT",
                f"The file does not bear out a reason you chose. Answer “{question}” under "
                f"{section}, or leave that reason out.",
                WhoCanOpen.CASEWORKER,
                asked=(record, field),
            )


def _screen(asked: Asked) -> Iterable[Blocker]:
    """The Laken Riley Act and § 1226(c): an attorney signs off; not known is not no."""
    screen = asked.facts.of(IceFacts).screen
    why = []
    if screen.listed is Present.YES:
        why.append("a charge on file is one that 8 U.S.C. § 1226(c)(1)(E) lists")
    if screen.listed is Present.UNKNOWN:
        why.append("it is not known of every charge whether 8 U.S.C. § 1226(c)(1)(E) lists it")
    if screen.to_screen:
        why.append("a conviction, or what may be one, must be held against 8 U.S.C. § 1226(c)(1)")
    if why:
        yield Blocker(
            "LRA",
            f"An attorney decides whether to ask ICE at all: {'; '.join(why)}. Federal law may "
            "direct ICE to issue this detainer, and a letter draws its eye.",
            WhoCanOpen.ATTORNEY,
            override=True,
            asked=(Charge, "listed_offense"),
        )


def _held_by_a_jail(facts: LetterFacts) -> Iterable[Blocker]:
    if facts.out_of_custody or facts.custody.facility_kind is FacilityKind.ICE:
        yield Blocker(
            "NOT_IN_CUSTODY",
            "The file says that no local jail holds the person any more. If that is wrong, mend "
            "it under Arrest and custody.",
            WhoCanOpen.CASEWORKER,
        )


BORN = Need(
    "Date of birth", "Date of birth", "Person", Person, "born",
    lambda facts: facts.of(IceFacts).born is not None,
)  # fmt: skip

NEEDS: tuple[Need, ...] = (needs.NAME, BORN, needs.FACILITY, needs.FORM)


def _parts(asked: Asked, citable: frozenset[str]) -> Iterable[str]:
    chosen, facts = _chosen(asked), asked.facts
    law = {Say.ABUSER_SOURCE: "V05", Say.PROTECTED_PLACE: "V06", Say.NO_CONVICTION: "F13"}
    # A ground that rests on a law which may not be cited today is not pleaded.
    yield from (key for key in chosen if law.get(Say(key), "") in ("", *citable))
    if "P01" in citable:
        if {Say.NO_CAUSE, Say.NO_ARREST} & chosen:
            yield Say.POLICY
        if Say.NO_CAUSE in chosen and _flagged(facts, FlagId.NO_BASIS):
            yield Say.NO_BASIS
        if Say.NO_CAUSE in chosen and _flagged(facts, FlagId.NO_WARRANT):
            yield Say.NO_WARRANT


def _warnings(asked: Asked, say: frozenset[str]) -> Iterable[str]:
    ice = asked.facts.of(IceFacts)
    lost = _chosen(asked) - say
    if lost:
        yield "A reason you chose rests on a law that may not be cited today; it is left out."
    if not asked.facts.consent_recorded:
        yield "No signed consent to representation or to a letter is on file."
    if (ice.citizen or ice.status) and not {Say.CITIZEN, Say.STATUS} & say:
        yield "The person may be a citizen or have lawful status. Ask an attorney at once."
    if {Say.ABUSER_SOURCE, Say.PROTECTED_PLACE} & say:
        yield (
            "ICE’s guidance of January 31, 2025 (11005.4) does not ask its officers to weigh "
            "that a person is a victim. The letter rests on the statute alone."
        )
    if Say.PROTECTED_PLACE in say and ice.place is ProtectedPlace.COURTHOUSE:
        yield "The statute speaks of a courthouse visit about a protection order: confirm that."
    if not ice.a_number:
        yield "No A-number is on file; ICE finds the person by name and date of birth."
    yield "Say nothing more to ICE of where the person was born or came from."


def _adverse(asked: Asked) -> Iterable[str]:
    yield "F09"
    yield "F10"
    if {Say.ABUSER_SOURCE, Say.PROTECTED_PLACE} & _chosen(asked):
        yield "V17"


RULES = KindRules(
    needs=NEEDS,
    case_rules=(
        detainer_stands("There is nothing left to cancel."), _held_by_a_jail, addressed,
        fact_consent, to_the_client, consent_over,
    ),
    rules=(_grounds, _screen),
    required=(),
    optional=OPTIONAL,
    say=Say,
    parts=_parts,
    warnings=_warnings,
    adverse=_adverse,
)  # fmt: skip
