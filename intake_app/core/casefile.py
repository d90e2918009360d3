"""Every record and every question of an intake, declared once.

The columns of the office file and whether they are sealed, the form, the history labels, the
import targets, the data dictionary and what a summary may do with an answer all come from here.
Adding a question is one line and one migration.

Compartments: answers that name or reach a person, and every free text, are `IDENTITY`; victim
facts are `PROTECTED`; names and free text among victim facts are `BOTH`. Safe-contact answers
are `IDENTITY`, so that whoever can read a telephone number also reads whether it is safe.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from intake_app.core.fields import (
    Compartment,
    Disclose,
    Kind,
    Question,
    ask,
    questions,
    record,
)
from intake_app.core.partial_date import PartialDate
from intake_app.core.places import Country, Language
from intake_app.core.roles import KEYS, Act, Role, may
from intake_app.core.vocabulary import (
    AbuseKind,
    AbuserRelation,
    AdverseRole,
    AgeBand,
    Caller,
    CareNow,
    CaseStatus,
    ChargeCategory,
    ChargeLevel,
    ChargeOutcome,
    CitizenClaim,
    ClosingCategory,
    ConsentKind,
    CustodyBasis,
    DateStatus,
    DetainerAsks,
    DetainerBox,
    DetainerForm,
    DetainerStatus,
    DvRelation,
    Earner,
    ExcludedAsset,
    FacilityKind,
    FactGroup,
    FundingCode,
    GuiltBasis,
    IceCriminality,
    ImmigrationConviction,
    IncomeKind,
    IncomePeriod,
    IntakeMode,
    IssuedBy,
    KnownFrom,
    LiftReason,
    ListedOffense,
    LscCategory,
    MannerOfEntry,
    MaritalStatus,
    NameKind,
    NoteKind,
    PhoneKind,
    ProbableCause,
    ProtectedPlace,
    PurgePart,
    QualifyingCrime,
    Race,
    Relation,
    ReleaseBasis,
    ReleasedTo,
    Relief,
    Represented,
    Review,
    Safe,
    Sanction,
    Sex,
    SignedBy,
    SignedHow,
    State,
    StatusClaimed,
    Suspected,
    TalkNow,
    ThreatLevel,
    ToDoKind,
    WarrantAttached,
    WhenAbused,
    WithdrawnHow,
    WorkKind,
    YesNo,
    Zone,
)

IDENTITY, PROTECTED, BOTH = Compartment.IDENTITY, Compartment.PROTECTED, Compartment.BOTH
COUNT, COARSE, CATEGORY = Disclose.COUNT, Disclose.COARSE, Disclose.CATEGORY
TEXT, PHONE = Kind.TEXT, Kind.PHONE

# For what is read off a paper or done by us, nobody declines to say.
KNOWN = (YesNo.YES, YesNo.NO, YesNo.UNKNOWN)
DONE = (YesNo.YES, YesNo.NO)


@record(table="intake", title="Intake")
class Intake:
    """How the case came in and where it stands (data dictionary E1)."""

    opened_on: date | None = ask("Opened on", disclose=COARSE, coarse="quarter")
    mode: IntakeMode | None = ask("Came by", disclose=CATEGORY, wanted=True)
    caller: Caller | None = ask("Who is calling", wanted=True)
    caller_name: str | None = ask("Caller’s name", keep=IDENTITY)
    referral_source: str | None = ask("Referred by", keep=IDENTITY)
    status: CaseStatus | None = ask("Case status", disclose=CATEGORY)
    assigned_attorney: str | None = ask("Attorney", keep=IDENTITY)
    intake_worker: str | None = ask("Intake worker", keep=IDENTITY)
    office_county: str | None = ask("Office county", disclose=COARSE, coarse="state if small")
    summary: str | None = ask("What happened, in the caller’s words", keep=IDENTITY, kind=TEXT)
    closed_on: date | None = ask("Closed on", disclose=COARSE, coarse="quarter")
    closing_category: ClosingCategory | None = ask(
        "Closed with", disclose=CATEGORY, help="The highest level of help given"
    )
    retention_until: date | None = ask("Keep until")
    purge_parts: tuple[PurgePart, ...] | None = ask("Then destroy")


@record(table="person", title="Person")
class Person:
    """Who is held (E2). Spell names as the papers do; add other spellings below."""

    given: str | None = ask("Given name", keep=IDENTITY, wanted=True)
    middle: str | None = ask("Middle name", keep=IDENTITY)
    surname: str | None = ask(
        "Surname", keep=IDENTITY, help="Paternal surname where there are two", wanted=True
    )
    second_surname: str | None = ask("Second surname", keep=IDENTITY)
    suffix: str | None = ask("Suffix", keep=IDENTITY)
    preferred_name: str | None = ask("Called", keep=IDENTITY)
    pronouns: str | None = ask("Pronouns", keep=IDENTITY)
    born: PartialDate | None = ask(
        "Date of birth", keep=IDENTITY, help="A year alone is enough: 1987", wanted=True
    )
    born_status: DateStatus | None = ask("Birth date is")
    a_number: str | None = ask("A-number", keep=IDENTITY, help="8 or 9 digits")
    booking_number: str | None = ask("Booking number", keep=IDENTITY, wanted=True)
    state_id: str | None = ask("State ID", keep=IDENTITY)
    fbi_number: str | None = ask("FBI number", keep=IDENTITY)
    ssn_last4: str | None = ask("SSN, last 4", keep=IDENTITY, help="Only if truly needed")
    passport: str | None = ask("Passport or visa number", keep=IDENTITY)
    country_of_birth: Country | None = ask(
        "Country of birth", disclose=COARSE, coarse="world region", wanted=True
    )
    citizenship: Country | None = ask("Citizen of", disclose=COARSE, coarse="world region")
    us_citizen_claim: CitizenClaim | None = ask(
        "U.S. citizen",
        disclose=COUNT,
        help="Urgent: any claim goes to an attorney at once",
        wanted=True,
    )
    sex: Sex | None = ask("Sex or gender", disclose=COARSE, coarse="as listed")
    race: tuple[Race, ...] | None = ask("Race and ethnicity", disclose=COUNT)
    language_spoken: Language | None = ask(
        "Speaks", disclose=COARSE, coarse="English, Spanish, other", wanted=True
    )
    language_written: Language | None = ask(
        "Reads", disclose=COARSE, coarse="English, Spanish, other"
    )
    interpreter: YesNo | None = ask("Interpreter needed", disclose=COUNT, offer=KNOWN)
    marital_status: MaritalStatus | None = ask("Marital status", disclose=COUNT)
    disability: YesNo | None = ask("Disability", disclose=COUNT)
    veteran: YesNo | None = ask("Veteran", disclose=COUNT)
    medical_need: str | None = ask("Medical need in custody", keep=IDENTITY)


@record(table="other_name", title="Other name", plural="Other names", many=True)
class OtherName:
    """Another name or spelling of the person held."""

    name: str | None = ask("Name", keep=IDENTITY)
    kind: NameKind | None = ask("Kind")


@record(table="contact", title="Safe contact")
class Contact:
    """How the client, or the family, can be reached without harm (E3)."""

    safe_to_talk_now: TalkNow | None = ask(
        "Safe to talk now?", keep=IDENTITY, help="Ask this first, on each call", wanted=True
    )
    home_address: str | None = ask(
        "Home address", keep=IDENTITY, kind=TEXT, help="Never where a shelter is"
    )
    mailing_address: str | None = ask("Mailing address", keep=IDENTITY, kind=TEXT)
    safe_to_mail: Safe | None = ask("Mail is", keep=IDENTITY)
    substitute_address: str | None = ask(
        "Address confidentiality program",
        keep=IDENTITY,
        kind=TEXT,
        help="Its substitute address; used instead of every real one",
    )
    email: str | None = ask("E-mail", keep=IDENTITY)
    email_safe: Safe | None = ask("E-mail is", keep=IDENTITY)
    monitored_device: YesNo | None = ask("Device may be watched", keep=IDENTITY)
    go_between: str | None = ask("Safe go-between", keep=IDENTITY)
    go_between_by: str | None = ask("Reached by", keep=IDENTITY)
    go_between_may_know: str | None = ask("May know", keep=IDENTITY, help="Empty means: nothing")
    code_phrase: str | None = ask("Code phrase", keep=IDENTITY)
    if_other_answers: str | None = ask("If somebody else answers, say", keep=IDENTITY, kind=TEXT)
    confirmed_on: date | None = ask("Contact confirmed on", keep=IDENTITY)
    recheck_by: date | None = ask("Check again by", keep=IDENTITY)
    no_letterhead: YesNo | None = ask("Plain envelopes only", keep=IDENTITY, offer=DONE)


@record(table="phone", title="Telephone", plural="Telephones", many=True)
class Phone:
    """A telephone number and whether it may be used."""

    number: str | None = ask("Number", keep=IDENTITY, kind=PHONE, column=True, wanted=True)
    kind: PhoneKind | None = ask("Kind", column=True)
    safe: Safe | None = ask("Calling is", keep=IDENTITY, column=True, wanted=True)
    voicemail: Safe | None = ask("Voicemail is", keep=IDENTITY, column=True, wanted=True)
    times: str | None = ask("Times", keep=IDENTITY, column=True)
    shared_with: str | None = ask("Shared with", keep=IDENTITY)
    recheck_by: date | None = ask("Check again by", keep=IDENTITY)


@record(table="household", title="Household")
class Household:
    """Household, means and eligibility (E4). No answer is filled in beforehand."""

    adults: int | None = ask(
        "Adults",
        disclose=COARSE,
        coarse="0, 1–2, 3 or more",
        help="Whether the person held counts is your office’s rule",
        wanted=True,
    )
    children: int | None = ask("Children", disclose=COARSE, coarse="0, 1–2, 3 or more", wanted=True)
    primary_breadwinner: Earner | None = ask(
        "Primary earner",
        disclose=COUNT,
        help="Earns half of the household’s income or more",
        wanted=True,
    )
    citizen_family: YesNo | None = ask("U.S.-citizen spouse or child", disclose=COUNT)
    caregiver_now: str | None = ask("Who has the children now", keep=IDENTITY)
    children_unattended: YesNo | None = ask("Children unattended", help="Urgent: act at once")
    assets_total: Decimal | None = ask("Assets", help="Without those that do not count")
    excluded_assets: tuple[ExcludedAsset, ...] | None = ask("Assets that do not count")
    asset_waiver_by: str | None = ask(
        "Asset limit waived by", keep=IDENTITY, help="The Executive Director or a designee"
    )
    asset_waiver_on: date | None = ask("Waived on")
    asset_waiver_reason: str | None = ask("Reason of waiver", keep=IDENTITY, kind=TEXT)
    lsc_category: LscCategory | None = ask(
        "LSC 1626 category", keep=PROTECTED, help="Some say that a person is a victim"
    )
    attested_on: date | None = ask(
        "Citizenship attestation signed on", help="On its own signature line"
    )
    funding: FundingCode | None = ask(
        "Funding",
        disclose=CATEGORY,
        # That a victim-service grant pays says that somebody is a victim: asked under Protection.
        offer=tuple(code for code in FundingCode if code is not FundingCode.VOCA),
    )


@record(table="dependent", title="Dependent", plural="Dependents", many=True)
class Dependent:
    """Somebody who depends on the person held."""

    name: str | None = ask("Name", keep=IDENTITY, column=True)
    relation: Relation | None = ask("Relation", disclose=COUNT, column=True, wanted=True)
    age: AgeBand | None = ask("Age", disclose=COUNT, column=True, wanted=True)
    us_citizen: YesNo | None = ask("U.S. citizen", disclose=COUNT, wanted=True)
    special_need: YesNo | None = ask("Special medical need", disclose=COUNT)
    need_note: str | None = ask("What need", keep=IDENTITY, shown_when="special_need")
    care_now: CareNow | None = ask(
        "Looked after by", help="“Nobody” is urgent: act at once", column=True, wanted=True
    )


@record(table="income", title="Income", plural="Income", many=True)
class Income:
    """One source of income of the household."""

    kind: IncomeKind | None = ask("Kind")
    amount: Decimal | None = ask("Amount")
    period: IncomePeriod | None = ask("How often")


@record(table="custody", title="Arrest and custody")
class Custody:
    """Arrest, the place of custody, bail and release (E5)."""

    arrested_at: datetime | None = ask("Arrested", disclose=COARSE, coarse="quarter", wanted=True)
    arresting_agency: str | None = ask("Arresting agency", disclose=COARSE, coarse="kind of agency")
    arrest_county: str | None = ask("County of arrest", disclose=COARSE, coarse="county")
    booked_on: PartialDate | None = ask("Booked on", disclose=COARSE, coarse="quarter")
    fingerprinted_at: datetime | None = ask("Fingerprints taken")
    facility: str | None = ask("Held at", keep=IDENTITY, wanted=True)
    facility_kind: FacilityKind | None = ask("Kind of facility", disclose=CATEGORY)
    facility_county: str | None = ask("Facility county", disclose=COARSE, coarse="county")
    facility_state: State | None = ask(
        "Facility state", disclose=COARSE, coarse="state", wanted=True
    )
    facility_zone: Zone | None = ask("Facility time zone", wanted=True)
    facility_address: str | None = ask("Facility address", keep=IDENTITY, kind=TEXT)
    held_by_287g: YesNo | None = ask(
        "Held under a 287(g) agreement", disclose=CATEGORY, offer=KNOWN
    )
    custody_basis: CustodyBasis | None = ask("Held because of", disclose=CATEGORY, wanted=True)
    in_custody: YesNo | None = ask("In custody now", offer=KNOWN, wanted=True)
    custody_confirmed_at: datetime | None = ask("Custody confirmed")
    custody_known_from: KnownFrom | None = ask("Confirmed by", disclose=CATEGORY)
    bail_set: Decimal | None = ask("Bail set", disclose=COARSE, coarse="band")
    bail_posted_at: datetime | None = ask("Bail posted or tendered")
    bail_refused: YesNo | None = ask(
        "Bail refused because of the detainer", disclose=COUNT, offer=KNOWN
    )
    bail_refused_at: datetime | None = ask("Refused at", shown_when="bail_refused")
    release_expected: str | None = ask(
        "What should free the person", keep=IDENTITY, help="For example: bond hearing on Monday"
    )
    release_due_at: datetime | None = ask("Release due", disclose=COARSE, coarse="hours")
    release_due_on: PartialDate | None = ask(
        "Release due (only the day known)", disclose=COARSE, coarse="hours"
    )
    release_basis: ReleaseBasis | None = ask("Release due because", disclose=CATEGORY)
    release_known_from: KnownFrom | None = ask("Release known from", disclose=CATEGORY)
    released_at: datetime | None = ask("Released or taken", disclose=COARSE, coarse="hours")
    released_to: ReleasedTo | None = ask("Went to", disclose=CATEGORY)
    other_hold_at: datetime | None = ask("Held for another matter since")


@record(table="transfer", title="Transfer", plural="Transfers", many=True)
class Transfer:
    """A move from one place of custody to another. It does not start a new 48 hours."""

    moved_at: datetime | None = ask("Moved", column=True)
    facility: str | None = ask("To", keep=IDENTITY, column=True)
    facility_kind: FacilityKind | None = ask("Kind of facility", column=True)
    known_from: KnownFrom | None = ask("Known from", column=True)


@record(table="charge", title="Charge", plural="Charges", many=True)
class Charge:
    """One count of one booking (E7)."""

    statute: str | None = ask("Statute", keep=IDENTITY, column=True)
    charge_text: str | None = ask("Charge", keep=IDENTITY, column=True, wanted=True)
    ncic: str | None = ask("NCIC code", disclose=COARSE, coarse="2 digits")
    level: ChargeLevel | None = ask("Level", disclose=CATEGORY, column=True, wanted=True)
    category: ChargeCategory | None = ask("Category", disclose=CATEGORY, wanted=True)
    top_charge: YesNo | None = ask("Most serious charge", disclose=CATEGORY, offer=KNOWN)
    charged_on: PartialDate | None = ask("Charged on", disclose=COARSE, coarse="quarter")
    arraigned_on: PartialDate | None = ask("Arraigned on", disclose=COARSE, coarse="quarter")
    outcome: ChargeOutcome | None = ask("Outcome", disclose=CATEGORY, column=True, wanted=True)
    outcome_on: PartialDate | None = ask(
        "Outcome date", disclose=COARSE, coarse="quarter", column=True
    )
    guilt_basis: GuiltBasis | None = ask("Plea or finding", disclose=CATEGORY)
    sanctions: tuple[Sanction, ...] | None = ask("What the court imposed", disclose=CATEGORY)
    reduced_from: str | None = ask("Reduced from", keep=IDENTITY)
    reduced_on: PartialDate | None = ask("Reduced on")
    sentence: str | None = ask("Sentence", keep=IDENTITY)
    sentence_days: int | None = ask("Sentence, days", disclose=COARSE, coarse="band")
    suspended_days: int | None = ask("Suspended, days", disclose=COARSE, coarse="band")
    immigration_conviction: ImmigrationConviction | None = ask(
        "Conviction under INA 101(a)(48)(A)", help="An attorney decides", decides=Act.DECIDE_LAW
    )
    max_months: int | None = ask(
        "Longest sentence by law, months",
        help="What the statute allows, not what was imposed; a year is 12",
    )
    aggravated_felony: YesNo | None = ask(
        "Aggravated felony", help="An attorney decides", offer=KNOWN, decides=Act.DECIDE_LAW
    )
    listed_offense: ListedOffense | None = ask(
        "Listed in 8 U.S.C. 1226(c)(1)(E)", help="A charge or an arrest is enough"
    )
    court_case_number: str | None = ask("Court case no.", keep=IDENTITY)
    dv_relation: DvRelation | None = ask("Comes from domestic violence", keep=PROTECTED)
    court: str | None = ask("Court", keep=IDENTITY)
    next_court_at: datetime | None = ask("Next court date")


@record(table="detainer", title="Detainer", plural="Detainers", many=True)
class Detainer:
    """One detainer paper received by the jail (E6)."""

    form: DetainerForm | None = ask("Form", disclose=CATEGORY, column=True, wanted=True)
    edition: PartialDate | None = ask(
        "Edition printed on the form", disclose=CATEGORY, help="Month and year: 2017-02"
    )
    issued_on: PartialDate | None = ask("Issued on", disclose=COARSE, coarse="quarter")
    received_at: datetime | None = ask(
        "Received by the jail", disclose=COARSE, coarse="quarter", column=True, wanted=True
    )
    issued_by: IssuedBy | None = ask(
        "Issued by", disclose=COARSE, coarse="area of responsibility", column=True
    )
    issuing_office: str | None = ask("Issuing office", keep=IDENTITY)
    box: DetainerBox | None = ask("Box ticked", disclose=CATEGORY)
    probable_cause: tuple[ProbableCause, ...] | None = ask(
        "Probable cause said to be", disclose=CATEGORY
    )
    asks: tuple[DetainerAsks, ...] | None = ask("Asks the jail to", disclose=CATEGORY)
    signed: YesNo | None = ask("Signed, with name and title", disclose=CATEGORY, offer=KNOWN)
    investigation_box: YesNo | None = ask(
        "Says an investigation was begun", disclose=CATEGORY, help="Only on old forms", offer=KNOWN
    )
    person_matches: YesNo | None = ask(
        "Name, birth date and A-number are the person’s", disclose=COUNT, offer=KNOWN
    )
    served: YesNo | None = ask("Served on the person", disclose=COUNT, offer=KNOWN, wanted=True)
    served_at: datetime | None = ask("Served at", shown_when="served")
    served_by: str | None = ask("Served by", keep=IDENTITY, shown_when="served")
    served_language: Language | None = ask("In which language", shown_when="served")
    warrant: WarrantAttached | None = ask("Warrant attached", disclose=CATEGORY, wanted=True)
    warrant_dated: YesNo | None = ask("Warrant bears a date", disclose=CATEGORY, offer=KNOWN)
    warrant_on: PartialDate | None = ask("Date of the warrant")
    warrant_signed: YesNo | None = ask("Warrant signed", disclose=CATEGORY, offer=KNOWN)
    neutral_review: Review | None = ask("Neutral review shown", disclose=CATEGORY)
    copy_seen: YesNo | None = ask("We have a copy", disclose=COUNT, offer=KNOWN, wanted=True)
    status: DetainerStatus | None = ask("Status", disclose=CATEGORY, column=True, wanted=True)
    ended_on: PartialDate | None = ask("Ended on", disclose=COARSE, coarse="quarter")
    lift_reason: LiftReason | None = ask("Ended because", disclose=CATEGORY)
    ice_criminality: IceCriminality | None = ask("ICE criminality label", disclose=COUNT)
    threat_level: ThreatLevel | None = ask("ICE threat level", disclose=COUNT)
    ice_case_status: str | None = ask("ICE case status", keep=IDENTITY)


@record(table="immigration", title="Immigration")
class Immigration:
    """Immigration history (E8): optional, and never printed in a letter to a jail."""

    status_claimed: StatusClaimed | None = ask(
        "Status, as the person says", keep=IDENTITY, wanted=True
    )
    first_entry: PartialDate | None = ask("First came", keep=IDENTITY)
    last_entry: PartialDate | None = ask("Last came", keep=IDENTITY)
    manner_of_entry: MannerOfEntry | None = ask("Last entry was", keep=IDENTITY)
    departures: str | None = ask("Departures", keep=IDENTITY)
    prior_removal: YesNo | None = ask("Removed before", keep=IDENTITY, wanted=True)
    final_order_on: PartialDate | None = ask("Final order of", keep=IDENTITY)
    court: str | None = ask("Immigration court", keep=IDENTITY)
    next_hearing: datetime | None = ask("Next hearing", keep=IDENTITY)
    relief: tuple[Relief, ...] | None = ask("Relief to look into", keep=PROTECTED)
    pending_vawa_t_u: YesNo | None = ask("VAWA, T or U pending", keep=PROTECTED)
    represented: Represented | None = ask("Represented by", keep=IDENTITY, wanted=True)


@record(table="protection", title="Protection")
class Protection:
    """Domestic violence and other victim facts (E9); asked in private, never of the abuser.

    Nothing is asked before the first question is answered. Where a shelter is, is never stored.
    """

    screened_privately: YesNo | None = ask(
        "Asked in private", keep=PROTECTED, offer=DONE, wanted=True
    )
    survivor: YesNo | None = ask(
        "Survivor of domestic violence",
        keep=PROTECTED,
        disclose=COUNT,
        shown_after="screened_privately",
        wanted=True,
    )
    consent_reporting: YesNo | None = ask(
        "Agrees to be counted", keep=PROTECTED, shown_after="screened_privately", offer=DONE
    )
    victim_grant: YesNo | None = ask(
        "Paid by a victim-service grant",
        keep=PROTECTED,
        disclose=COUNT,
        help="VOCA, for example",
        offer=KNOWN,
    )
    hide_from_lists: YesNo | None = ask("Hide the name in lists", keep=PROTECTED, offer=DONE)
    when_abused: WhenAbused | None = ask(
        "Last time", keep=PROTECTED, shown_after="screened_privately"
    )
    fleeing_now: YesNo | None = ask("Fleeing now", keep=PROTECTED, shown_after="screened_privately")
    abuse_kinds: tuple[AbuseKind, ...] | None = ask(
        "Kinds", keep=PROTECTED, shown_after="screened_privately"
    )
    other_victimization: str | None = ask(
        "Other victim facts", keep=BOTH, kind=TEXT, shown_after="screened_privately"
    )
    protective_order: YesNo | None = ask(
        "Protective order", keep=PROTECTED, shown_after="screened_privately", offer=KNOWN
    )
    order_expires: date | None = ask("Order expires", keep=PROTECTED, shown_when="protective_order")
    in_shelter: YesNo | None = ask(
        "In a confidential shelter",
        keep=PROTECTED,
        help="Yes or no, never where",
        shown_after="screened_privately",
    )
    told_by_abuser: Suspected | None = ask(
        "ICE was told by the abuser", keep=PROTECTED, shown_after="screened_privately"
    )
    protected_place: ProtectedPlace | None = ask(
        "Arrested at", keep=PROTECTED, help="8 U.S.C. 1229(e)", shown_after="screened_privately"
    )
    u_certifier: str | None = ask(
        "U certification needed from", keep=BOTH, shown_after="screened_privately"
    )
    in_client_words: str | None = ask(
        "How the client names it", keep=BOTH, shown_after="screened_privately"
    )


@record(table="abuser", title="Abuser", plural="Abusers", many=True)
class Abuser:
    """A person the client must be kept safe from; feeds the conflict check (E9)."""

    name: str | None = ask("Name", keep=BOTH)
    born: PartialDate | None = ask("Born", keep=BOTH)
    relation: AbuserRelation | None = ask("Relation", keep=PROTECTED)
    in_household: YesNo | None = ask("Lives in the household", keep=PROTECTED)
    is_caller: YesNo | None = ask("Is the caller", keep=PROTECTED)
    is_police: YesNo | None = ask("Is police", keep=PROTECTED)
    is_witness: YesNo | None = ask("Is a witness", keep=PROTECTED)
    is_co_defendant: YesNo | None = ask("Is a co-defendant", keep=PROTECTED)


@record(table="certification", title="U certification")
class Certification:
    """What a request to certify for U status says (8 U.S.C. 1184(p)(1); Form I-918 Supplement B).

    Who certifies stands in `Protection.u_certifier`.
    """

    crime: QualifyingCrime | None = ask("Kind of crime", keep=PROTECTED)
    statute: str | None = ask("Statute of that crime", keep=BOTH)
    report_number: str | None = ask("Report or case number", keep=BOTH)
    happened_on: PartialDate | None = ask("Happened on", keep=PROTECTED)
    reported_on: PartialDate | None = ask("Reported on", keep=PROTECTED)
    help_given: str | None = ask(
        "How the client helped", keep=BOTH, kind=TEXT, help="What, to whom, when"
    )
    harm: str | None = ask("The harm, in one or two sentences", keep=BOTH, kind=TEXT)
    client_advised: YesNo | None = ask(
        "Client advised what a request brings with it", keep=PROTECTED, offer=DONE
    )
    charges_reviewed: YesNo | None = ask(
        "Open charges against the client reviewed",
        keep=PROTECTED,
        help="An attorney decides",
        offer=DONE,
        decides=Act.DECIDE_LAW,
    )
    form_enclosed: YesNo | None = ask("Form filled in, to be enclosed", keep=PROTECTED, offer=DONE)


@record(table="private_note", title="Protected note", plural="Protected notes", many=True)
class PrivateNote:
    """A note about violence or other victim facts; nobody without the protected key opens it."""

    written_on: date | None = ask("Written on", keep=PROTECTED, column=True)
    words: str | None = ask("Note", keep=BOTH, kind=TEXT, column=True)


@record(table="consent", title="Consent", plural="Consents", many=True)
class Consent:
    """What the client allows us to tell one recipient (E10; 34 U.S.C. 12291(b)(2))."""

    kind: ConsentKind | None = ask("Allows", column=True, wanted=True)
    recipient: str | None = ask("To exactly one recipient", keep=IDENTITY, column=True, wanted=True)
    facts: tuple[FactGroup, ...] | None = ask("Facts that may be told", keep=PROTECTED, wanted=True)
    purpose: str | None = ask("Purpose", keep=IDENTITY)
    risks_explained: YesNo | None = ask("Risks explained", offer=DONE)
    alternatives: YesNo | None = ask("Other ways discussed", offer=DONE)
    signed_on: date | None = ask("Signed on", column=True, wanted=True)
    signed_how: SignedHow | None = ask("How", wanted=True)
    signed_by: SignedBy | None = ask("Signed by")
    witness: str | None = ask("Witness", keep=IDENTITY)
    language: Language | None = ask("Language")
    interpreter: str | None = ask("Interpreter", keep=IDENTITY)
    expires_on: date | None = ask(
        "Ends on", help="Required; 30 days is usual", column=True, wanted=True
    )
    withdrawn_on: date | None = ask("Withdrawn on")
    withdrawn_how: WithdrawnHow | None = ask("Withdrawn", help="By word of mouth is enough")
    free_choice: YesNo | None = ask("Told that help does not depend on it", offer=DONE)
    parent_signs: YesNo | None = ask("Minor and parent sign", offer=DONE)
    guardian_is_abuser: YesNo | None = ask(
        "Guardian is the abuser", keep=PROTECTED, help="An abuser may not sign", offer=KNOWN
    )


@record(table="adverse_party", title="Adverse party", plural="Adverse parties", many=True)
class AdverseParty:
    """Somebody whose interests are against the client's; feeds the conflict check."""

    name: str | None = ask("Name", keep=IDENTITY)
    born: PartialDate | None = ask("Born", keep=IDENTITY)
    role: AdverseRole | None = ask("Why")


@record(table="to_do", title="To do", plural="To do", many=True)
class ToDo:
    """Something to be done about a case by somebody, by a day."""

    what: str | None = ask("What", keep=IDENTITY, column=True, wanted=True)
    kind: ToDoKind | None = ask("Kind", column=True)
    due_on: date | None = ask("By", column=True, wanted=True)
    assigned_to: str | None = ask("Who", keep=IDENTITY, help="A member’s login; empty for all")
    done_on: date | None = ask("Done on", column=True)


@record(table="note", title="Note", plural="Notes", many=True)
class Note:
    """What was said or seen. Victim facts belong in a protected note."""

    written_on: date | None = ask("Written on", column=True)
    kind: NoteKind | None = ask("Kind", column=True)
    words: str | None = ask(
        "Note", keep=IDENTITY, kind=TEXT, column=True, help="Nothing about violence or abuse here"
    )


@record(table="time_spent", title="Time spent", plural="Time spent", many=True)
class TimeSpent:
    """Minutes worked on a case, for funders."""

    worked_on: date | None = ask("Day", column=True)
    minutes: int | None = ask("Minutes", column=True)
    kind: WorkKind | None = ask("For", column=True)
    worker: str | None = ask("Who", keep=IDENTITY, column=True)


RECORDS: tuple[type, ...] = (
    Intake,
    Person,
    OtherName,
    AdverseParty,
    Contact,
    Phone,
    Household,
    Dependent,
    Income,
    Custody,
    Transfer,
    Charge,
    Detainer,
    Immigration,
    Protection,
    Abuser,
    Certification,
    PrivateNote,
    Consent,
    ToDo,
    Note,
    TimeSpent,
)


class Panel(StrEnum):
    """What stands in a section beside its questions."""

    CONFLICTS = "conflicts"
    DOCUMENTS = "documents"
    LETTERS = "letters"


PANEL_NEEDS: Mapping[Panel, Act] = {Panel.LETTERS: Act.COMPOSE_LETTERS}
"""What a member must be allowed to do to see a panel at all."""


@dataclass(frozen=True)
class Section:
    """One page of the form: its records, in the order they stand on it, and a panel below them.

    `only` names the questions asked here of a record that has its own section elsewhere.
    """

    title: str
    records: tuple[type, ...]
    panel: Panel | None = None
    only: Mapping[type, tuple[str, ...]] = field(default_factory=dict)


SECTIONS: tuple[Section, ...] = (
    Section(
        "Conflict check",
        (Person, AdverseParty),
        Panel.CONFLICTS,
        {Person: ("given", "surname", "second_surname", "born")},
    ),
    Section("Intake", (Intake,)),
    Section("Person", (Person, OtherName)),
    Section("Safe contact", (Contact, Phone)),
    Section("Arrest and custody", (Custody, Transfer)),
    Section("Charges", (Charge,)),
    Section("Detainers", (Detainer,)),
    Section("Household", (Household, Dependent, Income)),
    Section("Protection", (Protection, Abuser, Certification, PrivateNote)),
    Section("Immigration", (Immigration,)),
    Section("Consent", (Consent,)),
    Section("Letters", (), Panel.LETTERS),
    Section("To do", (ToDo,)),
    Section("Notes and time", (Note, TimeSpent)),
    Section("Documents", (), Panel.DOCUMENTS),
)
"""In interview order."""


def questions_for(role: Role, cls: type) -> tuple[Question, ...]:
    """The questions of a record that a kind of member may be asked to fill in."""
    held = KEYS[role]
    return tuple(question for question in questions(cls) if question.keep.value <= held)


def may_decide(role: Role, asked: Question) -> bool:
    """Whether this kind of member may answer the question, beyond reading it."""
    return asked.decides is None or may(role, asked.decides)


def sections_for(role: Role) -> tuple[Section, ...]:
    """The sections a kind of member sees; one whose every question is closed is not there."""
    seen = []
    for section in SECTIONS:
        records = tuple(cls for cls in section.records if questions_for(role, cls))
        act = PANEL_NEEDS.get(section.panel) if section.panel is not None else None
        if act is not None and not may(role, act):
            continue
        if records or section.panel is not None:
            seen.append(replace(section, records=records))
    return tuple(seen)


def questions_in(section: Section, role: Role, cls: type) -> tuple[Question, ...]:
    """The questions of a record that a section asks this kind of member."""
    asked = questions_for(role, cls)
    only = section.only.get(cls)
    return asked if only is None else tuple(one for one in asked if one.name in only)
