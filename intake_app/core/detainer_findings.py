"""What the program says about detainers: the flags of each, and what is still to be read."""

from collections.abc import Iterator

from intake_app.core.answers import show_date
from intake_app.core.case import CaseFile
from intake_app.core.case_clock import is_over
from intake_app.core.casefile import Detainer
from intake_app.core.detainer_review import case_flags, detainer_flags, still_to_read
from intake_app.core.findings import Finding, Setting, Weight

READ_OFF = "Nothing is said about what nobody has read: unknown is not no."


def detainer_findings(case: CaseFile, _setting: Setting) -> Iterator[Finding]:
    """The flags of every detainer that still asks for something; what is over is left in peace."""
    alive = [entry for entry in case.kept(Detainer) if not is_over(entry.record)]
    about_person = {flag.id for flag in case_flags(case)}
    told: set[str] = set()
    for entry in alive:
        which = f"{_name(entry.record)}: " if len(alive) > 1 else ""
        for flag in detainer_flags(entry.record, case):
            own = flag.id not in about_person
            if not own and flag.id in told:
                continue
            told.add(flag.id)
            inside = " For the office only: say it neither to the jail nor to ICE."
            why = flag.use + (inside if flag.office_only else "")
            cited = f" See {flag.cited}." if flag.cited else ""
            words = f"{which if own else ''}{flag.reason}"
            yield Finding(flag.weight, words, Detainer, f"{why}{cited}", entry_id=entry.id)
        if unread := still_to_read(entry.record):
            words = f"{which}Still to be read off the form: {'; '.join(unread)}."
            yield Finding(Weight.NOTE, words, Detainer, READ_OFF, entry_id=entry.id)


def _name(detainer: Detainer) -> str:
    form = detainer.form.label if detainer.form else "Detainer"
    return f"{form} of {show_date(detainer.issued_on)}" if detainer.issued_on else form
