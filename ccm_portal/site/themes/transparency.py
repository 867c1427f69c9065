"""Transparency: the reports under Article 7."""

from django.utils.translation import gettext_lazy as _

from .description import Chart, Description, Said

TRANSPARENCY = Description(
    code="transparency",
    title=_("Transparency"),
    basis=_("Article 7"),
    themes=("transparency",),
    rule=_("A State Party reports within 180 days of being bound, and then each year by 30 April."),
    lead=(
        Said(
            _("{0} of the {1} initial reports due is in; {2} are overdue."),
            _("{0} of the {1} initial reports due are in; {2} are overdue."),
            (
                "reports.initial.due & reports.initial.received",
                "reports.initial.due",
                "reports.initial.overdue",
            ),
            none=_("No initial report that is due is known to be in; {1} have fallen due."),
        ),
    ),
    chart=Chart.REPORTS,
    chart_title=_("Initial reports due"),
    chart_note=_("One circle is one report that has fallen due."),
)
