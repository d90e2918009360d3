"""What the letters of the demonstration office need: a directory, consents, a certification.

Chance here is a stream of its own for each case, so that nothing else of the office changes with
what is made up for letters.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from intake_app.core.casefile import Certification, Charge, Consent, Protection
from intake_app.core.demo_material import Jail, Luck, Material
from intake_app.core.demo_plan import HOUR, Scene, Stage, day_of, local
from intake_app.core.directory import DirectoryEntry
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import (
    AddresseeKind,
    ConsentKind,
    FactGroup,
    QualifyingCrime,
    SignedBy,
    SignedHow,
    State,
    YesNo,
)

_HOME = State.FL
"""Where the office is: the directory of its own state is the fullest."""

_ICE_RECORDS = "U.S. Immigration and Customs Enforcement"


def certification_of(scene: Scene, protection: Protection | None) -> Certification | None:
    """What a survivor told for a U certification, where somebody is named who may certify."""
    plan = scene.plan
    begun = protection is not None and protection.u_certifier is not None
    if not begun or plan.stage not in (Stage.CURRENT, Stage.PAST):
        return None
    luck, words = Luck(f"letters {scene.index}"), scene.material.words
    happened = PartialDate.of(day_of(plan.times.arrested - 40 * 24 * HOUR, plan.jail))
    whole = max(0.7, plan.ready)
    return Certification(
        crime=luck.one((QualifyingCrime.DOMESTIC_VIOLENCE, QualifyingCrime.STALKING)),
        statute=luck.maybe(whole, "invented statute § 000.00"),
        report_number=luck.maybe(whole, f"EX-{luck.number(10_000, 99_999)}"),
        happened_on=luck.maybe(whole, happened),
        reported_on=luck.maybe(whole, happened),
        help_given=luck.maybe(whole, luck.one(words["help_given"])),
        harm=luck.maybe(whole, luck.one(words["harm"])),
        client_advised=luck.maybe(whole, YesNo.YES),
        charges_reviewed=luck.maybe(whole, YesNo.YES),
        form_enclosed=luck.maybe(0.5, YesNo.YES),
    )


def letter_consents_of(scene: Scene, protection: Protection | None) -> Iterator[Consent]:
    """Consents that let a keeper of records answer, and a certifier learn what was done to her."""
    plan = scene.plan
    if not plan.ready:
        return
    yield _consent(scene, ConsentKind.RECORDS, plan.jail.name, (FactGroup.IDENTITY,))
    yield _consent(scene, ConsentKind.RECORDS, _ICE_RECORDS, (FactGroup.IDENTITY,))
    if protection is not None and protection.u_certifier:
        told = (FactGroup.IDENTITY, FactGroup.VICTIM)
        yield _consent(scene, ConsentKind.REFERRAL, protection.u_certifier, told)


def in_court(scene: Scene, charges: tuple[Charge, ...]) -> tuple[Charge, ...]:
    """The charges, with the court that hears them."""
    plan = scene.plan
    if not plan.ready:
        return charges
    next_at = local(scene.now + 6 * 24 * HOUR, plan.jail).replace(hour=9, minute=0)
    court = f"{plan.jail.county} County Court"
    return tuple(replace(one, court=court, next_court_at=next_at) for one in charges)


def directory_of(material: Material) -> Iterator[DirectoryEntry]:
    """Whom the office writes to: all jails and counsel of its state, one jail of each other."""
    for state, jails in material.jails.items():
        for jail in jails if state is _HOME else jails[:1]:
            yield from _of_jail(jail, counsel=state is _HOME)
    yield DirectoryEntry(
        AddresseeKind.ICE,
        agency="ICE office, Heron Bay",
        title="Field Office Director",
        lines=("1 Invented Federal Plaza", "Heron Bay, FL 00000"),
        state=_HOME.value,
    )
    yield DirectoryEntry(
        AddresseeKind.ICE_RECORDS,
        agency=_ICE_RECORDS,
        title="Freedom of Information Act Office",
        lines=("500 Invented Street, Mail Stop 0000", "Washington, DC 00000"),
    )
    yield DirectoryEntry(
        AddresseeKind.CERTIFIER,
        agency="Heron Bay Police Department",
        title="Certifying Official",
        lines=("12 Invented Plaza", "Heron Bay, FL 00000"),
        county="Heron",
        state=_HOME.value,
    )
    yield DirectoryEntry(
        AddresseeKind.DEFENDER,
        agency="Office of the Public Defender, Heron County",
        lines=("14 Invented Plaza", "Heron Bay, FL 00000"),
        county="Heron",
        state=_HOME.value,
    )


def _of_jail(jail: Jail, *, counsel: bool) -> Iterator[DirectoryEntry]:
    lines = tuple(jail.address.splitlines())
    telephone = f"({jail.area_codes[0]}) 555-0101"
    yield DirectoryEntry(
        AddresseeKind.JAIL,
        agency=jail.name,
        title="Jail Commander",
        lines=lines,
        county=jail.county,
        state=jail.state.value,
        telephone=telephone,
    )
    if counsel:
        yield DirectoryEntry(
            AddresseeKind.COUNSEL,
            agency=f"County Counsel, {jail.county} County",
            lines=(f"2 {jail.county} Square", f"{jail.town}, {jail.state.value} 00000"),
            county=jail.county,
            state=jail.state.value,
        )


def _consent(
    scene: Scene, kind: ConsentKind, recipient: str, facts: tuple[FactGroup, ...]
) -> Consent:
    plan = scene.plan
    signed = day_of(min(plan.times.opened + 3 * HOUR, scene.now), plan.jail)
    return Consent(
        kind=kind,
        recipient=recipient,
        facts=facts,
        purpose=_PURPOSES[kind],
        risks_explained=YesNo.YES,
        alternatives=YesNo.YES,
        signed_on=signed,
        signed_how=SignedHow.WET,
        signed_by=SignedBy.CLIENT,
        language=plan.language or plan.people.languages[0],
        expires_on=signed + timedelta(days=30),
        free_choice=YesNo.YES,
    )


_PURPOSES = {
    ConsentKind.RECORDS: "To get the client’s own records",
    ConsentKind.REFERRAL: "To ask for a certification for U status",
}
