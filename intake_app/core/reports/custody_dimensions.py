"""What detainer episodes can be counted by: custody, its place and its end."""

from intake_app.core.casefile import Custody, Detainer
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.episode_words import about, asked, coarser
from intake_app.core.reports.rows import Population
from intake_app.core.reports.words import NOT_KNOWN, UNKNOWN, YES_NO, words_of
from intake_app.core.vocabulary import CustodyBasis, FacilityKind, State

CUSTODY_DIMENSIONS = (
    about(
        "past_48_plain",
        "Held past 48 hours, all hours counted",
        YES_NO,
        asked(Custody, "release_due_at", "release_due_on", "released_at"),
        help="48 hours from when release was due, as Form I-247A reads.",
    ),
    about(
        "past_48_rule",
        "Held past 48 hours, without weekends and holidays",
        YES_NO,
        asked(Custody, "release_due_at", "release_due_on", "released_at"),
        help="48 hours from when release was due, as 8 C.F.R. § 287.7(d) counts them.",
    ),
    about(
        "picked_up",
        "Picked up by ICE",
        {
            "ice": "Taken by ICE or CBP",
            "other": "Went elsewhere in custody, to a hospital, or died",
            "never": "Released, never picked up",
            "held": "Still held",
            UNKNOWN: NOT_KNOWN,
        },
        asked(Custody, "released_to") + asked(Detainer, "status", "lift_reason"),
        coarser(
            "Picked up or not",
            ice=("Taken by ICE or CBP", "ice"),
            no=("Not taken by ICE", "other never held"),
        ),
    ),
    # That there is a transfer on file; none of its answers.
    about("transferred", "Moved to another place of custody", {"yes": "Yes", "no": "No"}, ()),
    about(
        "custody_basis",
        "Held because of",
        words_of(CustodyBasis),
        asked(Custody, "custody_basis"),
        coarser(
            "Trial, sentence, detainer",
            pretrial=("Awaiting trial", "pretrial"),
            serving=("Serving a sentence, probation or parole", "serving probation"),
            only=("Detainer only", "hold_only"),
            other=("Other", "other_warrant federal"),
        ),
    ),
    about(
        "bail_refused",
        "Bail refused because of the detainer",
        YES_NO,
        asked(Custody, "bail_refused"),
    ),
    about(
        "facility_kind",
        "Kind of facility",
        words_of(FacilityKind),
        asked(Custody, "facility_kind"),
        coarser(
            "Jail or other", jail=("Jail", "jail"), other=("Other", "prison lock_up ice court")
        ),
    ),
    about("state", "State of the facility", words_of(State), asked(Custody, "facility_state")),
    Dimension(
        "county",
        "County of the facility",
        Population.EPISODES,
        {},
        asked(Custody, "facility_county", "arrest_county"),
        unknown=frozenset({NOT_KNOWN}),
        help="The county of arrest where the facility’s is not known.",
    ),
    about(
        "agency_kind",
        "Kind of arresting agency",
        {
            "sheriff": "Sheriff",
            "police": "City or county police",
            "state": "State police or highway patrol",
            "federal": "Federal agency",
            "corrections": "Jail, prison, probation or court",
            "campus": "Campus or school police",
            "other": "Other",
            UNKNOWN: NOT_KNOWN,
        },
        asked(Custody, "arresting_agency"),
        coarser(
            "Local or other",
            local=("Local", "sheriff police campus"),
            other=("State, federal or other", "state federal corrections other"),
        ),
        help="Told from the words of the agency’s name.",
    ),
)
