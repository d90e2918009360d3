"""Check an office file for damage."""

from intake_app.store.office import Office


def check_office(office: Office) -> tuple[str, ...]:
    """Sentences about everything that is wrong; empty for a sound office."""
    return (*office.losses, *office.damage())
