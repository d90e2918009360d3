"""Words that tell an agency it may decline, and words that only come near to them."""

import pytest

from intake_app.core.letters.free_to_decline import says_free_to_decline


@pytest.mark.parametrize(
    "words",
    [
        "Your agency is free to decline the detainer.",
        "You may decline it.",
        "The sheriff may simply refuse.",
        "The jail is not required to comply with the detainer.",
        "No law requires your agency to hold anyone.",
        "Nothing in federal law requires a jail to honor a detainer.",
        "Compliance with a detainer is voluntary.",
        "A detainer is a request, not an order.",
        "A detainer is a mere request.",
        "A detainer is only a request.",
        "You need not comply.",
        "You don’t have to hold her.",
        "Your agency has no duty to hold him.",
        "You are under no obligation here.",
        "Detainers are not mandatory.",
        "Detainers are not legally binding.",
        "immigration detainers do not and cannot compel a state or local law enforcement agency",
        "The hold is optional.",
        "It is within your discretion to release her.",
        "You can choose whether to hold her.",
        "Please decline the detainer.",
        "We ask your agency to ignore this detainer.",
        "VOLUNTARY",
        "Fe\u0301deral law says you\u00a0may  DECLINE.",
        "They do not turn the request into a command.",
        "It is a non-binding paper.",
    ],
)
def test_it_is_found(words: str) -> None:
    assert says_free_to_decline(words)


@pytest.mark.parametrize(
    "words",
    [
        "By federal regulation, a detainer “is a request that such agency advise” others.",
        "We do not ask your agency to act against it.",
        "Release her unless the conditions of the law are met.",
        "The duty to comply thus arises only when your agency has determined that it accords.",
        "If neither form came with the detainer, the duty under the statute is not shown.",
        "It does not ask an agency to hold anyone.",
        "She was not released. You must keep every record and comply with the subpoena.",
        "You do not have to answer questions.",
        "The decision is at the discretion of the certifying agency.",
        "Do not sign a paper about voluntary departure before a lawyer has read it.",
        "Say when the release takes place or on what authority it is refused.",
        "Only a request that came with a signed Form I-200 counts.",
    ],
)
def test_honest_words_pass(words: str) -> None:
    assert not says_free_to_decline(words)
