"""To whom a letter goes when nobody has chosen."""

from datetime import date

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Custody, Detainer, Person, Protection
from intake_app.core.letters.kinds import EXPIRED, LetterKind, Recipient
from intake_app.core.letters.options import Addressee
from intake_app.core.names import written_name
from intake_app.core.safe_contact import Address, where_to_write


def recipient_of(addressee: Addressee) -> str:
    """The name under which a consent must name this recipient; empty where nobody is chosen."""
    return addressee.agency or addressee.title or addressee.name


def usual_addressee(kind: LetterKind, case: CaseFile, by_hand: bool, today: date) -> Addressee:
    """Who usually gets this kind of letter; empty where the case does not say.

    The client is written to only where she has said that it is safe, or by hand, without address.
    """
    custody = case.one(Custody)
    match kind.to:
        case Recipient.JAIL:
            return head_of(custody, to_defender=kind.gate == EXPIRED.key)
        case Recipient.RECORDS:
            return Addressee(
                title="Records Custodian", agency=custody.facility or "", lines=_lines(custody)
            )
        case Recipient.ICE:
            offices = [one.issuing_office for one in case.all(Detainer) if one.issuing_office]
            return Addressee(agency=offices[-1]) if offices else Addressee()
        case Recipient.ICE_RECORDS:
            return Addressee(
                title="Freedom of Information Act Office",
                agency="U.S. Immigration and Customs Enforcement",
            )
        case Recipient.CERTIFIER:
            return Addressee(agency=case.one(Protection).u_certifier or "")
        case Recipient.COURT_SIDE:
            county = _county(custody.facility_county or "")
            office = "Office of the Public Defender"
            return Addressee(agency=f"{office}, {county}" if county else office)
        case Recipient.CLIENT:
            where = None if by_hand else where_to_write(case, today)
            lines = where.lines if isinstance(where, Address) else ()
            return Addressee(name=written_name(case.one(Person)), lines=lines)


def head_of(custody: Custody, to_defender: bool = False) -> Addressee:
    """The head of the facility, with a copy to the county's counsel, and the public defender."""
    county = _county(custody.facility_county or "")
    return Addressee(
        title="Sheriff or Jail Commander",
        agency=custody.facility or "",
        lines=_lines(custody),
        cc=tuple(
            f"{title}, {county}" if county else title
            for title in ("County Counsel", *(("Public Defender",) if to_defender else ()))
        ),
    )


def _lines(custody: Custody) -> tuple[str, ...]:
    lines = (line.strip() for line in (custody.facility_address or "").splitlines())
    return tuple(line for line in lines if line)


def _county(county: str) -> str:
    named = county.strip()
    kinds = ("county", "parish", "borough", "city", "district", "municipality")
    if not named or any(kind in named.lower() for kind in kinds):
        return named
    return f"{named} County"
