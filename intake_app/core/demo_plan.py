"""What each case of the demonstration office is to be like, before its answers are made up.

The first cases are planned in `db/demo/first_cases.toml`; the others by chance. A plan's times
are chosen so that its clock stands where the plan says at the moment the office is made.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from intake_app.core.custody_clock import ClockState, DetainerForm, read_clock
from intake_app.core.demo_material import Jail, Luck, Material, People, Weighted
from intake_app.core.places import Country, Language
from intake_app.core.vocabulary import ChargeOutcome, CitizenClaim, ReleaseBasis, State, Zone

HOUR = timedelta(hours=1)


class Stage(Enum):
    """How far the office has come with a case."""

    FIRST_CALL = "first_call"
    UNFINISHED = "unfinished"
    CURRENT = "current"
    PAST = "past"


@dataclass(frozen=True)
class Times:
    """The moments of a case, in UTC. Only a person still held has no `released`."""

    arrested: datetime
    received: datetime
    opened: datetime
    due: datetime | None = None
    released: datetime | None = None
    stopped: datetime | None = None


@dataclass(frozen=True)
class Plan:
    """One case to be. `ready`: every fact is there that a letter to the jail needs."""

    stage: Stage
    people: People
    female: bool
    jail: Jail
    clock: ClockState
    times: Times
    age: int
    survivor: bool = False
    ready: bool = False
    children: int | None = None
    hidden: bool | None = None
    basis: ReleaseBasis | None = None
    crimes: tuple[str, ...] = ()
    outcomes: tuple[ChargeOutcome, ...] = ()
    language: Language | None = None
    citizen: CitizenClaim | None = None
    nameless: bool = False
    unattended: bool = False
    names: tuple[str, str | None, str, str | None] | None = None
    summary: str | None = None


@dataclass(frozen=True)
class Scene:
    """One case being made up: its plan, chance, and the moment the office is made."""

    index: int
    plan: Plan
    luck: Luck
    material: Material
    now: datetime

    @property
    def told(self) -> float:
        """How likely an ordinary question has been answered."""
        if self.plan.stage is Stage.UNFINISHED:
            return 0.3
        return 0.85 if self.plan.stage is Stage.CURRENT else 0.72


CLOCKS = Weighted(
    (
        (ClockState.NOT_STARTED, 36),
        (ClockState.RUNNING, 26),
        (ClockState.PLAIN_PAST_REG_RUNNING, 13),
        (ClockState.EXPIRED_ALL_READINGS, 9),
        (ClockState.NO_HOLD_REQUESTED, 8),
        (ClockState.STOPPED, 8),
    )
)

_STAGES = Weighted(((Stage.FIRST_CALL, 6), (Stage.UNFINISHED, 19), (Stage.CURRENT, 75)))

BASES = Weighted(
    (
        (ReleaseBasis.BAIL_BOND, 30),
        (ReleaseBasis.CASH_BAIL, 12),
        (ReleaseBasis.RECOGNIZANCE, 16),
        (ReleaseBasis.DISMISSED, 14),
        (ReleaseBasis.NO_CHARGES, 7),
        (ReleaseBasis.TIME_SERVED, 10),
        (ReleaseBasis.SUSPENDED, 4),
        (ReleaseBasis.COURT_ORDER, 2),
        (ReleaseBasis.NOT_GUILTY, 1),
        (ReleaseBasis.NO_PROBABLE_CAUSE, 2),
        (ReleaseBasis.QUASHED, 1),
        (ReleaseBasis.TRANSFER, 1),
    )
)


class Windows:
    """Since when release must have been due for a clock to stand in each state now."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._found: dict[Zone, dict[ClockState, list[datetime]]] = {}

    def due(self, luck: Luck, zone: Zone, clock: ClockState, hours: float | None) -> datetime:
        """A moment release was due, `hours` ago where that gives the state, else another one.

        Whether the regulation's reading can still run when the plain one is over depends on the
        weekday; where it can't, the moment is one that gives the next later state.
        """
        if zone not in self._found:
            found = self._found[zone] = {state: [] for state in ClockState}
            for back in range(2, 9 * 24):
                moment = _floor(self._now - back * HOUR)
                found[self._state(moment, zone)].append(moment)
        moments = self._found[zone]
        fitting = moments[clock] or moments[ClockState.EXPIRED_ALL_READINGS]
        # Courts and bail desks work by day: the nearest fitting hour that is one of theirs.
        by_day = [moment for moment in fitting if _by_day(moment, zone)] or fitting
        if hours is None:
            return luck.one(by_day[:30])
        wanted = self._now - hours * HOUR
        return min(by_day, key=lambda moment: abs(moment - wanted))

    def _state(self, due: datetime, zone: Zone) -> ClockState:
        return read_clock(
            form=DetainerForm.I247A,
            edition=None,
            state=None,
            zone=zone.value,
            release_due=due,
            received=None,
            served=None,
            stopped_at=None,
            ended_at=None,
            now=self._now,
        ).state


def plans(material: Material, count: int, luck: Luck, now: datetime) -> Iterator[Plan]:
    """`count` plans: the first cases, then past ones from the oldest on, then current ones."""
    windows = Windows(now)
    first = material.first_cases[:count]
    for row in first:
        yield _first(material, row, luck, windows, now)
    rest = count - len(first)
    current = min(round(rest * 0.15), 40 + rest // 1000)
    past = rest - current
    # A small office looks back over fifteen months, a very large one over ten years.
    span = min(3650.0, max(450.0, past * 0.2)) * 24 * HOUR
    for k in range(past):
        ago = 18 * 24 * HOUR + span * (1 - (k + luck.random()) / past)
        yield _past(material, luck, now, now - ago)
    made = [_current(material, luck, windows, now) for _ in range(current)]
    yield from sorted(made, key=lambda plan: plan.times.opened)


def _current(material: Material, luck: Luck, windows: Windows, now: datetime) -> Plan:
    jail = luck.one(material.jails[luck.of(material.states)])
    people = luck.of(material.people)
    clock = luck.of(CLOCKS)
    stage = luck.of(_STAGES)
    if stage is not Stage.CURRENT:
        clock = ClockState.NOT_STARTED
    basis = luck.of(BASES)
    return Plan(
        stage=stage,
        people=people,
        female=luck.often(0.24),
        jail=jail,
        clock=clock,
        times=_times_now(luck, windows, jail.zone, clock, None, now),
        age=_age(luck),
        survivor=luck.often(0.125),
        ready=stage is Stage.CURRENT and luck.often(0.7),
        basis=basis,
        nameless=stage is Stage.FIRST_CALL and luck.often(0.5),
    )


def _past(material: Material, luck: Luck, now: datetime, opened: datetime) -> Plan:
    jail = luck.one(material.jails[luck.of(material.states)])
    opened = _floor(opened)
    arrested = _floor(opened - luck.between(26, 150) * HOUR)
    received = _floor(arrested + luck.between(3, 22) * HOUR)
    due = _floor(received + luck.between(2, 240) * HOUR)
    released = _floor(min(due + luck.between(0.5, 110) * HOUR, now - HOUR))
    return Plan(
        stage=Stage.PAST if luck.often(0.95) else Stage.UNFINISHED,
        people=luck.of(material.people),
        female=luck.often(0.22),
        jail=jail,
        clock=ClockState.STOPPED,
        times=Times(arrested, received, opened, min(due, released), released),
        age=_age(luck),
        survivor=luck.often(0.125),
        basis=luck.of(BASES),
    )


def _first(
    material: Material, row: Mapping[str, Any], luck: Luck, windows: Windows, now: datetime
) -> Plan:
    people = material.by_country[Country.of(row["country"])]
    if "state" in row:
        jail = material.jails[State.of(row["state"])][row["jail"]]
    else:
        jail = luck.one(material.jails[luck.of(material.states)])
    clock = ClockState(row["clock"])
    times = _times_now(luck, windows, jail.zone, clock, row.get("hours"), now)
    if "opened_hours" in row:
        opened = now - row["opened_hours"] * HOUR
        times = replace(times, opened=opened, received=min(times.received, opened))
    plan = Plan(
        stage=Stage(row.get("stage", "current")),
        people=people,
        female=row.get("sex") == "female",
        jail=jail,
        clock=clock,
        times=times,
        age=row.get("age", 30),
        survivor=row.get("survivor", False),
        ready=row.get("ready", False),
        children=row.get("children"),
        hidden=row.get("hidden"),
        crimes=tuple(row.get("charges", ())),
        outcomes=tuple(ChargeOutcome.of(word) for word in row.get("outcomes", ())),
        language=Language.of(row["language"]) if "language" in row else None,
        citizen=CitizenClaim.of(row["citizen"]) if "citizen" in row else None,
        nameless=row.get("nameless", False),
        unattended=row.get("unattended", False),
        summary=row["summary"].strip(),
    )
    if "surname" in row:
        names = (row["given"], row.get("middle"), row["surname"], row.get("second_surname"))
        plan = replace(plan, names=names)
    return replace(plan, basis=ReleaseBasis.of(row["basis"])) if "basis" in row else plan


def _times_now(
    luck: Luck,
    windows: Windows,
    zone: Zone,
    clock: ClockState,
    hours: float | None,
    now: datetime,
) -> Times:
    """Times of somebody who is held at `now`, with the clock where it is to stand."""
    now = _floor(now)
    due: datetime | None
    stopped = None
    if clock is ClockState.NOT_STARTED:
        ahead = now + luck.between(40, 160) * HOUR
        due = _in_daytime(_floor(ahead), zone) if luck.often(0.35) else None
    elif clock in (ClockState.NO_HOLD_REQUESTED, ClockState.STOPPED):
        ago = luck.between(6, 90) if hours is None else hours
        due = _in_daytime(_floor(now - ago * HOUR), zone)
        if clock is ClockState.STOPPED:
            stopped = _floor(due + luck.between(0.2, 0.9) * (now - due))
    else:
        due = windows.due(luck, zone, clock, hours)
    anchor = now if due is None else min(due, now)
    arrested = _floor(anchor - luck.between(30, 130) * HOUR)
    received = _floor(arrested + luck.between(4, 26) * HOUR)
    opened = _floor(received + luck.between(0.1, 0.95) * (now - received))
    return Times(arrested, received, opened, due, None, stopped)


def _age(luck: Luck) -> int:
    return 18 + int((luck.random() + luck.random()) * luck.random() * 26 + luck.random() * 12)


def _by_day(moment: datetime, zone: Zone) -> bool:
    return 8 <= moment.astimezone(ZoneInfo(zone.value)).hour < 19


def _in_daytime(moment: datetime, zone: Zone) -> datetime:
    """The moment itself, or for one at night the end of the working day before."""
    wall = moment.astimezone(ZoneInfo(zone.value))
    if wall.hour < 8:
        wall = wall.replace(hour=17) - timedelta(days=1)
    elif wall.hour >= 19:
        wall = wall.replace(hour=17)
    return wall.astimezone(UTC)


def _floor(moment: datetime) -> datetime:
    """The whole ten minutes before, in UTC, as a clerk writes a time down."""
    utc = moment.astimezone(UTC)
    return utc.replace(minute=utc.minute // 10 * 10, second=0, microsecond=0)


def local(moment: datetime, jail: Jail) -> datetime:
    """The moment on the wall of the jail."""
    return moment.astimezone(ZoneInfo(jail.zone.value))


def day_of(moment: datetime, jail: Jail) -> date:
    """The day at the jail."""
    return local(moment, jail).date()
