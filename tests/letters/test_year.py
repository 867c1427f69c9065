"""A year day by day for 197 states, with reports arriving at random.

Each state receives exactly the letters that the ladder calls for, in order, and none after its
report arrived. What is expected is worked out from due dates and arrivals alone, without the
ladder's code.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
from dateutil.relativedelta import relativedelta

from reports.letters import daily, deciding
from reports.letters.models import LetterStatus, SentBy
from reports.letters.transitions import move
from reports.models import Coverage, Letter
from states.models import Contact, State, StateName, TreatyAction
from states.register import History
from tests.admin import records
from tests.letters import given
from tests.reports import given as reports

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2012, 1, 1), date(2012, 12, 31)
STAGES = {-60: 0, -14: 0, 1: 0, 30: 0, 90: 2, 180: 2, 360: 2}
"""The ladder of the dataset, and after how many days somebody approves a letter of each stage."""

Owed = tuple[int, str, int]
Sent = tuple[date, Owed, int]
"""A letter: when it went out, about which report, at how many days from the due date."""


@dataclass(frozen=True)
class World:
    """What is owed, by due date, and when it arrives: None where it does not."""

    due: dict[Owed, date]
    arrives: dict[Owed, date | None]

    def arriving_on(self, day: date) -> list[Owed]:
        return [owed for owed, arrival in self.arrives.items() if arrival == day]


def world(random: Random) -> World:
    """197 states: some owe the annual report of 2011, some their initial report, most owe none."""
    due: dict[Owed, date] = {}
    arrives: dict[Owed, date | None] = {}
    for number in range(197):
        code = f"{chr(65 + number // 26)}{chr(65 + number % 26)}"
        state = State.objects.create(
            iso3=f"{code}X", iso2=code, slug=f"state-{number}", ccm_region="africa"
        )
        StateName.objects.create(
            state=state, language="en", kind="short", name=f"State {number}", published_at=given.NOW
        )
        if number < 55:
            deposited = date(2010, 6, 1) + timedelta(days=random.randrange(150))
            # Bound from December 2010 to May 2011, so the initial report fell due in 2011.
            reports.report(state, "initial", "2011-05-01")
            owed = state.pk, "annual", 2011
            due[owed] = date(2012, 4, 30)
        elif number < 95:
            deposited = date(2011, 4, 1) + timedelta(days=random.randrange(240))
            owed = state.pk, "initial", 1
            due[owed] = in_force(deposited) + timedelta(days=180)
        else:
            continue
        TreatyAction.objects.create(
            state=state, kind="accession", date=deposited, published_at=given.NOW
        )
        given.mission(state)
        is_late = random.random() < 0.7
        arrives[owed] = due[owed] + timedelta(days=random.randrange(-80, 200)) if is_late else None
    return World(due, arrives)


def in_force(deposited: date) -> date:
    """Article 17, paragraph 2: the first day of the sixth month after that of the deposit."""
    return deposited.replace(day=1) + relativedelta(months=6)


def expected(world: World) -> Iterator[Sent]:
    """The letters that go out in the year: reports arrive after the morning's run."""
    for owed, due in world.due.items():
        arrival = world.arrives[owed]
        for days, approved_after in STAGES.items():
            drafted_on = due + timedelta(days=days)
            sent_on = drafted_on + timedelta(days=approved_after)
            is_in_the_year = drafted_on >= FIRST and sent_on <= LAST
            if is_in_the_year and (arrival is None or sent_on <= arrival):
                yield sent_on, owed, days


def send(day: date, chief: object) -> None:
    """Approve what has waited for two days, and hand over all that is approved."""
    waited = Letter.objects.filter(status="drafted", dated_on__lte=day - timedelta(days=2))
    previewed = dict(waited.values_list("pk", "sha256"))
    if previewed:
        deciding.approve(previewed=previewed, by=chief, today=day, now=given.at(day))
    for pk in Letter.objects.filter(status="approved").values_list("pk", flat=True):
        change = {"letter_id": pk, "at": given.at(day), "by": None}
        move(
            was=LetterStatus.APPROVED,
            to=LetterStatus.SENDING,
            claim_token="11111111-1111-4111-8111-111111111111",
            lease_until=given.at(day),
            **change,  # type: ignore[arg-type]
        )
        move(
            was=LetterStatus.SENDING,
            to=LetterStatus.SENT,
            sent_at=given.at(day),
            sent_by=SentBy.MAIL,
            **change,  # type: ignore[arg-type]
        )


def test_a_year_of_197_states_brings_each_exactly_its_letters() -> None:
    given.office()
    Coverage.objects.create(kind="annual", complete_through=FIRST, is_kept_up=True)
    chief, simulated = records.user(), world(Random(72))
    history = History.load()

    day = FIRST
    while day <= LAST:
        daily.run(on=day, now=given.at(day), history=history)
        send(day, chief)
        for state_id, kind, period in simulated.arriving_on(day):
            year = period if kind == "annual" else None
            state = State.objects.get(pk=state_id)
            reports.report(state, kind, day.isoformat(), year=year)
        day += timedelta(days=1)

    sent = [
        (letter.sent_at.date(), (letter.state_id, letter.kind, letter.period), of_stage(letter))
        for letter in Letter.objects.filter(status="sent").select_related("stage").order_by("pk")
        if letter.sent_at
    ]
    assert sorted(sent) == sorted(expected(simulated))
    by_owed: dict[Owed, list[int]] = defaultdict(list)
    for _on, owed, days in sent:
        by_owed[owed].append(days)
    assert all(days == sorted(set(days)) for days in by_owed.values())
    assert len(sent) > 200
    assert Contact.objects.count() == 95


def of_stage(letter: Letter) -> int:
    """At how many days from the due date the letter's rung stands."""
    return letter.stage.days + letter.occurrence * (letter.stage.repeat_every or 0)
