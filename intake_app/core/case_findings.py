"""Every rule that has something to say about a case, in the order its findings are read."""

from intake_app.core.case import CaseFile
from intake_app.core.findings import Finder, Finding, Setting

FINDERS: tuple[Finder, ...] = ()


def case_findings(case: CaseFile, setting: Setting) -> tuple[Finding, ...]:
    """All findings of a case."""
    return tuple(found for finder in FINDERS for found in finder(case, setting))
