"""National implementation: laws and other measures (Article 9)."""

from django.utils.translation import gettext_lazy as _

from .description import Chart, Description, Part, Rows, Said

NATIONAL = Description(
    code="national-implementation",
    title=_("National implementation"),
    basis=_("Article 9"),
    themes=("national-implementation",),
    rule=_("A State Party takes all legal and other measures to implement the Convention."),
    lead=(
        Said(
            _("{0} State Party has made a law on cluster munitions."),
            _("{0} States Parties have made a law on cluster munitions."),
            ("legislation.specific & parties",),
            none=_("{0} State Party has reported a law on cluster munitions."),
        ),
        Said(
            _("{0} finds its existing law sufficient and {1} prepares one."),
            _("{0} find their existing law sufficient and {1} prepare one."),
            ("legislation.existing_sufficient & parties", "legislation.in_preparation & parties"),
            none=_("{0} State Party has called its existing law sufficient; {1} prepare one."),
        ),
    ),
    concerned="legislation.in_preparation",
    concerned_words=_("with a law in preparation"),
    done=(
        Said(
            _("{0} has a law of its own on cluster munitions."),
            _("{0} have a law of their own on cluster munitions."),
            ("legislation.specific & parties",),
        ),
        Said(
            _("{0} finds its existing law sufficient."),
            _("{0} find their existing law sufficient."),
            ("legislation.existing_sufficient & parties",),
        ),
    ),
    chart=Chart.BARS,
    chart_title=_("Which way they took"),
    chart_note=_(
        "Each bar is all States Parties; solid are those that reported the measure. "
        "Nothing reported does not mean that nothing was done."
    ),
    bars=(
        Part(_("Law on cluster munitions"), "legislation.specific"),
        Part(_("Existing law sufficient"), "legislation.existing_sufficient"),
        Part(_("Law in preparation"), "legislation.in_preparation"),
        Part(_("Other agencies informed"), "legislation.agencies_informed"),
    ),
    bars_of="parties",
    chart_says=(
        Said(
            _("{0} of {1} States Parties has said which way it took."),
            _("{0} of {1} States Parties have said which way they took."),
            (
                "(legislation.specific | legislation.existing_sufficient"
                " | legislation.in_preparation) & parties",
                "parties",
            ),
        ),
    ),
    columns=(
        Part(_("Law on cluster munitions"), "legislation.specific"),
        Part(_("Existing law sufficient"), "legislation.existing_sufficient"),
        Part(_("Law in preparation"), "legislation.in_preparation"),
        Part(_("Other agencies informed"), "legislation.agencies_informed"),
    ),
    rows=(
        Rows(
            _("States Parties that reported"),
            "(legislation.specific | legislation.existing_sufficient | legislation.in_preparation"
            " | legislation.agencies_informed) & parties",
        ),
    ),
    beyond=(
        (
            Said(
                _("{0} signatory reported a law made or in preparation."),
                _("{0} signatories reported a law made or in preparation."),
                ("(legislation.specific | legislation.in_preparation) & signatories",),
            ),
            "(legislation.specific | legislation.in_preparation) & signatories",
        ),
    ),
    empty=_("No published document speaks by this date of national measures."),
)
