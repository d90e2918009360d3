"""Words a person typed that a letter must not carry to its recipient.

Alienage, birthplace, manner of entry, the A-number, status, names of relatives and victim facts
are never told to a jail. What nobody can tell from a list of words, a reader must see: this is a
net, not a promise.
"""

import re
from collections.abc import Container, Iterator
from re import Pattern

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Abuser, Custody, Dependent, Intake, Person
from intake_app.core.letters.kinds import Recipient
from intake_app.core.names import fold, written_name
from intake_app.core.vocabulary import FactGroup

_NEVER_SAY = re.compile(
    r"\b(alien\w*|undocumented|illegal\w*|unlawful\w*|immigra\w*|noncitizen\w*|citizen\w*|visa\w*|"
    r"green card|border|deport\w*|removal|removable|asylum|refugee\w*|tps|daca|undoc\w*|"
    r"overstay\w*|victim\w*|abus\w*|domestic|violence|batter\w*|rape\w*|"
    r"traffick\w*|shelter\w*|survivor\w*|protective order|restraining order|u visa|vawa)\b"
)
_RELATIVES = re.compile(
    r"\b(wife|husband|spouse|partner|mother|father|mom|dad|sister|brother|son|daughter|cousin|"
    r"aunt|uncle|nephew|niece|grand\w+|girlfriend|boyfriend|fianc\w+|child|children|kids?)\b"
)
_STATUS = re.compile(
    r"\b(aliens?|alienage|undocumented|undoc\w*|illegals?|illegal (alien|immigrant|entry|status)s?|"
    r"illegally (here|present|entered|crossed)|(un)?lawful(ly)? (present|presence|admitted|entry)|"
    r"unlawful status|lawful status|immigrants?|migrants?|noncitizens?|non citizens?|"
    r"citizen\w*|visas?|green card|permanent resident|work permit|crossed|smuggled|inspected|"
    r"deport\w*|removable|removal|asylum\w*|refugee\w*|tps|daca|overstay\w*|"
    r"born in|birthplace|native of|national of|country of (birth|origin)|homeland|a number|"
    r"entered (the|without|with|illegally|unlawfully)|entry without|came (from|to the)|ewi)\b"
)
_ENTRY = re.compile(
    r"\b(undocumented|undoc\w*|illegals?|illegal (alien|immigrant|entry|status)s?|"
    r"illegally (here|present|entered|crossed)|unlawful(ly)? (present|presence|entry)|"
    r"crossed|smuggled|overstay\w*|removable|deportable|"
    r"entered (without|illegally|unlawfully)|entry without|ewi)\b"
)
_VICTIM = re.compile(
    r"\b(victim\w*|abus\w*|domestic|violence|batter\w*|rape\w*|traffick\w*|shelter\w*|"
    r"survivor\w*|protective order|restraining order|u (visa|status|certification)|vawa|"
    r"assaulted|stalk\w*|molest\w*)\b"
)

_STATUS_MAY_BE_TOLD = frozenset({Recipient.ICE, Recipient.ICE_RECORDS, Recipient.CERTIFIER})
_OWN_NUMBER = frozenset({Recipient.ICE, Recipient.ICE_RECORDS, Recipient.CERTIFIER})


def free_text_problem(text: str, case: CaseFile) -> str:
    """Why an answer of the case may not be printed in a letter to a jail; empty where it may."""
    folded = f" {fold(text)} "
    if _holds_number(text, case):
        return "it holds a number that is kept from the jail"
    if _NEVER_SAY.search(folded):
        return "it speaks of immigration, or of a victim"
    if _RELATIVES.search(folded) or _names_another(folded, case):
        return "it speaks of a relative or of another person"
    return "it names a country" if _names_country(folded, case) else ""


def added_words_problem(
    text: str, case: CaseFile, to: Recipient, opened: Container[FactGroup]
) -> str:
    """Why words a person put into a letter may not go to this recipient; empty where they may.

    opened: the groups of facts a consent opens for it. Status stays closed to a jail whatever a
    consent says. A letter to the client may say anything of her own.
    """
    if to is Recipient.CLIENT:
        return ""
    folded = f" {fold(text)} "
    if to not in _OWN_NUMBER and _holds_number(text, case):
        return "they hold a number that is kept from the recipient"
    if _status_words(to).search(folded):
        return "they tell of alienage, of status or of how somebody came"
    if to not in _STATUS_MAY_BE_TOLD and _names_country(folded, case):
        return "they name a country the person comes from"
    if FactGroup.VICTIM not in opened and _VICTIM.search(folded):
        return "they speak of a victim, and no consent opens that to this recipient"
    if FactGroup.FAMILY not in opened and _names_another(folded, case):
        return "they name a relative or another person of the case"
    return ""


def _status_words(to: Recipient) -> Pattern[str]:
    return _ENTRY if to in _STATUS_MAY_BE_TOLD else _STATUS


def _holds_number(text: str, case: CaseFile) -> bool:
    digits = re.sub(r"\D", "", text)
    return any(number in digits for number in _numbers(case.one(Person)))


def _names_another(folded: str, case: CaseFile) -> bool:
    own = set(fold(written_name(case.one(Person))).split())
    others = {word for name in _other_people(case) for word in fold(name).split()} - own
    return any(len(word) > 2 and f" {word} " in folded for word in others)


def _names_country(folded: str, case: CaseFile) -> bool:
    person, facility = case.one(Person), case.one(Custody).facility_state
    return any(
        f" {fold(country.label)} " in folded
        for country in (person.country_of_birth, person.citizenship)
        # Georgia is a state too.
        if country is not None and not (facility and fold(facility.label) == fold(country.label))
    )


def _numbers(person: Person) -> Iterator[str]:
    for value in (person.a_number, person.state_id, person.fbi_number, person.passport):
        digits = re.sub(r"\D", "", value or "")
        if len(digits) >= 5:
            yield digits


def _other_people(case: CaseFile) -> Iterator[str]:
    yield case.one(Intake).caller_name or ""
    for dependent in case.all(Dependent):
        yield dependent.name or ""
    for abuser in case.all(Abuser):
        yield abuser.name or ""
