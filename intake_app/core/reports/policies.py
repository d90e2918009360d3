"""What other rules on honoring detainers would have meant for the cases counted: an illustration.

A policy sorts the answers of one question into honored, not honored and not known, so each is an
ordinary table part: counted, protected, attacked and frozen like any other. What is worked out
here comes from the protected figures alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from intake_app.core.disclosure.figures import WITHHELD
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.costs import in_dollars
from intake_app.core.reports.release import Costs, ReportPart
from intake_app.core.reports.tables import Part, Side

HONORED, NOT_HONORED, NOT_KNOWN = "Honored", "Not honored", "Not known"

ILLUSTRATION = (
    "This is an illustration, not a forecast. It sorts the cases of these dates by what each "
    "policy would have said of them. People and agencies may act differently under another "
    "policy. Hours, days and children are rounded, and count only cases in which they are known."
)

MEASURES = ("hours_held", "midnights_held", "minor_children")
"""What is added up under each policy."""


@dataclass(frozen=True)
class Policy:
    """One rule: which answers of which question it honors; no question where it needs none.

    A policy without a question honors every detainer (`honors_all`) or none.
    """

    id: str
    title: str
    definition: str
    dimension: str = ""
    honored: frozenset[str] = frozenset()
    honors_all: bool = False

    @property
    def part_id(self) -> str:
        """The part its figures are in; policies without a question share that of the totals."""
        return f"policy_{self.id}" if self.dimension else "policy_totals"


HONOR_ALL = Policy(
    "all", "Honor every detainer", "Every person with a detainer is held on it.", honors_all=True
)
HONOR_NONE = Policy(
    "none", "Honor none", "No one is held on a detainer: all are released when release is due."
)
JUDICIAL_WARRANT = Policy(
    "judicial_warrant",
    "Only with a judicial warrant",
    "A detainer is honored only where a warrant signed by a judge came with it.",
    "warrant",
    frozenset({"judicial"}),
)
NEUTRAL_REVIEW = Policy(
    "neutral_review",
    "Only after neutral review",
    "A detainer is honored only where a neutral decision-maker had reviewed it.",
    "neutral_review",
    frozenset({"yes"}),
)
SERIOUS: frozenset[str] = frozenset({"felony_violent", "felony_other"})
"""What is listed as serious unless the user lists something else."""


def conviction_policy(
    honored: Collection[str] = SERIOUS, dimension: str = "worst_conviction"
) -> Policy:
    """Honor only after a conviction of a listed seriousness, as recommended in 2013.

    `honored` are answers of `worst_conviction` (of a lifetime) or `conviction` (of this case).
    Raises ValueError for another question, or answers that are none of its convictions.
    """
    words = DIMENSIONS[dimension].words
    convictions = set(words) - {"none", "pending"} - DIMENSIONS[dimension].unknown
    if dimension not in {"worst_conviction", "conviction"} or not honored:
        raise ValueError("a list of convictions is wanted")
    if set(honored) - convictions:
        raise ValueError(f"no conviction: {sorted(set(honored) - convictions)}")
    listed = ", ".join(words[key].lower() for key in words if key in honored)
    when = "in this case" if dimension == "conviction" else "in this case or an earlier one"
    # Another list is another table: what was published of one is not shown for the other.
    usual = (frozenset(honored), dimension) == (SERIOUS, "worst_conviction")
    told = "-".join([dimension, *(key for key in words if key in honored)])
    # The words themselves would be too long for the id of a table.
    marks = [] if usual else [sha256(told.encode()).hexdigest()[:8]]
    return Policy(
        "-".join(["conviction", *marks]),
        "Only after a serious conviction",
        f"A detainer is honored only after a conviction {when} of: {listed}.",
        dimension,
        frozenset(honored),
    )


def policies_of(parts: Mapping[str, ReportPart]) -> tuple[Policy, ...]:
    """All policies, with the list of convictions these parts of a simulation were made with."""
    for part_id, part in parts.items():
        if part_id.startswith(conviction_policy().part_id):
            axis = part.table.shape.axes[0]
            listed = next(group.words for group in axis.groups if group.label == HONORED)
            return declared_policies(conviction_policy(listed, axis.dimension))
    return declared_policies()


def declared_policies(conviction: Policy | None = None) -> tuple[Policy, ...]:
    """All policies, side by side in this order; `conviction` replaces the list of convictions."""
    listed = conviction or conviction_policy()
    return (HONOR_ALL, HONOR_NONE, JUDICIAL_WARRANT, listed, NEUTRAL_REVIEW)


def simulation_parts(policies: Sequence[Policy]) -> tuple[Part, ...]:
    """The parts a simulation needs: totals for all, and one for each policy with a question."""
    totals = Part("policy_totals", "All cases", (), MEASURES)
    return (totals, *(_part(policy) for policy in policies if policy.dimension))


def _part(policy: Policy) -> Part:
    dimension = DIMENSIONS[policy.dimension]
    rest = frozenset(dimension.words) - policy.honored - dimension.unknown
    groups = ((HONORED, policy.honored), (NOT_HONORED, rest), (NOT_KNOWN, dimension.unknown))
    return Part(
        policy.part_id,
        policy.title,
        (Side(policy.dimension, tuple((a, words) for a, words in groups if words), policy.title),),
        MEASURES,
    )


@dataclass(frozen=True)
class PolicyOutcome:
    """What one policy comes to. None is withheld; `held` and `spared` are by measure.

    `held` is of the cases it honors, `spared` of those it does not. Costs are midnights times the
    cost of a day, None also where that was not given.
    """

    policy: Policy
    honored: int | None
    released: int | None
    not_known: int | None
    held: Mapping[str, float | None]
    spared: Mapping[str, float | None]
    cost: float | None
    cost_spared: float | None


@dataclass(frozen=True)
class SimulationLine:
    """One line of the simulation: what it is, and its words under each policy."""

    label: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Simulation:
    """The policies side by side."""

    outcomes: tuple[PolicyOutcome, ...]
    per_day: float | None
    caution: str = ILLUSTRATION

    @property
    def titles(self) -> tuple[str, ...]:
        """The heading of each column."""
        return tuple(outcome.policy.title for outcome in self.outcomes)

    @property
    def lines(self) -> tuple[SimulationLine, ...]:
        """What is printed, line by line."""
        each = self.outcomes
        lines = [
            ("Detainers honored", [_words(o.honored) for o in each]),
            ("Released when release was due", [_words(o.released) for o in each]),
            ("Not known under this policy", [_words(o.not_known) for o in each]),
        ]
        for measure, held, spared in _LABELS:
            lines.append((held, [_words(o.held.get(measure)) for o in each]))
            lines.append((spared, [_words(o.spared.get(measure)) for o in each]))
        if self.per_day is not None:
            lines.append(("Cost of the midnights held", [_dollars(o.cost) for o in each]))
            lines.append(("Cost spared", [_dollars(o.cost_spared) for o in each]))
        return tuple(SimulationLine(label, tuple(words)) for label, words in lines)


_LABELS = (
    ("hours_held", "Hours held on detainers", "Hours not held"),
    ("midnights_held", "Midnights held after release was due", "Midnights not held"),
    ("minor_children", "Minor children of those held", "Minor children of those released"),
)


def simulate(
    policies: Sequence[Policy], prepared: Mapping[str, ReportPart], costs: Costs
) -> Simulation:
    """The policies side by side, from protected parts by their id; withheld stays withheld.

    A policy whose part is not there, because it was left out, has no figures.
    """
    outcomes = tuple(_outcome(policy, prepared.get(policy.part_id), costs) for policy in policies)
    return Simulation(outcomes, costs.per_day)


def _outcome(policy: Policy, part: ReportPart | None, costs: Costs) -> PolicyOutcome:
    counts, numbers = _by_group(part)
    if not policy.dimension:
        # Everybody is on one side; on the other there is nobody, which is no figure of a case.
        everybody: int | None = counts.get("")
        nobody: Mapping[str, float | None] = dict.fromkeys(MEASURES, 0.0)
        total = {measure: numbers.get((measure, "")) for measure in MEASURES}
        held, spared = (total, nobody) if policy.honors_all else (nobody, total)
        honored, released = (everybody, 0) if policy.honors_all else (0, everybody)
        not_known: int | None = 0
    else:
        honored, released = counts.get(HONORED), counts.get(NOT_HONORED)
        not_known = counts.get(NOT_KNOWN)
        held = {measure: numbers.get((measure, HONORED)) for measure in MEASURES}
        spared = {measure: numbers.get((measure, NOT_HONORED)) for measure in MEASURES}
    return PolicyOutcome(
        policy,
        honored,
        released,
        not_known,
        held,
        spared,
        _cost(held, costs),
        _cost(spared, costs),
    )


def _by_group(
    part: ReportPart | None,
) -> tuple[Mapping[str, int | None], Mapping[tuple[str, str], float | None]]:
    """Published counts and totals by the group's label; no label without sides."""
    if part is None:
        return {}, {}
    shape = part.table.shape
    labels = [shape.labels(place)[0] if shape.axes else "" for place in shape.places()]
    counts = dict(zip(labels, part.table.figures, strict=True))
    numbers = {
        (amounts.measure, label): 0.0 if counts[label] == 0 else total
        for amounts in part.amounts
        for label, total in zip(labels, amounts.totals, strict=True)
    }
    return counts, numbers


def _cost(held: Mapping[str, float | None], costs: Costs) -> float | None:
    midnights = held.get("midnights_held")
    if midnights is None or costs.per_day is None:
        return None
    return round(midnights * costs.per_day, 2)


def _words(figure: float | None) -> str:
    return WITHHELD if figure is None else f"{figure:,.0f}"


def _dollars(figure: float | None) -> str:
    return WITHHELD if figure is None else in_dollars(figure)
