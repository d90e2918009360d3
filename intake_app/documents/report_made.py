"""Who made a release, when and with what: what its files say besides its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Fonts bring ReportLab with them, which the window must not wait for.
    from intake_app.documents.fonts import Fonts


@dataclass(frozen=True)
class Made:
    """`made_at` knows its time zone; ValueError when it does not.

    `release_id` is the ledger's, `checked_against` those of all earlier releases. `lines` are
    the address and telephone under the name of the office.
    """

    product_version: str
    made_at: datetime
    release_id: str
    checked_against: tuple[str, ...]
    office: str
    fonts: Fonts
    lines: str = ""

    def __post_init__(self) -> None:
        if self.made_at.utcoffset() is None:
            raise ValueError("the time made must have a time zone")
