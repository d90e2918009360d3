"""What the LSC category does not agree with (45 C.F.R. part 1626), said beside that question only.

The category is a protected answer: some say that a person is a victim. Whoever can't open it is
told nothing here, not even that it is missing.
"""

from collections.abc import Iterator

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Household, Immigration, Person, Protection, questions_for
from intake_app.core.findings import Finding, Setting, Weight
from intake_app.core.vocabulary import (
    CitizenClaim,
    FundingCode,
    LscCategory,
    StatusClaimed,
    YesNo,
)

FIELD = "lsc_category"

# In the third, 1626.4(a)(1)(ii), somebody else than the person may be the victim.
_OWN_ABUSE = (LscCategory.ABUSE, LscCategory.TRAFFICKING)
_NO_CITIZEN = (LscCategory.ELIGIBLE_STATUS, LscCategory.INELIGIBLE)
_NOT_LSC = (LscCategory.INELIGIBLE, LscCategory.OTHER_FUNDS)
_NO_STATUS = (StatusClaimed.EWI, StatusClaimed.OVERSTAY, StatusClaimed.FINAL_ORDER)

_ASK = "45 C.F.R. part 1626; check with your director."


def lsc_findings(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    """Beside the category: missing, or not in agreement with another answer. Refuses nothing."""
    if all(asked.name != FIELD for asked in questions_for(setting.role, Household)):
        return
    category = case.one(Household).lsc_category
    said = _missing(case) if category is None else _contradictions(case, category)
    for weight, words in said:
        yield Finding(weight, words, Household, why=_ASK, field=FIELD)


def _missing(case: CaseFile) -> Iterator[tuple[Weight, str]]:
    household = case.one(Household)
    if household.funding is FundingCode.LSC:
        yield Weight.WARN, "LSC pays for this case, and the category is not chosen yet."
    elif household != Household():
        yield Weight.NOTE, "Not chosen yet: before LSC funds pay for anything, it must be."


def _contradictions(case: CaseFile, category: LscCategory) -> Iterator[tuple[Weight, str]]:
    household, person = case.one(Household), case.one(Person)
    protection, immigration = case.one(Protection), case.one(Immigration)
    claim, status = person.us_citizen_claim, immigration.status_claimed
    if category in _NOT_LSC and household.funding is FundingCode.LSC:
        yield Weight.WARN, "This category is not paid for by LSC, but “Funding” says LSC."
    if category is LscCategory.CITIZEN:
        if claim is CitizenClaim.NO or status not in (
            None,
            StatusClaimed.CITIZEN,
            StatusClaimed.UNKNOWN,
            StatusClaimed.DECLINED,
        ):
            yield Weight.WARN, "Another answer says that the person is no U.S. citizen."
        if household.attested_on is None:
            yield Weight.NOTE, "The attestation, on its own signature line, has no date yet."
    if category in _NO_CITIZEN and claim is CitizenClaim.DOCUMENTED:
        yield Weight.WARN, "The person is a documented U.S. citizen, as “U.S. citizen” says."
    if category is LscCategory.ELIGIBLE_STATUS and status in _NO_STATUS:
        yield Weight.WARN, "The status the person told does not go with an eligible status."
    if category in _OWN_ABUSE and protection.survivor is YesNo.NO and _no_other(protection):
        yield Weight.WARN, "Under Protection the person is no survivor, and nothing else is noted."
    if category is LscCategory.INELIGIBLE and _maybe_victim(protection, immigration):
        yield (
            Weight.WARN,
            "Victims may be helped whatever their status, in what is related to it: look again.",
        )


def _no_other(protection: Protection) -> bool:
    """Whether no other victim fact is noted: trafficking need not be domestic violence."""
    return not protection.abuse_kinds and protection.other_victimization is None


def _maybe_victim(protection: Protection, immigration: Immigration) -> bool:
    return (
        protection.survivor is YesNo.YES
        or immigration.pending_vawa_t_u is YesNo.YES
        or not _no_other(protection)
    )
