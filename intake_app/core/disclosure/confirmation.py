"""What an attack on a release came to, for the disclosure report. Tells no figure and no bound."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Confirmation:
    """The attack failed everywhere.

    `cells_attacked` counts every withheld figure and every increase between releases, small or
    not, so that it does not tell how many of them are small. `in_whole_numbers`: a complete set
    of whole numbers that agrees with all figures was found for each small one.
    """

    attacker: str
    attacker_version: str
    solver: str
    cells_attacked: int
    failures: int
    in_whole_numbers: bool
    earlier_releases: int
    earlier_figures: int
