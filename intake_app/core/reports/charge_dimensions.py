"""What detainer episodes can be counted by: charges, outcomes, convictions.

What a dimension is worked out from stands in `asked`. An answer that only helps to work it out
and is never shown, such as an attorney's mark on a conviction, is not among it.
"""

from intake_app.core.casefile import Charge, Detainer
from intake_app.core.disclosure.figures import Guard
from intake_app.core.reports.dimensions import Level
from intake_app.core.reports.episode_words import about, asked, coarser
from intake_app.core.reports.words import NOT_KNOWN, UNKNOWN, words_of
from intake_app.core.vocabulary import ChargeCategory, ChargeLevel

CHARGE_DIMENSIONS = (
    about(
        "charge_level",
        "Most serious charge",
        words_of(ChargeLevel),
        asked(Charge, "level", "top_charge"),
        coarser(
            "Felony, misdemeanor or less",
            felony=("Felony", "felony"),
            misdemeanor=("Misdemeanor", "misdemeanor"),
            less=("Traffic, ordinance, civil or none", "criminal_traffic infraction civil none"),
        ),
        coarser(
            "Felony or less",
            felony=("Felony", "felony"),
            less=("Less than a felony", "misdemeanor criminal_traffic infraction civil none"),
        ),
        help="The charge marked as the most serious, or else the one with the highest level.",
    ),
    about(
        "outcome",
        "Outcome of that charge",
        {
            "convicted": "Convicted",
            "withheld": "Adjudication withheld",
            "dismissed": "Dismissed or not prosecuted",
            "acquitted": "Not guilty",
            "diverted": "Diverted or deferred",
            "pending": "Pending",
            "no_charge": "No charge filed",
            UNKNOWN: "Not known, reduced or vacated",
        },
        asked(Charge, "outcome", "top_charge"),
        coarser(
            "Convicted or not",
            convicted=("Convicted", "convicted"),
            withheld=("Withheld, diverted or deferred", "withheld diverted"),
            ended=("Dismissed, not guilty or no charge", "dismissed acquitted no_charge"),
            pending=("Pending", "pending"),
        ),
        coarser(
            "Convicted, not convicted, pending",
            convicted=("Convicted", "convicted"),
            never=("Not convicted", "withheld diverted dismissed acquitted no_charge"),
            pending=("Pending", "pending"),
        ),
        guard=Guard.GROUP,
        help="“Reduced” does not say how the lesser charge ended, so it is not known.",
    ),
    about(
        "conviction",
        "Most serious conviction in this case",
        {
            "felony": "Felony",
            "misdemeanor": "Misdemeanor",
            "traffic": "Criminal traffic, infraction or ordinance",
            "none": "No conviction",
            "pending": "Not convicted so far; a charge is pending",
            UNKNOWN: NOT_KNOWN,
        },
        asked(Charge, "outcome", "level", "guilt_basis"),
        coarser(
            "Felony, less, none",
            felony=("Felony", "felony"),
            less=("Misdemeanor or traffic", "misdemeanor traffic"),
            none=("No conviction", "none"),
            pending=("Pending", "pending"),
        ),
        coarser(
            "Low-level or not guilty",
            felony=("Felony", "felony"),
            low=("Low-level or not guilty", "misdemeanor traffic none"),
            pending=("Pending", "pending"),
        ),
        help="As the state court decided. A withheld adjudication is no conviction here. It is "
        "“pending” while a pending charge could still become the most serious conviction.",
    ),
    about(
        "worst_conviction",
        "Most serious conviction on file",
        {
            "felony_violent": "Felony, violent",
            "felony_other": "Felony, not recorded as violent",
            "misdemeanor": "Misdemeanor",
            "traffic": "Traffic, with driving under the influence",
            "marijuana": "Possession of marijuana",
            "none": "No conviction",
            UNKNOWN: NOT_KNOWN,
        },
        asked(Charge, "outcome", "level", "category", "guilt_basis", "sanctions", "ncic"),
        coarser(
            "Felony, less, none",
            felony=("Felony", "felony_violent felony_other"),
            less=("Misdemeanor, traffic or marijuana", "misdemeanor traffic marijuana"),
            none=("No conviction", "none"),
        ),
        coarser(
            "None, or only traffic or marijuana",
            more=("Felony or misdemeanor", "felony_violent felony_other misdemeanor"),
            none=("None, or only traffic or marijuana possession", "traffic marijuana none"),
        ),
        help="As the immigration authorities count: a withheld adjudication can be a conviction. "
        "Only convictions in the office’s file. Possession of marijuana is told by NCIC code 3562.",
    ),
    about(
        "ice_level",
        "Level by ICE’s scheme",
        {
            "l1": "Level 1",
            "l2": "Level 2",
            "l3": "Level 3",
            "none": "No conviction, no level",
            UNKNOWN: "Not settled",
        },
        asked(Charge, "outcome", "level", "guilt_basis", "sanctions"),
        Level(
            "A level or none",
            {
                "Levels 1 and 2": frozenset({"l1", "l2"}),
                "Level 3": frozenset({"l3"}),
                "No conviction, no level": frozenset({"none"}),
                "Not settled": frozenset({UNKNOWN}),
            },
        ),
        guard=Guard.GROUP,
        help="Our reading of the convictions on file, not ICE’s own label.",
    ),
    about(
        "charge_category",
        "What the most serious charge is about",
        words_of(ChargeCategory),
        asked(Charge, "category", "top_charge"),
        coarser(
            "Violent, traffic, immigration, other",
            violent=("Violent", "violent"),
            traffic=("Traffic", "dui no_license other_traffic"),
            immigration=("Immigration only", "immigration"),
            other=("Property, drug, public order, other", "property drug public_order other"),
        ),
    ),
    about(
        "before_disposition",
        "Detainer before the outcome",
        {
            "before": "Before the outcome",
            "after": "After the outcome",
            "none_yet": "No outcome yet",
            UNKNOWN: NOT_KNOWN,
        },
        asked(Detainer, "issued_on", "received_at") + asked(Charge, "outcome", "outcome_on"),
        coarser(
            "Before or after",
            before=("Before any outcome", "before none_yet"),
            after=("After the outcome", "after"),
        ),
        help="The day of the first detainer (issued, or else received by the jail) against the "
        "day of the most serious charge’s outcome. On the same day it is not known.",
    ),
)
