"""Take away what is left of documents whose adding was stopped, refused or cut off."""

from intake_app.store import document_parts
from intake_app.store.office import Office
from intake_app.workflows.steps import Steps


def clear_leftovers(office: Office) -> Steps[None]:
    """Nothing of it is in any case. Call it while no document is being written.

    Whoever has the office open may: no key is needed to take away what nobody sees.
    """
    with office.reading() as connection:
        more = document_parts.has_leftovers(connection)
    while more:
        yield 1.0
        with office.writing() as connection:
            more = document_parts.take_away_leftovers(connection)
