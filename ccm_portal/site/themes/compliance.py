"""Compliance: whether duties with a date were kept, and what was raised (Article 8)."""

from django.utils.translation import gettext_lazy as _

from .description import Chart, Description, Part, Said

COMPLIANCE = Description(
    code="compliance",
    title=_("Compliance"),
    basis=_("Article 8"),
    themes=("compliance",),
    rule=_("States Parties consult and cooperate on questions of compliance."),
    lead=(
        Said(
            _("{0} serious issue of compliance is recorded."),
            _("{0} serious issues of compliance are recorded."),
            ("compliance.serious_issue",),
            none=_("{0} serious issue of compliance is recorded by this date."),
        ),
    ),
    chart=Chart.BARS,
    chart_title=_("Reports that fell due"),
    chart_note=_(
        "The duty with a date that every State Party has had: its initial report under Article 7."
    ),
    bars=(
        Part(_("In, in time or late"), "reports.initial.received & reports.initial.due"),
        Part(_("Overdue"), "reports.initial.overdue"),
        Part(_("Not known"), "reports.initial.not_known"),
    ),
    bars_of="reports.initial.due",
    chart_says=(
        Said(
            _("{0} of {1} is in, {2} overdue."),
            _("{0} of {1} are in, {2} overdue."),
            (
                "reports.initial.received & reports.initial.due",
                "reports.initial.due",
                "reports.initial.overdue",
            ),
        ),
    ),
    beyond_title=_("Use of cluster munitions"),
    beyond=(
        (
            Said(
                _("Use was reported {0} time, attributed to or placed in a state by its source."),
                _(
                    "Use was reported {0} times, attributed to or placed in these states by "
                    "their sources."
                ),
                ("use.instance",),
            ),
            "use.instance",
        ),
    ),
)
