"""The custody card of a case: what is known to have happened, and when time runs out, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.core.answers import show_date
from intake_app.core.case import CaseFile
from intake_app.core.casefile import Custody, Detainer
from intake_app.core.custody_clock import ClockReading, ClockState, read_clock
from intake_app.core.errors import BadAnswer
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import DetainerForm, DetainerStatus, YesNo, Zone
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, EmptyLine, Words, dp, empty

_ENDED = (DetainerStatus.CANCELLED, DetainerStatus.EXECUTED, DetainerStatus.SUPERSEDED)


@dataclass(frozen=True)
class Moment:
    """One line of the card. `late` marks a limit that has passed, `ahead` one still to come."""

    at: datetime
    when: str
    words: str
    late: bool = False
    ahead: bool = False


@dataclass(frozen=True)
class CustodyStory:
    """What the card and the head of the case show.

    `pill` says in a few words where the clock of the most urgent detainer stands, with its tone;
    empty where no clock runs.
    """

    moments: tuple[Moment, ...]
    pill: str
    tone: Tone


def custody_story(case: CaseFile, now: datetime) -> CustodyStory:
    """Read the clocks of a case and put every known moment in order."""
    custody = case.one(Custody)
    zone = ZoneInfo(custody.facility_zone.value if custody.facility_zone else Zone.EASTERN.value)
    moments = list(_custody_moments(custody, zone))
    urgent: ClockReading | None = None
    for detainer in case.all(Detainer):
        moments += _detainer_moments(detainer, zone)
        reading = _reading(custody, detainer, zone, now)
        if reading is not None and detainer.status not in _ENDED:
            moments += _limits(reading, now)
            if urgent is None or _urgency(reading) < _urgency(urgent):
                urgent = reading
    moments = sorted(set(moments), key=lambda moment: moment.at)
    pill, tone = _pill(urgent)
    return CustodyStory(tuple(moments), pill, tone)


class CustodyCard(Card):
    """The list of moments."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Custody", parent)
        self.body.setSpacing(dp(3))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.show_story(CustodyStory((), "", Tone.PLAIN))

    def show_story(self, story: CustodyStory) -> None:
        """Show another story."""
        empty(self.body)
        if not story.moments:
            self.body.addWidget(EmptyLine("Times of arrest, detainer and release stand here."))
        for moment in story.moments:
            kind = "error_strong" if moment.late else "plain" if moment.ahead else "quiet"
            self.body.addWidget(Words(f"{moment.when} {moment.words}", kind, wrap=True))


def _custody_moments(custody: Custody, zone: ZoneInfo) -> Iterator[Moment]:
    agency = f" · {custody.arresting_agency}" if custody.arresting_agency else ""
    for at, words in (
        (custody.arrested_at, f"arrested{agency}"),
        (custody.booked_on, "booked"),
        (custody.fingerprinted_at, "fingerprints taken"),
        (custody.bail_posted_at, "bail posted"),
        (custody.bail_refused_at, "bail refused"),
        (custody.release_due_at or custody.release_due_on, _due_words(custody)),
        (custody.other_hold_at, "held for another matter"),
        (custody.released_at, _gone_words(custody)),
    ):
        if at is not None:
            yield _moment(at, words, zone)


def _due_words(custody: Custody) -> str:
    basis = custody.release_basis
    return f"{basis.label.lower()}: release due" if basis else "release due"


def _gone_words(custody: Custody) -> str:
    to = custody.released_to
    return f"went to: {to.label}" if to else "released or taken"


def _detainer_moments(detainer: Detainer, zone: ZoneInfo) -> Iterator[Moment]:
    form = f" ({detainer.form.value})" if detainer.form else ""
    if detainer.received_at is not None:
        yield _moment(detainer.received_at, f"detainer lodged{form}", zone)
    elif detainer.issued_on is not None:
        yield _moment(detainer.issued_on, f"detainer issued{form}", zone)
    if detainer.served_at is not None:
        yield _moment(detainer.served_at, "detainer served on the person", zone)
    if detainer.ended_on is not None:
        what = detainer.status.label.lower() if detainer.status else "ended"
        yield _moment(detainer.ended_on, f"detainer {what}", zone)


def _limits(reading: ClockReading, now: datetime) -> Iterator[Moment]:
    for at, name in (
        (reading.plain_latest, "form limit"),
        (reading.regulation_deadline, "regulation limit"),
    ):
        if at is not None:
            past = at <= now and reading.state is not ClockState.STOPPED
            words = f"{name} passed" if past else name
            yield Moment(at, _when(at), words, late=past, ahead=not past)


def _reading(
    custody: Custody, detainer: Detainer, zone: ZoneInfo, now: datetime
) -> ClockReading | None:
    if detainer.form is None and detainer.received_at is None:
        return None
    due: datetime | date | None = custody.release_due_at
    if due is None and custody.release_due_on is not None and custody.release_due_on.whole:
        due = custody.release_due_on.first
    served = {YesNo.YES: True, YesNo.NO: False}.get(detainer.served) if detainer.served else None
    edition = detainer.edition
    try:
        return read_clock(
            form=detainer.form or DetainerForm.UNKNOWN,
            edition=(edition.year, edition.month) if edition and edition.month else None,
            state=custody.facility_state.value if custody.facility_state else None,
            zone=zone.key,
            release_due=due,
            received=detainer.received_at,
            served=served,
            stopped_at=custody.other_hold_at,
            ended_at=custody.released_at,
            now=now,
        )
    except BadAnswer:
        # A year like 20206 has no clock; the form shows the date as it was typed.
        return None


def _urgency(reading: ClockReading) -> tuple[int, timedelta]:
    order = [
        ClockState.EXPIRED_ALL_READINGS,
        ClockState.PLAIN_PAST_REG_RUNNING,
        ClockState.RUNNING,
        ClockState.NOT_STARTED,
    ]
    place = order.index(reading.state) if reading.state in order else len(order)
    return place, reading.left or timedelta.max


def _pill(reading: ClockReading | None) -> tuple[str, Tone]:
    if reading is None:
        return "", Tone.PLAIN
    match reading.state:
        case ClockState.EXPIRED_ALL_READINGS:
            return f"over by {span(timedelta(hours=reading.hours_over or 0))}", Tone.BAD
        case ClockState.PLAIN_PAST_REG_RUNNING:
            return "form limit passed", Tone.BAD
        case ClockState.RUNNING if reading.left is not None:
            return f"{span(reading.left)} left", Tone.SOON
        case ClockState.NOT_STARTED:
            return "clock not running", Tone.PLAIN
        case _:
            return "", Tone.PLAIN


def span(time_left: timedelta) -> str:
    """`3 h 02` or, from four days on, `5 days`."""
    minutes = max(int(time_left.total_seconds() // 60), 0)
    if minutes >= 4 * 24 * 60:
        return f"{minutes // (24 * 60)} days"
    return f"{minutes // 60} h {minutes % 60:02}"


def _moment(at: datetime | PartialDate, words: str, zone: ZoneInfo) -> Moment:
    if isinstance(at, datetime):
        return Moment(at, _when(at), words)
    start = datetime.combine(at.first, time(), zone)
    return Moment(start, show_date(at), words)


def _when(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%b %H:%M}"
