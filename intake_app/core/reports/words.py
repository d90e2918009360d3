"""The words of dimensions: keys and labels out of the vocabularies of the form."""

from collections.abc import Mapping

from intake_app.core.fields import Choice

UNKNOWN = "unknown"
"""The key of “nobody knows”, in every dimension that can have it."""

NOT_KNOWN = "Not known"

YES_NO: Mapping[str, str] = {"yes": "Yes", "no": "No", UNKNOWN: NOT_KNOWN}


def words_of(vocabulary: type[Choice]) -> dict[str, str]:
    """Labels by key; “not known” last, also for a vocabulary without it."""
    words = {choice.value: choice.label for choice in vocabulary if choice.value != UNKNOWN}
    return words | {UNKNOWN: NOT_KNOWN}
