"""International cooperation and assistance: who needs help, and who gives it (Article 6)."""

from django.utils.translation import gettext_lazy as _

from .description import Chart, Description, Part, Rows, Said

COOPERATION = Description(
    code="cooperation-assistance",
    title=_("Cooperation and assistance"),
    basis=_("Article 6"),
    themes=("cooperation-assistance",),
    rule=_("A State Party may ask for assistance, and those able to do so give it."),
    lead=(
        Said(
            _("{0} State Party reports that it needs assistance."),
            _("{0} States Parties report that they need assistance."),
            ("assistance.needed.any & parties",),
            none=_("{0} State Party reports that it needs assistance."),
        ),
        Said(
            _("{0} reports that it has funded others."),
            _("{0} report that they have funded others."),
            ("assistance.funding_provided & parties",),
            none=_("{0} State Party reports that it has funded others."),
        ),
    ),
    concerned="assistance.needed.any",
    concerned_words=_("in need of assistance"),
    done=(
        Said(
            _("{0} State Party reports that it has provided funding."),
            _("{0} States Parties report that they have provided funding."),
            ("assistance.funding_provided & parties",),
        ),
        Said(
            _("{0} has received it."),
            _("{0} have received it."),
            ("assistance.funding_received & parties",),
        ),
    ),
    chart=Chart.BARS,
    chart_title=_("Needed and given"),
    chart_note=_("Each bar counts states: solid the States Parties, half as high the signatories."),
    bars=(
        Part(_("Needs it for stockpiles"), "assistance.needed.stockpile"),
        Part(_("Needs it for clearance or risk reduction"), "assistance.needed.clearance"),
        Part(_("Needs it for victims"), "assistance.needed.victims"),
        Part(_("Received dedicated funding"), "assistance.funding_received"),
        Part(_("Provided funding"), "assistance.funding_provided"),
        Part(_("Ready to help with destruction"), "stockpile.assistance_offered"),
    ),
    chart_says=(
        Said(
            _("{0} State Party needs help with clearance or risk reduction, {1} with victims."),
            _("{0} States Parties need help with clearance or risk reduction, {1} with victims."),
            ("assistance.needed.clearance & parties", "assistance.needed.victims & parties"),
        ),
    ),
    beyond_title=_("Those that give"),
    columns=(
        Part(_("For stockpiles"), "assistance.needed.stockpile"),
        Part(_("For clearance"), "assistance.needed.clearance"),
        Part(_("For victims"), "assistance.needed.victims"),
        Part(_("Resources communicated"), "assistance.needs_communicated"),
        Part(_("Funding received"), "assistance.funding_received"),
        Part(_("Technical assistance received"), "stockpile.assistance_received"),
    ),
    rows=(
        Rows(_("States Parties in need"), "assistance.needed.any & parties"),
        Rows(_("Signatories in need"), "assistance.needed.any & signatories"),
    ),
    beyond=(
        (
            Said(
                _("{0} state reports that it has funded cooperation and assistance."),
                _("{0} states report that they have funded cooperation and assistance."),
                ("assistance.funding_provided",),
            ),
            "assistance.funding_provided",
        ),
    ),
    empty=_("No published document speaks by this date of assistance needed or given."),
)
