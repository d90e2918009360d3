"""What detainer episodes can be counted by, and the numbers that can be added up over them.

One episode is one booking with one or more detainers, counted once.
"""

from intake_app.core.casefile import Custody, Dependent, Detainer, Household, Person, Protection
from intake_app.core.disclosure.figures import Guard
from intake_app.core.places import Language
from intake_app.core.reports.charge_dimensions import CHARGE_DIMENSIONS
from intake_app.core.reports.custody_dimensions import CUSTODY_DIMENSIONS
from intake_app.core.reports.detainer_dimensions import DETAINER_DIMENSIONS
from intake_app.core.reports.dimensions import Dimension, Level, Measure
from intake_app.core.reports.episode_words import about, asked, coarser
from intake_app.core.reports.rows import Population
from intake_app.core.reports.words import NOT_KNOWN, UNKNOWN, YES_NO, words_of
from intake_app.core.reports.world_regions import COUNTRIES, PARTS_OF_THE_WORLD, WORLD_REGIONS
from intake_app.core.vocabulary import CitizenClaim, Sex

_PERSON = (
    about(
        "earner",
        "Primary earner",
        {"yes": "Primary earner", "shared": "Shared", "no": "No", UNKNOWN: NOT_KNOWN},
        asked(Household, "primary_breadwinner"),
        coarser(
            "Earns for the household",
            earns=("Primary or shared", "yes shared"),
            no=("No", "no"),
        ),
        help="Earns half of the household’s income or more, as the person or the family says.",
    ),
    about(
        "children",
        "Minor children",
        {"0": "None", "1": "1", "2": "2", "3+": "3 or more", UNKNOWN: NOT_KNOWN},
        asked(Household, "children") + asked(Dependent, "relation", "age"),
        coarser("Children or none", none=("None", "0"), some=("1 or more", "1 2 3+")),
        help="Children under 18 among the dependents, or in the household if that is more.",
    ),
    about(
        "citizen_family",
        "U.S.-citizen spouse or child",
        YES_NO,
        asked(Household, "citizen_family") + asked(Dependent, "relation", "us_citizen"),
    ),
    about(
        "country",
        "Country",
        COUNTRIES,
        asked(Person, "country_of_birth", "citizenship"),
        Level("World region", WORLD_REGIONS),
        Level("Part of the world", PARTS_OF_THE_WORLD),
        help="Of birth; of citizenship where that is not known.",
    ),
    about(
        "language",
        "Language",
        words_of(Language),
        asked(Person, "language_spoken"),
        Level(
            "English, Spanish, other",
            {
                "English": frozenset({"en"}),
                "Spanish": frozenset({"es"}),
                "Other": frozenset(words_of(Language)) - {"en", "es", UNKNOWN},
                NOT_KNOWN: frozenset({UNKNOWN}),
            },
        ),
        help="The language the person speaks.",
    ),
    about(
        "sex",
        "Sex or gender",
        {word: label for word, label in words_of(Sex).items() if word != "undisclosed"},
        asked(Person, "sex"),
        coarser(
            "Female, male, other",
            f=("Female", "female"),
            m=("Male", "male"),
            x=("X or other", "x other"),
        ),
    ),
    about(
        "citizen_claim",
        "U.S. citizen",
        words_of(CitizenClaim),
        asked(Person, "us_citizen_claim"),
        coarser(
            "Any claim or none",
            no=("No claim", "no"),
            yes=("Claims, may be or is a citizen", "claims documented derivative"),
        ),
    ),
    about(
        "victim",
        "Survivor of domestic violence",
        {"yes": "Yes, and agrees to be counted", "no": "Everybody else"},
        asked(Protection, "survivor"),
        guard=Guard.VICTIM,
        flagged=frozenset({"yes"}),
        help="Counted only with the client’s consent in force on the day of the count.",
    ),
)

EPISODE_DIMENSIONS: tuple[Dimension, ...] = (
    *CHARGE_DIMENSIONS,
    *CUSTODY_DIMENSIONS,
    *DETAINER_DIMENSIONS,
    *_PERSON,
)
"""In the order they are offered."""

_HELD = asked(Custody, "release_due_at", "release_due_on", "released_at")

EPISODE_MEASURES: tuple[Measure, ...] = (
    Measure(
        "hours_held",
        "Hours held on the detainer",
        "hours",
        Population.EPISODES,
        _HELD,
        help="From when release was due to when the person was released, taken or held for "
        "another matter. Known only where both are known to the minute.",
    ),
    Measure(
        "days_to_detainer",
        "Days from booking to the detainer",
        "days",
        Population.EPISODES,
        (*asked(Custody, "booked_on", "arrested_at"), *asked(Detainer, "issued_on", "received_at")),
        help="From the day of booking (of the arrest, where that is not known) to the day of the "
        "first detainer. Not known for a detainer from before the booking.",
    ),
    Measure(
        "midnights_held",
        "Midnights held after release was due",
        "midnights",
        Population.EPISODES,
        _HELD,
        help="Known where both days are known.",
    ),
    Measure(
        "days_in_jail",
        "Days in jail",
        "days",
        Population.EPISODES,
        asked(Custody, "booked_on", "arrested_at", "released_at"),
        help="From the day of booking (of the arrest, where that is not known) to the day the "
        "person was released or taken.",
    ),
    Measure(
        "minor_children",
        "Minor children",
        "children",
        Population.EPISODES,
        (*asked(Household, "children"), *asked(Dependent, "relation", "age")),
        help="Children under 18 among the dependents, or in the household if that is more.",
    ),
)
"""In the order they are offered."""
