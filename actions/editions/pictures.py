"""The charts of an edition on paper: how membership grew, and how the initial reports stood."""

from collections import defaultdict
from collections.abc import Sequence

from actions.prose.languages import Grammar, grammar
from actions.prose.paper import Picture
from ccm_portal.as_of import EARLIEST
from ccm_portal.charts.scale import TimeScale
from reports.deadlines import Kind, Reporting
from reports.state_of_play import StateOfPlay
from states.membership import Step, membership
from states.names import in_order_of_name
from states.register import Register

from .source import ChapterSource, Head

OF_GROWTH, OF_REPORTS = "21", "7"
"""The articles under which a chapter has a chart."""

ORDER = (
    StateOfPlay.IN_TIME,
    StateOfPlay.RECEIVED,
    StateOfPlay.LATE,
    StateOfPlay.OVERDUE,
    StateOfPlay.NOT_KNOWN,
    StateOfPlay.NOT_ENTERED,
    StateOfPlay.NOT_DUE,
)


def of_chapter(chapter: ChapterSource, head: Head) -> tuple[Picture, ...]:
    """The charts of a chapter on the cut-off date, as far as there is anything to draw."""
    if chapter.articles not in (OF_GROWTH, OF_REPORTS):
        return ()
    register = Register.load(head.cut_off_on, language=head.language)
    draw = _growth if chapter.articles == OF_GROWTH else _reports
    picture = draw(register, head, grammar(head.language))
    return (picture,) if picture else ()


def _growth(register: Register, head: Head, rules: Grammar) -> Picture | None:
    steps = membership(register).steps
    if len(steps) < 2:
        return None
    first, last = steps[0], steps[-1]
    scale = TimeScale(EARLIEST, head.cut_off_on, is_mirrored=rules.is_right_to_left)
    said = {
        "first": rules.digits(first.parties),
        "since": rules.day(first.on),
        "last": rules.digits(last.parties),
        "total": rules.digits(last.joined_or_signed),
        "day": rules.day(head.cut_off_on),
    }
    return Picture(
        title=rules.words["picture of growth"].format(**said),
        alternative=rules.words["picture of growth in words"].format(**said),
        data={
            "kind": "growth",
            "steps": _points(steps, scale, head),
            "ceiling": -(-last.joined_or_signed // 30) * 30,
            "years": [[scale.at(year), str(year.year)] for year in scale.years()],
            "landmarks": _landmarks(steps, scale, head, rules),
            "parties": [said["last"], rules.words["parties in a picture"]],
            "total": [said["total"], rules.words["with signatories"]],
        },
    )


def _points(steps: Sequence[Step], scale: TimeScale, head: Head) -> list[list[float]]:
    """Place, States Parties and their sum with signatories: after each step, and at the end."""
    points = [[scale.at(step.on), step.parties, step.joined_or_signed] for step in steps]
    last = steps[-1]
    return [*points, [scale.at(head.cut_off_on), last.parties, last.joined_or_signed]]


def _landmarks(
    steps: Sequence[Step], scale: TimeScale, head: Head, rules: Grammar
) -> list[list[object]]:
    """The first meeting of the report, with the number of States Parties on its last day."""
    day = head.since.ends_on
    if day is None or not EARLIEST < day < head.cut_off_on:
        return []
    parties = next((step.parties for step in reversed(steps) if step.on <= day), 0)
    name = rules.meeting(head.since.code, head.since.name)
    return [[scale.at(day), name, rules.digits(parties), parties]]


def _reports(register: Register, head: Head, rules: Grammar) -> Picture | None:
    """Every State Party whose initial report had fallen due, by how that report stood."""
    reporting = Reporting.load(history=register.history)
    groups: dict[StateOfPlay, list[str]] = defaultdict(list)
    for standing in register:
        for deadline in reporting.of_state(standing):
            if deadline.kind == Kind.INITIAL and deadline.has_fallen_due:
                groups[deadline.state_of_play].append(standing.state.name)
    if not groups:
        return None
    shown = [
        (play, rules.words[f"report {play.value}"], in_order_of_name(groups[play]))
        for play in ORDER
        if groups[play]
    ]
    counts = [f"{rules.digits(len(names))} {label}" for _play, label, names in shown]
    total = sum(len(names) for _play, _label, names in shown)
    return Picture(
        title=rules.words["picture of reports"].format(day=rules.day(head.cut_off_on)),
        alternative=rules.words["picture of reports in words"].format(
            groups=rules.joined(counts), total=rules.digits(total)
        ),
        data={
            "kind": "reports",
            "groups": [
                {
                    "play": play.value,
                    "label": label,
                    "count": rules.digits(len(names)),
                    "marks": len(names),
                    "names": rules.joined(names),
                }
                for play, label, names in shown
            ],
        },
    )
