"""The allowed answers, in the field's standard terms.

Where a person can answer "unknown", "declined" or "not safe to ask", those are answers of the
vocabulary. An empty question means it was not asked yet.
"""

from intake_app.core.fields import Choice


class YesNo(Choice):
    """Yes or no, or why there is neither."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Unknown"
    DECLINED = "declined", "Declined to say"
    NOT_SAFE = "not_safe", "Not safe to ask"


class IntakeMode(Choice):
    """How the case reached the office."""

    PHONE = "phone", "Phone"
    WALK_IN = "walk_in", "Walk-in"
    JAIL_VISIT = "jail_visit", "Jail visit"
    FAMILY_CALL = "family_call", "Family call"
    REFERRAL = "referral", "Referral"
    HOTLINE = "hotline", "Hotline"
    IMPORT = "import", "Imported records"


class Caller(Choice):
    """Who is on the telephone."""

    CLIENT = "client", "The person held"
    SPOUSE = "spouse", "Spouse or partner"
    PARENT = "parent", "Parent"
    CHILD = "child", "Child"
    FRIEND = "friend", "Friend or relative"
    ADVOCATE = "advocate", "Advocate"
    ATTORNEY = "attorney", "Attorney"


class CaseStatus(Choice):
    """Where the case stands in the office."""

    PRESCREEN = "prescreen", "Prescreen"
    INTAKE = "intake", "Intake"
    CONFLICT_HOLD = "conflict_hold", "Conflict hold"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    REJECTED = "rejected", "Rejected"


class PurgePart(Choice):
    """What of a case is destroyed when its time is over."""

    NARRATIVE = "narrative", "Narrative"
    ATTACHMENTS = "attachments", "Attachments"
    IDENTITY = "identity", "Identity"
    WHOLE = "whole", "The whole case"


class ClosingCategory(Choice):
    """How a case ended for the office (LSC case service report; report only the highest)."""

    ADVICE = "A", "A Counsel and advice"
    LIMITED = "B", "B Limited action"
    SETTLED = "F", "F Negotiated settlement without litigation"
    SETTLED_IN_COURT = "G", "G Negotiated settlement with litigation"
    AGENCY = "H", "H Administrative agency decision"
    COURT = "I", "I Court decision"
    OTHER = "K", "K Other"
    EXTENSIVE = "L", "L Extensive service"


class NameKind(Choice):
    """Why a person has another name."""

    ALIAS = "alias", "Alias"
    MAIDEN = "maiden", "Maiden name"
    ICE_SPELLING = "ice_spelling", "As ICE spells it"
    JAIL_SPELLING = "jail_spelling", "As the jail spells it"


class AdverseRole(Choice):
    """Why somebody's interests may be against the client's."""

    COMPLAINANT = "complainant", "Complaining witness"
    CO_DEFENDANT = "co_defendant", "Co-defendant"
    OTHER_PARENT = "other_parent", "Other parent in a custody case"
    EMPLOYER = "employer", "Employer"
    LANDLORD = "landlord", "Landlord"
    OTHER = "other", "Other"


class DateStatus(Choice):
    """How well a date is known."""

    FULL = "full", "Known"
    APPROXIMATE = "approximate", "Approximate"
    UNKNOWN = "unknown", "Unknown"


class CitizenClaim(Choice):
    """Whether the person is or may be a citizen of the United States."""

    NO = "no", "No claim"
    CLAIMS = "claims", "Claims to be a citizen"
    DOCUMENTED = "documented", "Documented citizen"
    DERIVATIVE = "derivative", "May have derived citizenship"
    UNKNOWN = "unknown", "Unknown"


class Sex(Choice):
    """Sex or gender, as the person says."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    X = "x", "X"
    OTHER = "other", "Other"
    UNDISCLOSED = "undisclosed", "Undisclosed"


class Race(Choice):
    """Race and ethnicity, as funders list them."""

    AMERICAN_INDIAN = "american_indian", "American Indian or Alaska Native"
    ASIAN = "asian", "Asian"
    BLACK = "black", "Black or African American"
    HISPANIC = "hispanic", "Hispanic or Latino"
    MIDDLE_EASTERN = "middle_eastern", "Middle Eastern or North African"
    PACIFIC = "pacific", "Native Hawaiian or Pacific Islander"
    WHITE = "white", "White"
    OTHER = "other", "Other"
    DECLINED = "declined", "Declined to say"


class MaritalStatus(Choice):
    """Marital status."""

    SINGLE = "single", "Single"
    MARRIED = "married", "Married"
    PARTNERED = "partnered", "Living together"
    SEPARATED = "separated", "Separated"
    DIVORCED = "divorced", "Divorced"
    WIDOWED = "widowed", "Widowed"
    UNKNOWN = "unknown", "Unknown"


class Safe(Choice):
    """Whether a way of reaching the client is safe."""

    YES = "yes", "Safe"
    NO = "no", "Not safe"
    ASK = "ask", "Ask first"


class TalkNow(Choice):
    """Whether it is safe to talk at this moment."""

    YES = "yes", "Yes"
    NO = "no", "No"
    LATER = "later", "Call back later"


class PhoneKind(Choice):
    """Whose telephone it is."""

    MOBILE = "mobile", "Mobile"
    HOME = "home", "Home"
    WORK = "work", "Work"
    RELATIVE = "relative", "Relative"
    OTHER = "other", "Other"


class AgeBand(Choice):
    """A dependent's age."""

    TO_5 = "0-5", "0–5"
    TO_12 = "6-12", "6–12"
    TO_17 = "13-17", "13–17"
    ADULT = "18+", "18 or older"
    UNKNOWN = "unknown", "Unknown"


class Relation(Choice):
    """What a dependent is to the person held."""

    CHILD = "child", "Child"
    STEPCHILD = "stepchild", "Stepchild"
    PARENT = "parent", "Parent"
    SPOUSE = "spouse", "Spouse or partner"
    SIBLING = "sibling", "Brother or sister"
    OTHER = "other", "Other"


class CareNow(Choice):
    """Who looks after a dependent at this moment."""

    OTHER_PARENT = "other_parent", "Other parent"
    RELATIVE = "relative", "Relative"
    FRIEND = "friend", "Friend or neighbor"
    AGENCY = "agency", "Child-welfare agency"
    NOBODY = "nobody", "Nobody"
    NOT_NEEDED = "not_needed", "Needs nobody"
    UNKNOWN = "unknown", "Unknown"


class Earner(Choice):
    """Who earns for the household; primary means half of its income or more."""

    YES = "yes", "Primary earner"
    SHARED = "shared", "Shared"
    NO = "no", "No"
    UNKNOWN = "unknown", "Unknown"


class IncomeKind(Choice):
    """Where money comes from."""

    WAGE = "wage", "Wage"
    BENEFITS = "benefits", "Benefits"
    SELF_EMPLOYED = "self_employed", "Self-employed"
    SUPPORT = "support", "Support from others"
    NONE = "none", "None"


class IncomePeriod(Choice):
    """How often an amount comes in."""

    WEEK = "week", "a week"
    FORTNIGHT = "fortnight", "every two weeks"
    MONTH = "month", "a month"
    YEAR = "year", "a year"


class ExcludedAsset(Choice):
    """Assets that do not count against eligibility."""

    RESIDENCE = "residence", "Principal residence"
    VEHICLE = "vehicle", "Vehicle for transport"
    INCOME_PRODUCING = "income_producing", "Income-producing"
    EXEMPT = "exempt", "Exempt by law"


class LscCategory(Choice):
    """Eligibility under 45 C.F.R. part 1626. Some of these say that a person is a victim."""

    CITIZEN = "citizen", "Citizen"
    ELIGIBLE_STATUS = "eligible_status", "Eligible status"
    ABUSE = "abuse", "1626.4(a)(1)(i) battered, assaulted, trafficked or U"
    CHILD_VICTIM = "child_victim", "1626.4(a)(1)(ii) child victim"
    TRAFFICKING = "trafficking", "1626.4(a)(2) severe trafficking or T"
    INELIGIBLE = "ineligible", "Ineligible"
    OTHER_FUNDS = "other_funds", "Other funds, not LSC"


class FundingCode(Choice):
    """Which funds pay for the case."""

    LSC = "lsc", "LSC"
    IOLTA = "iolta", "IOLTA"
    STATE = "state", "State grant"
    VOCA = "voca", "VOCA"
    PRIVATE = "private", "Private grant"
    OTHER = "other", "Other"


class State(Choice):
    """States, the District of Columbia and the territories with jails of their own."""

    AL = "AL", "Alabama"
    AK = "AK", "Alaska"
    AZ = "AZ", "Arizona"
    AR = "AR", "Arkansas"
    CA = "CA", "California"
    CO = "CO", "Colorado"
    CT = "CT", "Connecticut"
    DE = "DE", "Delaware"
    DC = "DC", "District of Columbia"
    FL = "FL", "Florida"
    GA = "GA", "Georgia"
    GU = "GU", "Guam"
    HI = "HI", "Hawaii"
    ID = "ID", "Idaho"
    IL = "IL", "Illinois"
    IN = "IN", "Indiana"
    IA = "IA", "Iowa"
    KS = "KS", "Kansas"
    KY = "KY", "Kentucky"
    LA = "LA", "Louisiana"
    ME = "ME", "Maine"
    MD = "MD", "Maryland"
    MA = "MA", "Massachusetts"
    MI = "MI", "Michigan"
    MN = "MN", "Minnesota"
    MS = "MS", "Mississippi"
    MO = "MO", "Missouri"
    MT = "MT", "Montana"
    NE = "NE", "Nebraska"
    NV = "NV", "Nevada"
    NH = "NH", "New Hampshire"
    NJ = "NJ", "New Jersey"
    NM = "NM", "New Mexico"
    NY = "NY", "New York"
    NC = "NC", "North Carolina"
    ND = "ND", "North Dakota"
    OH = "OH", "Ohio"
    OK = "OK", "Oklahoma"
    OR = "OR", "Oregon"
    PA = "PA", "Pennsylvania"
    PR = "PR", "Puerto Rico"
    RI = "RI", "Rhode Island"
    SC = "SC", "South Carolina"
    SD = "SD", "South Dakota"
    TN = "TN", "Tennessee"
    TX = "TX", "Texas"
    UT = "UT", "Utah"
    VT = "VT", "Vermont"
    VI = "VI", "Virgin Islands"
    VA = "VA", "Virginia"
    WA = "WA", "Washington"
    WV = "WV", "West Virginia"
    WI = "WI", "Wisconsin"
    WY = "WY", "Wyoming"


class Zone(Choice):
    """Time zones of United States facilities, by their IANA names."""

    EASTERN = "America/New_York", "Eastern"
    CENTRAL = "America/Chicago", "Central"
    MOUNTAIN = "America/Denver", "Mountain"
    ARIZONA = "America/Phoenix", "Arizona"
    PACIFIC = "America/Los_Angeles", "Pacific"
    ALASKA = "America/Anchorage", "Alaska"
    HAWAII = "Pacific/Honolulu", "Hawaii"
    ATLANTIC = "America/Puerto_Rico", "Atlantic"
    GUAM = "Pacific/Guam", "Guam"


class FacilityKind(Choice):
    """What kind of place holds the person."""

    JAIL = "jail", "Jail"
    PRISON = "prison", "Prison"
    LOCK_UP = "lock_up", "Police lock-up"
    ICE = "ice", "ICE facility"
    COURT = "court", "Court"


class CustodyBasis(Choice):
    """Why the person is held, apart from the detainer."""

    PRETRIAL = "pretrial", "Awaiting trial"
    SERVING = "serving", "Serving a sentence"
    HOLD_ONLY = "hold_only", "Detainer only"
    PROBATION = "probation", "Probation or parole"
    OTHER_WARRANT = "other_warrant", "Other warrant"
    FEDERAL = "federal", "Federal or U.S. Marshals"
    UNKNOWN = "unknown", "Unknown"


class ReleaseBasis(Choice):
    """Why the local matter no longer holds the person (model: C.R.S. 24-76.6-101(2))."""

    BAIL_BOND = "bail_bond", "Bail bond"
    CASH_BAIL = "cash_bail", "Cash bail"
    RECOGNIZANCE = "recognizance", "Own recognizance"
    DISMISSED = "dismissed", "Charges dismissed"
    NO_CHARGES = "no_charges", "No charges filed"
    NOT_GUILTY = "not_guilty", "Not guilty"
    TIME_SERVED = "time_served", "Time served"
    SUSPENDED = "suspended", "Suspended or deferred sentence"
    COURT_ORDER = "court_order", "Court order"
    NO_PROBABLE_CAUSE = "no_probable_cause", "Probable cause not found"
    QUASHED = "quashed", "Warrant quashed"
    TRANSFER = "transfer", "Transfer"


class KnownFrom(Choice):
    """Where a fact comes from."""

    COURT = "court", "Court record"
    JAIL = "jail", "Jail staff"
    CLIENT = "client", "Client"
    FAMILY = "family", "Family"
    ROSTER = "roster", "Public roster"
    BONDSMAN = "bondsman", "Bondsman"


class ReleasedTo(Choice):
    """Where the person went."""

    COMMUNITY = "community", "Community"
    ICE = "ice", "ICE"
    CBP = "cbp", "CBP"
    USMS = "usms", "U.S. Marshals"
    OTHER_AGENCY = "other_agency", "Other agency"
    PRISON = "prison", "Prison"
    HOSPITAL = "hospital", "Hospital"
    DIED = "died", "Died"
    STILL_HELD = "still_held", "Still held"
    UNKNOWN = "unknown", "Unknown"


class DetainerForm(Choice):
    """The paper the jail received."""

    I247 = "I-247", "I-247 (before 2015)"
    I247D = "I-247D", "I-247D"
    I247N = "I-247N", "I-247N (notice only)"
    I247X = "I-247X", "I-247X (transfer)"
    I247A = "I-247A", "I-247A"
    I247G = "I-247G", "I-247G (notice only)"
    ORAL = "oral", "By word of mouth"
    UNKNOWN = "unknown", "Unknown"
    NONE_SEEN = "none seen", "No paper seen"


class IssuedBy(Choice):
    """What kind of office issued the detainer."""

    ERO = "ero", "ICE field office"
    PERC = "perc", "PERC"
    CBP = "cbp", "CBP"
    OFFICER_287G = "287g", "287(g) officer"
    UNKNOWN = "unknown", "Unknown"


class DetainerBox(Choice):
    """The box ticked on Form I-247A."""

    PROBABLE_CAUSE = "1", "Box 1: probable cause"
    TRANSFERRED = "2", "Box 2: transferred for a proceeding"
    NEITHER = "neither", "Neither"
    UNKNOWN = "unknown", "Unknown"


class ProbableCause(Choice):
    """The bases listed under box 1 of Form I-247A."""

    FINAL_ORDER = "final_order", "Final order of removal"
    PROCEEDINGS = "proceedings", "Pending proceedings"
    BIOMETRIC = "biometric", "Biometric match and records"
    STATEMENTS = "statements", "Statements or other evidence"


class DetainerAsks(Choice):
    """What the form asks the jail to do."""

    NOTIFY = "notify", "Notify before release"
    HOLD = "hold", "Hold up to 48 hours"
    RELAY = "relay", "Relay to the next facility"
    NOTIFY_DEATH = "notify_death", "Notify of death or transfer"


class WarrantAttached(Choice):
    """The warrant that came with the detainer."""

    NONE = "none", "None"
    I200 = "I-200", "I-200 (administrative)"
    I205 = "I-205", "I-205 (administrative, final order)"
    JUDICIAL = "judicial", "Signed by a judge"
    UNKNOWN = "unknown", "Unknown"


class Review(Choice):
    """Whether a neutral review was shown."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Unknown"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class DetainerStatus(Choice):
    """What became of the detainer."""

    ACTIVE = "active", "Active"
    CANCELLED = "cancelled", "Cancelled"
    DECLINED = "declined", "Declined by the agency"
    EXPIRED = "expired", "Expired"
    SUPERSEDED = "superseded", "Superseded"
    EXECUTED = "executed", "Executed: taken by ICE"
    UNKNOWN = "unknown", "Unknown"


class LiftReason(Choice):
    """Why a detainer ended, in ICE's words."""

    BOOKED = "booked", "Booked into detention"
    CHANGED = "changed", "Case action changed"
    LIFTED = "lifted", "Lifted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    OTHER = "other", "Other"


class IceCriminality(Choice):
    """ICE's own label."""

    CONVICTED = "1", "1 Convicted criminal"
    PENDING = "2", "2 Pending criminal charges"
    OTHER = "3", "3 Other immigration violator"
    UNKNOWN = "unknown", "Unknown"


class ThreatLevel(Choice):
    """ICE's own threat level."""

    ONE = "1", "1"
    TWO = "2", "2"
    THREE = "3", "3"
    NONE = "none", "None"
    UNKNOWN = "unknown", "Unknown"


class ChargeLevel(Choice):
    """How serious the law says a charge is, most serious first."""

    FELONY = "felony", "Felony"
    MISDEMEANOR = "misdemeanor", "Misdemeanor"
    CRIMINAL_TRAFFIC = "criminal_traffic", "Criminal traffic"
    INFRACTION = "infraction", "Traffic infraction or ordinance"
    CIVIL = "civil", "Civil"
    NONE = "none", "No charge filed"
    UNKNOWN = "unknown", "Unknown"


class ChargeCategory(Choice):
    """What a charge is about."""

    VIOLENT = "violent", "Violent"
    PROPERTY = "property", "Property"
    DRUG = "drug", "Drug"
    DUI = "dui", "Driving under the influence"
    NO_LICENSE = "no_license", "Driving without a license"
    OTHER_TRAFFIC = "other_traffic", "Other traffic"
    IMMIGRATION = "immigration", "Immigration only"
    PUBLIC_ORDER = "public_order", "Public order"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Unknown"


class ChargeOutcome(Choice):
    """How a charge ended in the state court."""

    PENDING = "pending", "Pending"
    NO_CHARGES = "no_charges", "No charges filed"
    DISMISSED = "dismissed", "Dismissed"
    NOLLE = "nolle", "Nolle prosequi or declined"
    DIVERTED = "diverted", "Diverted"
    DEFERRED = "deferred", "Deferred"
    WITHHELD = "withheld", "Adjudication withheld"
    NOT_GUILTY = "not_guilty", "Not guilty"
    NGRI = "ngri", "Not guilty by reason of insanity"
    PLEA = "plea", "Convicted by plea"
    TRIAL = "trial", "Convicted at trial"
    CONVICTED = "convicted", "Convicted"
    REDUCED = "reduced", "Reduced"
    VACATED = "vacated", "Vacated or expunged"
    UNKNOWN = "unknown", "Unknown"


class GuiltBasis(Choice):
    """What an outcome rests on: the first element of 8 U.S.C. 1101(a)(48)(A)."""

    GUILTY = "guilty", "Guilty plea"
    NO_CONTEST = "no_contest", "No contest"
    FOUND_GUILTY = "found_guilty", "Found guilty"
    FACTS_ADMITTED = "facts_admitted", "Facts admitted"
    NONE = "none", "None of these"
    UNKNOWN = "unknown", "Unknown"


class Sanction(Choice):
    """What the court imposed: the second element of 8 U.S.C. 1101(a)(48)(A)."""

    JAIL = "jail", "Jail or prison"
    TIME_SERVED = "time_served", "Time served"
    PROBATION = "probation", "Probation"
    FINE = "fine", "Fine"
    COSTS = "costs", "Court costs"
    CLASSES = "classes", "Classes or treatment"
    SERVICE = "service", "Community service"
    NONE = "none", "None at all"


class ListedOffense(Choice):
    """Offenses named in 8 U.S.C. 1226(c)(1)(E)(ii), as amended in 2025."""

    BURGLARY = "burglary", "Burglary"
    THEFT = "theft", "Theft"
    LARCENY = "larceny", "Larceny"
    SHOPLIFTING = "shoplifting", "Shoplifting"
    OFFICER = "officer", "Assault of a law enforcement officer"
    DEATH_OR_INJURY = "death_or_injury", "Causing death or serious injury"
    NONE = "none", "None of these"
    UNKNOWN = "unknown", "Unknown"


class ImmigrationConviction(Choice):
    """Whether an outcome is a conviction under INA 101(a)(48)(A); an attorney decides."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNCLEAR = "unclear", "Unclear: attorney decides"


class DvRelation(Choice):
    """How a charge comes from domestic violence."""

    PARTNER_IS_VICTIM = "partner", "Client is the alleged victim's partner"
    CROSS_ARREST = "cross_arrest", "Both were arrested"
    VICTIM_ARRESTED = "victim_arrested", "The victim was arrested"
    NONE = "none", "None"


class StatusClaimed(Choice):
    """Immigration status, as the person says: the most dangerous answer in the file."""

    CITIZEN = "citizen", "U.S. citizen"
    LPR = "lpr", "Lawful permanent resident"
    REFUGEE = "refugee", "Refugee or asylee"
    TPS = "tps", "TPS"
    DACA = "daca", "DACA"
    NONIMMIGRANT = "nonimmigrant", "Nonimmigrant"
    PENDING = "pending", "Application pending"
    EWI = "ewi", "Entered without inspection"
    OVERSTAY = "overstay", "Overstay"
    FINAL_ORDER = "final_order", "Final order"
    UNKNOWN = "unknown", "Unknown"
    DECLINED = "declined", "Declined to say"


class MannerOfEntry(Choice):
    """How the person came in."""

    INSPECTED = "inspected", "Inspected"
    NOT_INSPECTED = "not_inspected", "Not inspected"
    UNKNOWN = "unknown", "Unknown"


class Relief(Choice):
    """Forms of relief to look into."""

    U = "u", "U status"
    T = "t", "T status"
    VAWA = "vawa", "VAWA self-petition"
    SIJ = "sij", "Special immigrant juvenile"
    ASYLUM = "asylum", "Asylum"
    CANCELLATION = "cancellation", "Cancellation of removal"
    FAMILY = "family", "Family petition"
    TPS = "tps", "TPS"
    NONE = "none", "None seen"
    ATTORNEY = "attorney", "Needs an attorney"


class Represented(Choice):
    """Who speaks for the person before the immigration authorities."""

    US = "us", "This office"
    OTHER = "other", "Another attorney"
    NONE = "none", "Nobody"
    UNKNOWN = "unknown", "Unknown"


class WhenAbused(Choice):
    """How long ago violence happened."""

    M3 = "3m", "Within 3 months"
    M6 = "6m", "3 to 6 months ago"
    M12 = "12m", "6 to 12 months ago"
    LONGER = "longer", "More than a year ago"
    UNKNOWN = "unknown", "Unknown"


class AbuseKind(Choice):
    """Kinds of violence."""

    PHYSICAL = "physical", "Physical"
    SEXUAL = "sexual", "Sexual"
    STALKING = "stalking", "Stalking"
    EMOTIONAL = "emotional", "Emotional"
    ECONOMIC = "economic", "Economic"
    TECHNOLOGICAL = "technological", "Technological"
    TRAFFICKING = "trafficking", "Trafficking"


class Suspected(Choice):
    """Yes, no, or suspected."""

    YES = "yes", "Yes"
    NO = "no", "No"
    SUSPECTED = "suspected", "Suspected"
    UNKNOWN = "unknown", "Unknown"


class ProtectedPlace(Choice):
    """Places named in 8 U.S.C. 1229(e) where the enforcement action happened."""

    NONE = "none", "None of these"
    SHELTER = "shelter", "Shelter"
    RAPE_CRISIS = "rape_crisis", "Rape crisis center"
    COURTHOUSE = "courthouse", "Courthouse"
    OTHER = "other", "Other protected place"
    UNKNOWN = "unknown", "Unknown"


class AbuserRelation(Choice):
    """What the abuser is to the client."""

    SPOUSE = "spouse", "Spouse or partner"
    FORMER = "former", "Former partner"
    PARENT = "parent", "Parent"
    CHILD = "child", "Child"
    EMPLOYER = "employer", "Employer or trafficker"
    OTHER = "other", "Other"


class ConsentKind(Choice):
    """What the client agrees to."""

    REPRESENTATION = "representation", "Representation"
    LETTER = "letter", "Letter"
    REFERRAL = "referral", "Referral"
    RECORDS = "records", "Getting the client’s own records"
    REPORTING = "reporting", "Counting in summaries"
    MEDIA = "media", "Media or story"


class FactGroup(Choice):
    """Groups of facts that a consent opens."""

    IDENTITY = "identity", "Name and booking number"
    CHARGES = "charges", "Charges and outcomes"
    FAMILY = "family", "Family and work"
    HEALTH = "health", "Health"
    VICTIM = "victim", "Domestic violence and other victim facts"
    IMMIGRATION = "immigration", "Immigration"


class SignedHow(Choice):
    """How consent was given."""

    WET = "wet", "Signed on paper"
    ELECTRONIC = "electronic", "Signed electronically, identity checked"
    NOT_SIGNED = "not_signed", "Not signed yet"


class SignedBy(Choice):
    """Who gave the consent. An abuser may not (34 U.S.C. 12291(b)(2)(B)(ii))."""

    CLIENT = "client", "The client"
    PARENT = "parent", "A parent"
    GUARDIAN = "guardian", "A legal guardian"
    MINOR_AND_PARENT = "minor_and_parent", "A minor and a parent together"
    OTHER = "other", "Somebody else"


class WithdrawnHow(Choice):
    """How consent was taken back; by word of mouth counts at once."""

    ORAL = "oral", "By word of mouth"
    WRITTEN = "written", "In writing"


class ToDoKind(Choice):
    """What sort of thing is to be done."""

    CALL = "call", "Call"
    LETTER = "letter", "Letter for an attorney"
    COURT = "court", "Court date"
    CHECK = "check", "Check or look up"
    CONFLICT = "conflict", "Conflict question for an attorney"
    OTHER = "other", "Other"


class NoteKind(Choice):
    """Where a note comes from."""

    CALL = "call", "Telephone call"
    VISIT = "visit", "Jail visit"
    COURT = "court", "Court"
    JAIL = "jail", "Spoke with the jail"
    ICE = "ice", "Spoke with ICE"
    OTHER = "other", "Other"


class WorkKind(Choice):
    """What time was spent on."""

    INTAKE = "intake", "Intake"
    ADVICE = "advice", "Advice"
    LETTER = "letter", "Letter"
    CALLS = "calls", "Calls"
    RESEARCH = "research", "Research"
    COURT = "court", "Court"
    TRAVEL = "travel", "Travel"
    OTHER = "other", "Other"


class QualifyingCrime(Choice):
    """Kinds of crime listed for U status, or similar to one (8 U.S.C. 1101(a)(15)(U)(iii))."""

    DOMESTIC_VIOLENCE = "domestic_violence", "Domestic violence"
    SEXUAL_ASSAULT = "sexual_assault", "Sexual assault"
    RAPE = "rape", "Rape"
    FELONIOUS_ASSAULT = "felonious_assault", "Felonious assault"
    STALKING = "stalking", "Stalking"
    TRAFFICKING = "trafficking", "Trafficking"
    KIDNAPPING = "kidnapping", "Kidnapping"
    FALSE_IMPRISONMENT = "false_imprisonment", "False imprisonment"
    BLACKMAIL = "blackmail", "Blackmail"
    EXTORTION = "extortion", "Extortion"
    WITNESS_TAMPERING = "witness_tampering", "Witness tampering"
    OBSTRUCTION = "obstruction", "Obstruction of justice"
    LABOR_FRAUD = "labor_fraud", "Fraud in foreign labor contracting"
    SIMILAR = "similar", "A similar crime"


class AddresseeKind(Choice):
    """What an entry of the office's directory is written to for."""

    JAIL = "jail", "Jail or sheriff"
    COUNSEL = "counsel", "Counsel of the county or city"
    ICE = "ice", "ICE field office"
    ICE_RECORDS = "ice_records", "ICE or DHS records office"
    RECORDS = "records", "Records custodian of a jail"
    CERTIFIER = "certifier", "Official who certifies for U status"
    DEFENDER = "defender", "Public defender or defense counsel"
    PROSECUTOR = "prosecutor", "Prosecutor"
    JUDGE = "judge", "Court"
    OTHER = "other", "Other"


class SentBy(Choice):
    """By what means a letter left the office."""

    MAIL = "mail", "Mail"
    CERTIFIED = "certified", "Certified mail"
    FAX = "fax", "Fax"
    EMAIL = "email", "E-mail"
    HAND = "hand", "By hand"
    PORTAL = "portal", "Web portal"


class LetterAnswer(Choice):
    """What the recipient answered."""

    AGREED = "agreed", "Agreed"
    IN_PART = "in_part", "Agreed in part"
    REFUSED = "refused", "Refused"
    ASKED = "asked", "Asked for more"
    NONE = "none", "No answer"


class LetterResult(Choice):
    """What became of the person or the request (report table T14)."""

    RELEASED = "released", "Released"
    CANCELLED = "cancelled", "Detainer cancelled"
    TRANSFERRED = "transferred", "Transferred to ICE"
    CERTIFIED = "certified", "Certified"
    RECORDS = "records", "Records received"
    REFUSED = "refused", "Refused"
    NO_ANSWER = "no_answer", "No answer"
    OTHER = "other", "Other"
