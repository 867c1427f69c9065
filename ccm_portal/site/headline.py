"""The overview's first screen: a sentence, three numbers, and the change since the last meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from actions.evaluation import Evaluation
from ccm_portal.charts import ticks
from ccm_portal.charts.ticks import Ladder, WrappedTicks
from ccm_portal.dates import date_format
from ccm_portal.figures import ExpressionError
from ccm_portal.figures.expression import parse
from ccm_portal.links import Links, Number
from states.membership import Membership
from states.models import Meeting
from states.register import Register

DEPOSITS_FOR_ENTRY_INTO_FORCE = 30
"""Article 17, paragraph 1."""


@dataclass(frozen=True)
class Share:
    """One of the three numbers, with its mark, its ticks for narrow screens and its sentences."""

    name: str
    number: Number
    title: str
    sentence: SafeString
    ticks: WrappedTicks


@dataclass(frozen=True)
class Since:
    """Membership at the latest formal meeting, and what was added since."""

    meeting: Meeting
    at_meeting: Number
    joined: Number
    withdrawn: Number
    percent: int | None

    @property
    def remaining(self) -> int:
        """How many of the meeting's parties still are parties: the first part of the bracket."""
        return self.at_meeting.count - self.withdrawn.count


@dataclass(frozen=True)
class Headline:
    """The first screen. Parties, signatories and the others add up to all states."""

    sentence: SafeString
    shares: tuple[Share, ...]
    ladder: Ladder
    since: Since | None

    @property
    def total(self) -> int:
        """How many states there are in all."""
        return sum(share.number.count for share in self.shares)


def build(
    evaluation: Evaluation, membership: Membership, meetings: Sequence[Meeting], links: Links
) -> Headline:
    """Count membership on the evaluation's day."""
    register = evaluation.register
    counts = {
        "party": len(register.parties),
        "signatory": len(register.signatories),
        "not-party": len(register.not_party),
    }
    is_mirrored = get_language_bidi()
    shares = (
        ("party", "party", _parties_title(counts["party"]), _binding(evaluation, links), 21),
        ("signatory", "signatory", _signatories_title(counts["signatory"]), _signed(register), 14),
        (
            "not-party",
            "not_party",
            _others_title(counts["not-party"]),
            _neither(register, links),
            7,
        ),
    )
    return Headline(
        sentence=_sentence(register, links),
        shares=tuple(
            Share(
                name=name,
                number=links.states(counts[name], status=status),
                title=title,
                sentence=sentence,
                ticks=ticks.wrapped(counts[name], height=height, is_mirrored=is_mirrored),
            )
            for name, status, title, sentence, height in shares
        ),
        ladder=ticks.ladder(tuple(counts.items()), is_mirrored=is_mirrored),
        since=_since(evaluation, membership, meetings, links),
    )


def _parties_title(count: int) -> str:
    return ngettext("State Party", "States Parties", count)


def _signatories_title(count: int) -> str:
    return ngettext("signatory", "signatories", count)


def _others_title(count: int) -> str:
    return ngettext("state not party", "states not party", count)


def _sentence(register: Register, links: Links) -> SafeString:
    joined = len(register.parties) + len(register.signatories)
    sentence = ngettext(
        "{joined} of {all} states has joined the Convention or signed it",
        "{joined} of {all} states have joined the Convention or signed it",
        joined,
    )
    if register.withdrawn:
        # A state that withdrew has joined and signed, too, and is not counted here.
        sentence = ngettext(
            "{joined} of {all} states is a party to the Convention or a signatory",
            "{joined} of {all} states are parties to the Convention or signatories",
            joined,
        )
    return format_html(
        sentence,
        joined=links.figure(joined, "parties | signatories"),
        all=links.states(len(register.standings)),
    )


def _binding(evaluation: Evaluation, links: Links) -> SafeString:
    """How many parties are bound, and by when the others will be (Article 17)."""
    bound = links.figure(evaluation.figure("in_force").count, "in_force")
    awaiting = links.figure(
        evaluation.figure("awaiting_entry_into_force").count, "awaiting_entry_into_force"
    )
    if not bound.count and not awaiting.count:
        return conditional_escape(_("no instrument has been deposited yet"))
    if not awaiting.count:
        return format_html(_("all {bound} bound"), bound=bound)
    days = [
        standing.entry_into_force
        for standing in evaluation.register.parties
        if not standing.is_bound
    ]
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return format_html(
            _("{bound} bound: {missing} more deposits are needed for entry into force"),
            bound=bound,
            missing=max(DEPOSITS_FOR_ENTRY_INTO_FORCE - awaiting.count, 0),
        )
    return format_html(
        _("{bound} bound already, {more} more by {month}"),
        bound=bound,
        more=awaiting,
        month=date_format(max(known), "F Y"),
    )


def _signed(register: Register) -> SafeString:
    if not register.signatories:
        return conditional_escape(_("no signature waits for ratification"))
    return conditional_escape(_("have signed and not yet ratified"))


def _neither(register: Register, links: Links) -> SafeString:
    if not register.withdrawn:
        return conditional_escape(_("have neither signed nor joined"))
    withdrawn = len(register.withdrawn)
    return format_html(
        ngettext(
            "have neither signed nor joined; {count} of them withdrew",
            "have neither signed nor joined; {count} of them withdrew",
            withdrawn,
        ),
        count=links.states(withdrawn, status="withdrawn"),
    )


def _since(
    evaluation: Evaluation, membership: Membership, meetings: Sequence[Meeting], links: Links
) -> Since | None:
    past = [meeting for meeting in meetings if meeting.ends_on <= evaluation.on]
    if not past:
        return None
    meeting = past[-1]
    at_meeting = membership.at(meeting.ends_on).parties
    joined = f"since({_landmark(meeting)}, parties)"
    withdrawn = f"since({_landmark(meeting)}, withdrawn)"
    joined_count = evaluation.figure(joined).count
    return Since(
        meeting=meeting,
        at_meeting=links.states(at_meeting, status="party", as_of=meeting.ends_on.isoformat()),
        joined=links.figure(joined_count, joined),
        withdrawn=links.figure(evaluation.figure(withdrawn).count, withdrawn),
        percent=round(100 * joined_count / at_meeting) if at_meeting else None,
    )


def _landmark(meeting: Meeting) -> str:
    """How an expression names a meeting's last day: by its code where the language allows it."""
    try:
        parse(f"since({meeting.code}, parties)")
    except ExpressionError:
        return meeting.ends_on.isoformat()
    return meeting.code if meeting.code[:1].isdigit() else meeting.ends_on.isoformat()
