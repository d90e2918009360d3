"""All acts, by name."""

from tests.faults.act import Act
from tests.faults.acts_cases import CASE_ACTS
from tests.faults.acts_copies import COPY_ACTS
from tests.faults.acts_office import OFFICE_ACTS
from tests.faults.acts_papers import PAPER_ACTS

ACTS: dict[str, Act] = {
    act.name: act for act in (*CASE_ACTS, *OFFICE_ACTS, *PAPER_ACTS, *COPY_ACTS)
}
