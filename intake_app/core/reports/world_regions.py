"""Countries by the region of the world, the coarser groups a summary shows instead of a country.

The regions follow the United Nations’ standard country codes (M49), with Mexico apart, since at
a United States jail it would be most of its region.
"""

from collections.abc import Mapping

from intake_app.core.places import Country

UNKNOWN = "unknown"

_CODES: Mapping[str, str] = {
    "Mexico": "MX",
    "Central America": "BZ CR SV GT HN NI PA",
    "Caribbean": (
        "AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI"
    ),
    "South America": "AR BO BV BR CL CO EC FK GF GY PY PE GS SR UY VE",
    "Northern America": "BM CA GL PM US",
    "Europe": (
        "AX AL AD AT BY BE BA BG HR CZ DK EE FO FI FR DE GI GR GG HU IS IE IM IT JE LV LI LT LU "
        "MT MD MC ME NL MK NO PL PT RO RU SM RS SK SI ES SJ SE CH UA GB VA"
    ),
    "Northern Africa and Western Asia": (
        "DZ EG LY MA SD TN EH AM AZ BH CY GE IQ IL JO KW LB OM PS QA SA SY TR AE YE"
    ),
    "Sub-Saharan Africa": (
        "AO BJ BW IO BF BI CV CM CF TD KM CG CD CI DJ GQ ER SZ ET TF GA GM GH GN GW KE LS LR MG "
        "MW ML MR MU YT MZ NA NE NG RE RW SH ST SN SC SL SO ZA SS TZ TG UG ZM ZW"
    ),
    "Central and Southern Asia": "AF BD BT IN IR KZ KG MV NP PK LK TJ TM UZ",
    "Eastern and South-Eastern Asia": "BN KH CN HK ID JP LA MO MY MN MM KP PH SG KR TW TH TL VN",
    "Oceania and elsewhere": (
        "AQ AS AU CX CC CK FJ PF GU HM KI MH FM NR NC NZ NU NF MP PW PG PN WS SB TK TO TV UM VU WF"
    ),
    "Stateless": "XX",
}

WORLD_REGIONS: Mapping[str, frozenset[str]] = {
    **{label: frozenset(codes.split()) for label, codes in _CODES.items()},
    "Not known": frozenset({UNKNOWN}),
}
"""The keys of countries by their region; every country stands in one."""

_PARTS: Mapping[str, tuple[str, ...]] = {
    "Latin America and the Caribbean": (
        "Mexico",
        "Central America",
        "Caribbean",
        "South America",
    ),
    "Elsewhere": tuple(label for label in list(_CODES)[4:]),
    "Not known": ("Not known",),
}

PARTS_OF_THE_WORLD: Mapping[str, frozenset[str]] = {
    label: frozenset().union(*(WORLD_REGIONS[region] for region in regions))
    for label, regions in _PARTS.items()
}
"""The keys of countries in the coarsest groups there are."""

COUNTRIES: Mapping[str, str] = {
    country.value: "Not known" if country is Country.UNKNOWN else country.label.replace("'", "’")
    for country in Country
}
"""Every country's name by its key, as a question about it is answered."""
