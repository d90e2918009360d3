"""The kinds of letter: to whom each goes, and which one fits a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake_app.core.vocabulary import AddresseeKind, FactGroup


class Recipient(StrEnum):
    """Who reads a letter. What a letter may know of a case hangs on this."""

    JAIL = "jail"
    ICE = "ice"
    CERTIFIER = "certifier"
    RECORDS = "records"
    ICE_RECORDS = "ice_records"
    COURT_SIDE = "court_side"
    CLIENT = "client"


@dataclass(frozen=True)
class Ground:
    """Something the writer of a letter may say, chosen by its key in `LetterOptions.grounds`.

    words: what the choice says. group: the facts it tells, which a consent must open first.
    """

    key: str
    words: str
    group: FactGroup | None = None


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter.

    key: its name in commands, and of its text in `resources/letters`. code: the kind in our law
    notes. directory: which entries of the office's directory it may be addressed to. like: for a
    kind the office wrote itself, the shipped kind whose gate it passes; empty for a shipped one.
    languages: in which its text ships. tells: the facts it can't do without, each of which a
    consent must open. grounds: what may be chosen; `grounds_title` says of what.
    """

    key: str
    title: str
    code: str
    to: Recipient
    directory: tuple[AddresseeKind, ...]
    like: str = ""
    languages: tuple[str, ...] = ("en",)
    tells: tuple[FactGroup, ...] = ()
    grounds: tuple[Ground, ...] = ()
    grounds_title: str = ""

    @property
    def gate(self) -> str:
        """The key of the kind whose rules and facts it has."""
        return self.like or self.key


DECLINE = LetterKind(
    "decline",
    "Request to decline the detainer",
    "K1-A",
    Recipient.JAIL,
    (AddresseeKind.JAIL, AddresseeKind.COUNSEL),
)

CANCEL = LetterKind(
    "cancel",
    "Request that ICE cancel the detainer",
    "K3",
    Recipient.ICE,
    (AddresseeKind.ICE,),
    grounds_title="Why ICE should cancel it",
    grounds=(
        Ground("citizen", "The person is a U.S. citizen", FactGroup.IMMIGRATION),
        Ground("status", "The person has lawful status", FactGroup.IMMIGRATION),
        Ground("wrong_person", "The detainer names somebody else"),
        Ground("no_cause", "The form shows no probable cause or warrant"),
        Ground("no_arrest", "There was no arrest for a crime", FactGroup.CHARGES),
        Ground("no_conviction", "No charge has ended in a conviction", FactGroup.CHARGES),
        Ground("abuser_source", "What ICE knows comes from an abuser", FactGroup.VICTIM),
        Ground("protected_place", "The arrest was at a shelter or courthouse", FactGroup.VICTIM),
        Ground("medical", "A medical need", FactGroup.HEALTH),
        Ground("caretaker", "Children depend on the person", FactGroup.FAMILY),
    ),
)

CERTIFY = LetterKind(
    "certify",
    "Request for a U certification",
    "K4",
    Recipient.CERTIFIER,
    (AddresseeKind.CERTIFIER, AddresseeKind.PROSECUTOR, AddresseeKind.JUDGE),
    tells=(FactGroup.VICTIM,),
)

JAIL_RECORDS = LetterKind(
    "jail_records",
    "Request for the jail’s records",
    "K5",
    Recipient.RECORDS,
    (AddresseeKind.RECORDS, AddresseeKind.JAIL),
)

ICE_RECORDS = LetterKind(
    "ice_records",
    "Request for ICE’s records",
    "K5",
    Recipient.ICE_RECORDS,
    (AddresseeKind.ICE_RECORDS, AddresseeKind.ICE),
)

COURT_NOTICE = LetterKind(
    "court_notice",
    "Notice to defense counsel, prosecutor or judge",
    "K6",
    Recipient.COURT_SIDE,
    (AddresseeKind.DEFENDER, AddresseeKind.PROSECUTOR, AddresseeKind.JUDGE),
    grounds_title="What it speaks of",
    grounds=(
        Ground("plea", "What a plea can mean"),
        Ground("bond", "When bond is posted"),
        Ground("twelve_days", "Florida’s 12 days before release"),
        Ground("witness", "The client is a survivor and may be a witness", FactGroup.VICTIM),
    ),
)

CLIENT = LetterKind(
    "client",
    "Explanation for the client",
    "K7",
    Recipient.CLIENT,
    (),
    languages=("en", "es", "ht"),
    grounds_title="What it tells",
    grounds=(
        Ground("decline", "We asked the jail not to hold the client for ICE"),
        Ground("conditions", "We asked the jail to check the detainer"),
        Ground("expired", "We asked the jail to release the client now"),
        Ground("cancel", "We asked ICE to cancel the detainer"),
        Ground("by_hand", "Handed over in person, without an address"),
    ),
)

CONDITIONS = LetterKind(
    "conditions",
    "Letter about the conditions of state law",
    "K1-B",
    Recipient.JAIL,
    (AddresseeKind.JAIL, AddresseeKind.COUNSEL),
)

EXPIRED = LetterKind(
    "expired",
    "The 48 hours are over: release now",
    "K2",
    Recipient.JAIL,
    (AddresseeKind.JAIL, AddresseeKind.COUNSEL),
)

SHIPPED: tuple[LetterKind, ...] = (
    DECLINE,
    CONDITIONS,
    EXPIRED,
    CANCEL,
    CERTIFY,
    JAIL_RECORDS,
    ICE_RECORDS,
    COURT_NOTICE,
    CLIENT,
)
"""In the order in which they are offered."""

KINDS: Mapping[str, LetterKind] = {kind.key: kind for kind in SHIPPED}
