"""What detainer episodes can be counted by: the papers, and what became of them (T13)."""

from intake_app.core.casefile import Detainer
from intake_app.core.disclosure.figures import Guard
from intake_app.core.reports.episode_words import about, asked, coarser
from intake_app.core.reports.words import NOT_KNOWN, UNKNOWN, YES_NO, words_of
from intake_app.core.vocabulary import DetainerBox, DetainerForm, IssuedBy

DETAINER_DIMENSIONS = (
    about(
        "form",
        "Form",
        {word.replace(" ", "_"): label for word, label in words_of(DetainerForm).items()},
        asked(Detainer, "form"),
        coarser(
            "Asks for a hold or not",
            hold=("Asks for a hold", "I-247 I-247D I-247A oral"),
            notice=("Asks for notice or transfer", "I-247N I-247X I-247G"),
            none=("No paper seen", "none_seen"),
        ),
        help="Of the first detainer that asks for a hold; without one, of the first.",
    ),
    about(
        "edition",
        "Edition printed on the form",
        {
            "before_2010_08": "Before August 2010",
            "2010_08": "August 2010 to May 2011",
            "2011_06": "June to November 2011",
            "2011_12": "December 2011 to November 2012",
            "2012_12": "December 2012 to 2014",
            "2015": "2015 and 2016",
            "2017": "2017 to 2024",
            "2025": "2025 or later",
            UNKNOWN: NOT_KNOWN,
        },
        asked(Detainer, "edition"),
        coarser(
            "Before or after 2017",
            old=("Before 2017", "before_2010_08 2010_08 2011_06 2011_12 2012_12 2015"),
            new=("2017 or later", "2017 2025"),
        ),
    ),
    about(
        "warrant",
        "Warrant attached",
        {
            "none": "None",
            "administrative": "Signed by an immigration officer (I-200, I-205)",
            "judicial": "Signed by a judge",
            UNKNOWN: NOT_KNOWN,
        },
        asked(Detainer, "warrant"),
        coarser(
            "A judge’s warrant or not",
            judge=("Signed by a judge", "judicial"),
            none=("None, or not by a judge", "none administrative"),
        ),
        help="To any detainer of the case.",
    ),
    about(
        "served",
        "Served on the person",
        YES_NO,
        asked(Detainer, "served"),
        help="Any detainer of the case.",
    ),
    about(
        "box",
        "Box ticked",
        words_of(DetainerBox),
        asked(Detainer, "box"),
        help="Of the first detainer that asks for a hold; without one, of the first.",
    ),
    about(
        "neutral_review",
        "Neutral review shown",
        YES_NO,
        asked(Detainer, "neutral_review"),
        help="For any detainer of the case. “Not applicable” counts as not known.",
    ),
    about(
        "detainer_outcome",
        "What became of the detainer",
        {
            "active": "Active",
            "cancelled": "Cancelled",
            "declined": "Declined by the agency",
            "expired": "Expired",
            "taken": "Taken by ICE",
            UNKNOWN: NOT_KNOWN,
        },
        asked(Detainer, "status"),
        coarser(
            "Taken or not",
            taken=("Taken by ICE", "taken"),
            ended=("Cancelled, declined or expired", "cancelled declined expired"),
            active=("Active", "active"),
        ),
        guard=Guard.GROUP,
        help="“Taken” if ICE came on any; else “active” if any stands; else of the last one.",
    ),
    about(
        "issued_by",
        "Issued by",
        words_of(IssuedBy),
        asked(Detainer, "issued_by"),
        coarser(
            "ICE or other",
            ice=("ICE", "ero perc"),
            other=("CBP or a 287(g) officer", "cbp 287g"),
        ),
    ),
)
