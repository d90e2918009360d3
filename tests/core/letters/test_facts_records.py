"""A keeper of a jail's records learns no A-number and no date of birth."""

from datetime import date

from intake_app.core.letters.facts_records import records_facts
from intake_app.core.letters.kinds import Recipient
from intake_app.core.vocabulary import ConsentKind
from tests.secret_case import TODAY, consent_to, secret_case

JAIL = "Example County Jail"


def test_identifiers_are_for_ice_alone() -> None:
    case = secret_case()
    jail = records_facts(case, JAIL, Recipient.RECORDS, TODAY)
    assert (jail.born, jail.a_number) == (None, "")
    ice = records_facts(case, JAIL, Recipient.ICE_RECORDS, TODAY)
    assert (ice.born is None, ice.a_number) == (False, "A098765432")


def test_the_authorization_that_lasts_longest_counts_and_case_and_accents_do_not() -> None:
    case = secret_case(
        consent_to(JAIL, kind=ConsentKind.RECORDS, expires_on=date(2026, 11, 25)),
        consent_to("EXAMPLE county jail", kind=ConsentKind.RECORDS),
    )
    found = records_facts(case, JAIL, Recipient.RECORDS, TODAY)
    assert (found.signed_on, found.ends_on) == (date(2026, 11, 20), date(2026, 12, 20))
    assert records_facts(case, "", Recipient.RECORDS, TODAY).signed_on is None
