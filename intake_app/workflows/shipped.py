"""Texts, fonts and law that ship with the program, read once: they do not change as it runs."""

import tomllib
from functools import cache, partial
from pathlib import Path

from intake_app import paths
from intake_app.core.authorities import Library
from intake_app.core.authority_files import read_authorities
from intake_app.core.errors import AppError
from intake_app.core.legal_process import LegalProcess, read_legal_process
from intake_app.core.poverty_guidelines import PovertySheet
from intake_app.core.survey_words import SurveyWords, read_survey_words
from intake_app.documents.fonts import Fonts


@cache
def library() -> Library:
    """The library of authorities; raise `AppError` naming a malformed entry."""
    files = sorted((paths.resources() / "authorities").glob("*.toml"))
    return read_authorities({file.name: file.read_text("utf-8") for file in files})


@cache
def survey_words() -> SurveyWords:
    """The questions of the survey in each language; raise `AppError` for a malformed file."""
    return read_survey_words((paths.resources() / "survey" / "questions.toml").read_text("utf-8"))


@cache
def legal_process() -> LegalProcess:
    """What to do when legal process comes; raise `AppError` for a malformed file."""
    return read_legal_process((paths.resources() / "legal_process.toml").read_text("utf-8"))


@cache
def letter_fonts() -> Fonts:
    """The four styles letters are set in; other scripts are read when a name needs them."""
    styles = ("Regular", "Bold", "Italic", "BoldItalic")
    others = ("NotoNaskhArabic-Regular", "NotoSerifHebrew-Regular", "DroidSansFallbackFull")
    return Fonts(
        *(_font(f"NotoSerif-{style}") for style in styles),
        others=tuple(partial(_font, name) for name in others),
    )


@cache
def _font(name: str) -> bytes:
    return (paths.resources() / "fonts" / f"{name}.ttf").read_bytes()


@cache
def letter_text(kind: str, language: str = "en") -> str:
    """The text of a kind of letter; raise `AppError` where there is none in that language."""
    ending = "" if language == "en" else f".{language}"
    file: Path = paths.resources() / "letters" / f"{kind}{ending}.md"
    try:
        return file.read_text("utf-8")
    except FileNotFoundError as error:
        raise AppError("There is no letter of that kind in that language.") from error


@cache
def poverty_sheet() -> PovertySheet:
    """What to enter as a poverty guideline and where it is published; it holds no figures."""
    file = paths.resources() / "poverty" / "guidelines.toml"
    told = tomllib.loads(file.read_text("utf-8"))
    return PovertySheet(told["source"], told["what_to_enter"], told["why_empty"])


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Which given names stand for which, for the conflict check."""
    from intake_app.core.name_likeness import read_nicknames

    return read_nicknames(tomllib.loads((paths.resources() / "nicknames.toml").read_text("utf-8")))
