"""What the placeholders of a letter stand for, and from which question of the case each comes."""

from collections.abc import Callable, Mapping

from intake_app.core.letters.facts import LetterFacts
from intake_app.documents.fact_used import FactUsed, Told, of, placeholder
from intake_app.documents.told_certifier import told_to_certifier
from intake_app.documents.told_client import told_to_client
from intake_app.documents.told_court import told_to_court_side
from intake_app.documents.told_ice import told_to_ice, told_to_ice_records
from intake_app.documents.told_jail import (
    told_about_conditions,
    told_about_hours,
    told_to_jail,
)
from intake_app.documents.told_records import told_to_records

__all__ = ["TOLD", "FactUsed", "Told", "of", "placeholder", "told_to_jail"]


TOLD: Mapping[str, Callable[[LetterFacts], Told]] = {
    "decline": told_to_jail,
    "conditions": told_about_conditions,
    "expired": told_about_hours,
    "cancel": told_to_ice,
    "certify": told_to_certifier,
    "jail_records": told_to_records,
    "ice_records": told_to_ice_records,
    "court_notice": told_to_court_side,
    "client": told_to_client,
}
"""By the key of a shipped kind."""
