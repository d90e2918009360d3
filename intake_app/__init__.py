"""Intake Desk: an offline desk for legal-aid intake of people held on immigration detainers."""

__version__ = "0.1.0"
