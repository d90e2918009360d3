"""Every rule that has something to say about a case, in the order its findings are read."""

from intake_app.core.case import CaseFile
from intake_app.core.case_checks import check_findings
from intake_app.core.charge_findings import charge_findings, entry_findings
from intake_app.core.consent_findings import consent_findings
from intake_app.core.contact_findings import contact_findings
from intake_app.core.detainer_findings import detainer_findings
from intake_app.core.findings import Finder, Finding, Setting
from intake_app.core.household_findings import household_findings
from intake_app.core.protection_findings import protection_findings
from intake_app.core.work_findings import work_findings

FINDERS: tuple[Finder, ...] = (
    check_findings,
    charge_findings,
    entry_findings,
    detainer_findings,
    contact_findings,
    household_findings,
    protection_findings,
    consent_findings,
    work_findings,
)


def case_findings(case: CaseFile, setting: Setting) -> tuple[Finding, ...]:
    """All findings of a case."""
    return tuple(found for finder in FINDERS for found in finder(case, setting))
