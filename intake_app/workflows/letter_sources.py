"""Where the kinds of letters, their texts and the library of authorities of an office come from."""

from collections.abc import Mapping

from intake_app.core.authorities import Library
from intake_app.core.authority_checks import OfficeLibrary, fold
from intake_app.core.errors import AppError
from intake_app.core.letters.kinds import KINDS, LetterKind
from intake_app.store.authority_checks import read_checks
from intake_app.store.letter_setup import letter_setup
from intake_app.store.office import Office
from intake_app.workflows import shipped


def library_of(office: Office) -> Library:
    """The library as this office's attorneys have checked it."""
    return office_library(office).library


def library_at_hand(office: Office) -> Library:
    """The library without reading the office file: for a page that must not wait for it.

    The office's own checks count as soon as anybody has opened a letter or the library.
    """
    read = office.checked_library
    return read.library if read is not None else shipped.library()


def office_library(office: Office) -> OfficeLibrary:
    """The library with every act of this office's attorneys; folded once after each act."""
    if office.checked_library is None:
        office.checked_library = fold(shipped.library(), read_checks(office))
    return office.checked_library


def kinds_of(office: Office) -> Mapping[str, LetterKind]:
    """The kinds of letter this office writes: the shipped ones and its own."""
    own = letter_setup(office).own_kinds.values()
    # A kind like one that no longer ships has no rules to go by.
    return {**KINDS, **{one.key: one.kind for one in own if one.like in KINDS}}


def kind_of(office: Office, key: str) -> LetterKind:
    """One kind; raise `AppError` where there is none such."""
    kinds = kinds_of(office)
    if key not in kinds:
        raise AppError(f"There is no such letter. Choose one of: {', '.join(kinds)}.")
    return kinds[key]


def text_of(office: Office, kind: LetterKind, language: str) -> str:
    """The text a letter is written from; raise `AppError` where there is none."""
    if kind.like:
        if language not in kind.languages:
            raise AppError("There is no letter of that kind in that language.")
        return letter_setup(office).own_kinds[kind.key].text
    return shipped.letter_text(kind.key, language)
