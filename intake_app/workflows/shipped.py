"""Texts, fonts and law that ship with the program, read once: they do not change as it runs."""

from functools import cache
from pathlib import Path

from intake_app import paths
from intake_app.core.authorities import Library
from intake_app.core.authority_files import read_authorities
from intake_app.core.errors import AppError
from intake_app.documents.fonts import Fonts


@cache
def library() -> Library:
    """The library of authorities; raise `AppError` naming a malformed entry."""
    files = sorted((paths.resources() / "authorities").glob("*.toml"))
    return read_authorities({file.name: file.read_text("utf-8") for file in files})


@cache
def letter_fonts() -> Fonts:
    """The four styles letters are set in."""
    styles = ("Regular", "Bold", "Italic", "BoldItalic")
    folder = paths.resources() / "fonts"
    return Fonts(*((folder / f"NotoSerif-{style}.ttf").read_bytes() for style in styles))


def letter_text(kind: str) -> str:
    """The text of a kind of letter; raise `AppError` where there is none."""
    file: Path = paths.resources() / "letters" / f"{kind}.md"
    try:
        return file.read_text("utf-8")
    except FileNotFoundError as error:
        raise AppError("There is no letter of that kind.") from error
