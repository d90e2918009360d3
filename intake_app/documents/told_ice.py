"""What the placeholders of letters to ICE stand for: no birthplace, entry or relative's name."""

from intake_app.core.casefile import (
    Charge,
    Custody,
    Dependent,
    Detainer,
    Immigration,
    Person,
    Protection,
)
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.facts_ice import IceFacts
from intake_app.core.letters.facts_records import RecordsFacts
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import CitizenClaim, FactGroup, ProtectedPlace, StatusClaimed
from intake_app.documents.fact_used import FactUsed, greeting, issued_in_words, of
from intake_app.documents.letter_words import (
    charges_in_words,
    form_in_words,
    moment_in_words,
    number_in_words,
    partial_in_words,
)

_STATUS = {
    StatusClaimed.LPR: "a lawful permanent resident",
    StatusClaimed.REFUGEE: "a refugee or asylee",
    StatusClaimed.TPS: "a holder of Temporary Protected Status",
    StatusClaimed.NONIMMIGRANT: "a person lawfully admitted as a nonimmigrant",
}

_CITIZEN = {
    CitizenClaim.DOCUMENTED: "is a citizen of the United States",
    CitizenClaim.CLAIMS: "claims to be a citizen of the United States",
    CitizenClaim.DERIVATIVE: "may be a citizen of the United States through a parent",
}

_PLACES = {
    ProtectedPlace.SHELTER: "a shelter",
    ProtectedPlace.RAPE_CRISIS: "a rape crisis center",
    ProtectedPlace.COURTHOUSE: "a courthouse",
}


def told_to_ice(facts: LetterFacts) -> dict[str, FactUsed]:
    """The facts of a request to cancel a detainer."""
    ice, detainer = facts.of(IceFacts), facts.detainer
    place = _PLACES[ice.place] if ice.place else ""
    status = _STATUS[ice.status] if ice.status else ""
    citizen = _CITIZEN[ice.citizen] if ice.citizen else ""
    abuser = "a person who abused the person named in the detainer" if ice.told_by_abuser else ""
    issued = detainer.issued_on if detainer else None
    return {
        **_identifiers(facts, ice.born, ice.a_number),
        "facility.name": of(Custody, "facility", facts.custody.facility or ""),
        "detainer.form": of(Detainer, "form", form_in_words(detainer)),
        "detainer.issued": of(Detainer, "issued_on", issued_in_words(issued)),
        "ice.status": of(Immigration, "status_claimed", status, FactGroup.IMMIGRATION),
        "ice.citizen": of(Person, "us_citizen_claim", citizen, FactGroup.IMMIGRATION),
        "ice.abuser": of(Protection, "told_by_abuser", abuser, FactGroup.VICTIM),
        "ice.place": of(Protection, "protected_place", place, FactGroup.VICTIM),
        "ice.medical_need": of(Person, "medical_need", ice.medical_need, FactGroup.HEALTH),
        "ice.children": of(Dependent, "age", _children(ice), FactGroup.FAMILY),
        "charges.standing": of(
            Charge, "outcome", charges_in_words(facts.known_charges), FactGroup.CHARGES
        ),
        "reply.by": FactUsed("Answer asked for by", moment_in_words(facts.reply_by)),
        "addressee.greeting": FactUsed("", greeting(facts.addressee, "Field Office Director")),
        "office.name": FactUsed("", facts.letterhead.name),
    }


def told_to_ice_records(facts: LetterFacts) -> dict[str, FactUsed]:
    """The facts of a request for the client's own file at ICE."""
    records = facts.of(RecordsFacts)
    return {
        **_identifiers(facts, records.born, records.a_number),
        **authorization(records),
        "addressee.greeting": FactUsed("", facts.addressee.name or "Records Officer"),
        "office.name": FactUsed("", facts.letterhead.name),
    }


def authorization(records: RecordsFacts) -> dict[str, FactUsed]:
    """The days of the client's authorization."""
    signed, ends = records.signed_on, records.ends_on
    return {
        "authorization.signed": FactUsed(
            "Authorization signed on", partial_in_words(PartialDate.of(signed)) if signed else ""
        ),
        "authorization.ends": FactUsed(
            "Authorization ends on", partial_in_words(PartialDate.of(ends)) if ends else ""
        ),
    }


def _identifiers(
    facts: LetterFacts, born: PartialDate | None, a_number: str
) -> dict[str, FactUsed]:
    return {
        "person.name": FactUsed("Name", facts.name, Person, "surname"),
        "person.born": of(Person, "born", partial_in_words(born) if born else ""),
        "person.a_number": of(Person, "a_number", a_number),
    }


def _children(ice: IceFacts) -> str:
    if not ice.minors:
        return ""
    several = "children under eighteen depend" if ice.minors > 1 else "child under eighteen depends"
    return f"{number_in_words(ice.minors)} {several}".capitalize()
