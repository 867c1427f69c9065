"""Universalization: who has joined, who is about to, and who brings others to join (Article 21)."""

from django.utils.translation import gettext_lazy as _

from .description import Chart, Description, Part, Rows, Said

UNIVERSALIZATION = Description(
    code="universalization",
    title=_("Universalization"),
    basis=_("Article 21"),
    themes=("universalization",),
    rule=_("Each State Party encourages others to join."),
    lead=(
        Said(
            _("{0} state has joined; {1} more have signed and not yet ratified."),
            _("{0} states have joined; {1} more have signed and not yet ratified."),
            ("parties", "signatories"),
            none=_("{0} state has joined yet; {1} have signed."),
        ),
        Said(
            _("{0} of these has said that it will soon."),
            _("{0} of these have said that they will soon."),
            (
                "(universalization.ratification_close | universalization.ratification_imminent)"
                " & signatories",
            ),
        ),
    ),
    chart=Chart.GROWTH,
    chart_title=_("Growth"),
    chart_note=_(
        "Each step is one instrument deposited, or one signature. The gap between the "
        "lines is the states that have signed and not yet ratified."
    ),
    columns=(
        Part(_("Ratification announced as close"), "universalization.ratification_close"),
        Part(_("Ratification imminent"), "universalization.ratification_imminent"),
        Part(_("Promotes in forums"), "universalization.promoted_in_forums"),
        Part(_("Encourages others"), "universalization.encouraged_non_parties"),
        Part(_("Funds civil society"), "universalization.civil_society_funding"),
    ),
    rows=(
        Rows(
            _("Signatories about to ratify"),
            "(universalization.ratification_close | universalization.ratification_imminent)"
            " & signatories",
        ),
        Rows(
            _("Those that bring others to join"),
            "universalization.promoted_in_forums | universalization.encouraged_non_parties"
            " | universalization.civil_society_funding",
        ),
    ),
)
