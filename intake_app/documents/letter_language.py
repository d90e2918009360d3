"""The words around a letter in each language it is written in: dates, times, small lines.

The months and the times of a day follow the usage of each language; whoever checks a translation
checks these too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class LetterLanguage:
    """One language.

    code: as a PDF names it. day, month_alone, moment: patterns for a date, a month and a time;
    one: the pattern for an hour of one, where the language tells it apart. halves: before and
    after noon. page: before the number of a page, of: before their count. day_begins: what tells
    which midnight is meant. unchecked: the line
    on a translation that nobody has checked.
    """

    code: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    day: str
    month_alone: str
    moment: str
    halves: tuple[str, str]
    noon: str
    midnight: str
    re: str
    page: str
    of: str
    enclosure: str
    enclosures: str
    cc: str
    prepared_for: str
    day_begins: str
    unchecked: str = ""
    one: str = ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ENGLISH = LetterLanguage(
    code="en-US",
    months=_words(
        "January February March April May June July August September October November December"
    ),
    weekdays=_words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    day="{month} {day}, {year}",
    month_alone="{month} {year}",
    moment="{weekday}, {date}, at {hour} {half} {zone}",
    halves=("a.m.", "p.m."),
    noon="noon",
    midnight="midnight",
    re="Re:",
    page="Page",
    of="of",
    enclosure="Enclosure:",
    enclosures="Enclosures:",
    cc="cc:",
    prepared_for="Prepared for review by {name}, attorney or accredited representative.",
    day_begins="as that day begins",
)

SPANISH = LetterLanguage(
    code="es-US",
    months=_words(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    weekdays=_words("lunes martes miércoles jueves viernes sábado domingo"),
    day="{day} de {month} de {year}",
    month_alone="{month} de {year}",
    moment="{weekday} {date}, a las {hour} {half} ({zone})",
    one="{weekday} {date}, a la {hour} {half} ({zone})",
    halves=("a. m.", "p. m."),
    noon="del mediodía",
    midnight="de la medianoche",
    re="Asunto:",
    page="Página",
    of="de",
    enclosure="Anexo:",
    enclosures="Anexos:",
    cc="Con copia a:",
    prepared_for="Preparada para revisión de {name}, abogado o representante acreditado.",
    day_begins="al comenzar ese día",
    unchecked="Traducción pendiente de revisión por una persona. "
    "Translation to be checked by a person.",
)

CREOLE = LetterLanguage(
    code="ht",
    months=_words("janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm"),
    weekdays=_words("lendi madi mèkredi jedi vandredi samdi dimanch"),
    day="{day} {month} {year}",
    month_alone="{month} {year}",
    moment="{weekday} {date}, a {hour} {half} ({zone})",
    halves=("a.m.", "p.m."),
    noon="midi",
    midnight="minwi",
    re="Sijè:",
    page="Paj",
    of="sou",
    enclosure="Dokiman ki ladan l:",
    enclosures="Dokiman ki ladan l:",
    cc="Kopi bay:",
    prepared_for="Prepare pou {name}, avoka oswa reprezantan akredite, revize l.",
    day_begins="lè jou sa a kòmanse",
    unchecked="Yon moun poko verifye tradiksyon sa a. Translation to be checked by a person.",
)

SPOKEN: Mapping[str, LetterLanguage] = {"en": ENGLISH, "es": SPANISH, "ht": CREOLE}
"""By the code a letter's text has in its file name."""

BY_CODE: Mapping[str, LetterLanguage] = {one.code: one for one in SPOKEN.values()}
"""By the code a letter and its PDF carry."""


def day_in(language: LetterLanguage, day: date) -> str:
    """`November 22, 2026`, `22 de noviembre de 2026`, `22 novanm 2026`."""
    month = language.months[day.month - 1]
    return language.day.format(day=day.day, month=month, year=day.year)


def month_in(language: LetterLanguage, day: date) -> str:
    """`November 2026`, `noviembre de 2026`, `novanm 2026`."""
    return language.month_alone.format(month=language.months[day.month - 1], year=day.year)


def moment_in(language: LetterLanguage, moment: datetime) -> str:
    """`Monday, November 23, 2026, at 12:00 noon EST`, in the zone the moment carries."""
    hour = (moment.hour - 1) % 12 + 1
    half = language.halves[0 if moment.hour < 12 else 1]
    if moment.minute == 0 and moment.hour in (0, 12):
        half = language.noon if moment.hour else language.midnight
    pattern = language.one if hour == 1 and language.one else language.moment
    return pattern.format(
        weekday=language.weekdays[moment.weekday()],
        date=day_in(language, moment.date()),
        hour=f"{hour}:{moment:%M}",
        half=half,
        zone=f"{moment:%Z}",
    )
