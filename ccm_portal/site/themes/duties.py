"""Stockpiles, contaminated land and victims: the duties of Articles 3, 4 and 5."""

from django.utils.translation import gettext_lazy as _

from .description import Chart, Description, Part, Rows, Said, Stage

STOCKPILES = Description(
    code="stockpile-destruction",
    title=_("Stockpile destruction"),
    basis=_("Article 3"),
    themes=("stockpile-destruction",),
    rule=_("A State Party destroys its stockpile within eight years of being bound."),
    lead=(
        Said(
            _("{0} has declared one, past or present; {1} of them has finished."),
            _("{0} have declared one, past or present; {1} of them have finished."),
            (
                "(stockpile.declared | stockpile.completed | stockpile.past) & parties",
                "stockpile.completed & parties",
            ),
        ),
    ),
    concerned="stockpile.declared",
    concerned_words=_("with stockpiles to destroy"),
    done=(
        Said(
            _("{0} State Party has finished."),
            _("{0} States Parties have finished."),
            ("stockpile.completed & parties",),
        ),
        Said(
            _("{0} of those with stocks has begun."),
            _("{0} of those with stocks have begun."),
            ("stockpile.destruction_started & stockpile.declared & parties",),
        ),
    ),
    chart=Chart.STAGES,
    chart_title=_("How far along"),
    chart_note=_("One cell is one State Party: the fuller the cell, the further it is."),
    stages=(
        Stage(_("Completed"), "stockpile.completed & parties", 1.0),
        Stage(_("Begun"), "stockpile.destruction_started & parties", 0.66),
        Stage(_("Planned"), "stockpile.plan & parties", 0.36),
        Stage(_("Tender opened"), "stockpile.tender & parties", 0.16),
        Stage(_("Declared, no step reported"), "stockpile.declared & parties", 0.0),
    ),
    chart_says=(
        Said(
            _("{0} of {1} has finished; {2} more have begun."),
            _("{0} of {1} have finished; {2} more have begun."),
            (
                "stockpile.completed & parties",
                "(stockpile.declared | stockpile.completed | stockpile.past) & parties",
                "stockpile.destruction_started & parties - stockpile.completed",
            ),
        ),
    ),
    columns=(
        Part(_("Gave quantities"), "stockpile.quantity_reported"),
        Part(_("Plan made or in hand"), "stockpile.plan"),
        Part(_("Tender open"), "stockpile.tender"),
        Part(_("Destroying"), "stockpile.destruction_started"),
        Part(_("Completed"), "stockpile.completed"),
        Part(_("Expects to finish early"), "stockpile.early_completion_expected"),
        Part(_("Needs assistance"), "assistance.needed.stockpile"),
        Part(_("Received assistance"), "stockpile.assistance_received"),
        Part(_("Retains for training"), "retention.declared"),
    ),
    rows=(
        Rows(
            _("To be destroyed"),
            "stockpile.declared & parties - stockpile.completed",
            has_deadline=True,
        ),
        Rows(_("Destruction completed"), "stockpile.completed & parties"),
    ),
    years=8,
    beyond=(
        (
            Said(
                _("{0} signatory is reported to hold stockpiles that it would have to destroy."),
                _(
                    "{0} signatories are reported to hold stockpiles that they would "
                    "have to destroy."
                ),
                ("stockpile.declared & signatories",),
            ),
            "stockpile.declared & signatories",
        ),
        (
            Said(
                _("{0} is reported to have had stockpiles and to have them no longer."),
                _("{0} are reported to have had stockpiles and to have them no longer."),
                ("stockpile.past & signatories",),
            ),
            "stockpile.past & signatories",
        ),
    ),
    empty=_("No published document says by this date that a State Party has or had a stockpile."),
)

CLEARANCE = Description(
    code="clearance",
    title=_("Clearance and risk reduction"),
    basis=_("Article 4"),
    themes=("clearance", "risk-reduction"),
    rule=_("A State Party clears contaminated land within ten years of being bound."),
    lead=(
        Said(
            _("{0} is reported to have land to clear; {1} of them has reported on its progress."),
            _(
                "{0} are reported to have land to clear; {1} of them have reported on "
                "their progress."
            ),
            (
                "clearance.declared & parties",
                "clearance.progress_reported & clearance.declared & parties",
            ),
        ),
        Said(
            _("{0} State Party has finished."),
            _("{0} States Parties have finished."),
            ("clearance.completed & parties",),
        ),
    ),
    concerned="clearance.declared",
    concerned_words=_("with land to clear"),
    done=(
        Said(
            _("{0} of them has reported its priorities and progress."),
            _("{0} of them have reported their priorities and progress."),
            ("clearance.progress_reported & clearance.declared & parties",),
        ),
        Said(
            _("{0} State Party has finished."),
            _("{0} States Parties have finished."),
            ("clearance.completed & parties",),
        ),
    ),
    chart=Chart.STAGES,
    chart_title=_("How far along"),
    chart_note=_("One cell is one State Party: the fuller the cell, the further it is."),
    stages=(
        Stage(_("Completed"), "clearance.completed & parties", 1.0),
        Stage(_("Progress reported"), "clearance.progress_reported & parties", 0.6),
        Stage(_("Steps reported"), "clearance.steps_reported & parties", 0.3),
        Stage(_("No step reported"), "clearance.declared & parties", 0.0),
    ),
    chart_says=(
        Said(
            _("{0} of {1} has finished; {2} more report progress."),
            _("{0} of {1} have finished; {2} more report progress."),
            (
                "clearance.completed & parties",
                "(clearance.declared | clearance.completed) & parties",
                "clearance.progress_reported & parties - clearance.completed",
            ),
        ),
    ),
    columns=(
        Part(_("Among the most affected"), "clearance.most_affected"),
        Part(_("Progress reported"), "clearance.progress_reported"),
        Part(_("Size and location"), "clearance.areas_reported"),
        Part(_("Methods"), "clearance.methods_reported"),
        Part(_("Communities included"), "clearance.communities_included"),
        Part(_("Risk reduction"), "risk_reduction.programmes"),
        Part(_("Warnings"), "risk_reduction.warnings"),
        Part(_("Completed"), "clearance.completed"),
        Part(_("Needs assistance"), "assistance.needed.clearance"),
    ),
    rows=(
        Rows(
            _("To be cleared"),
            "clearance.declared & parties - clearance.completed",
            has_deadline=True,
        ),
        Rows(_("Clearance completed"), "clearance.completed & parties"),
    ),
    years=10,
    beyond=(
        (
            Said(
                _("{0} signatory is reported to have contaminated land."),
                _("{0} signatories are reported to have contaminated land."),
                ("clearance.declared & signatories",),
            ),
            "clearance.declared & signatories",
        ),
        (
            Said(
                _("{0} State not party is named among the most heavily affected."),
                _("{0} States not party are named among the most heavily affected."),
                ("clearance.most_affected & not_party",),
            ),
            "clearance.most_affected & not_party",
        ),
    ),
    empty=_("No published document says by this date that a State Party has land to clear."),
)

VICTIMS = Description(
    code="victim-assistance",
    title=_("Victim assistance"),
    basis=_("Article 5"),
    themes=("victim-assistance",),
    rule=_("A State Party assists the victims in areas under its jurisdiction or control."),
    lead=(
        Said(
            _("{0} is reported to have such victims; {1} of them coordinates their assistance."),
            _("{0} are reported to have such victims; {1} of them coordinate their assistance."),
            ("victims.declared & parties", "victims.coordination & victims.declared & parties"),
        ),
    ),
    concerned="victims.declared",
    concerned_words=_("with responsibility for victims"),
    done=(
        Said(
            _("{0} of them has a body that coordinates assistance."),
            _("{0} of them have a body that coordinates assistance."),
            ("victims.coordination & victims.declared & parties",),
        ),
        Said(
            _("{0} of them has begun to collect data."),
            _("{0} of them have begun to collect data."),
            ("victims.data_collection & victims.declared & parties",),
        ),
    ),
    chart=Chart.BARS,
    chart_title=_("What they have reported"),
    chart_note=_(
        "Each bar is the States Parties with responsibility for victims; solid are those "
        "that reported the step."
    ),
    bars=(
        Part(_("A body that coordinates"), "victims.coordination"),
        Part(_("Data collection begun"), "victims.data_collection"),
        Part(_("Part of existing coordination"), "victims.integrated"),
        Part(_("Plans and policies reviewed"), "victims.policies_reviewed"),
        Part(_("Plans or budgets drawn up"), "victims.plans"),
        Part(_("Close cooperation with survivors"), "victims.survivor_cooperation"),
        Part(_("Survivors in the delegation"), "victims.survivors_in_delegation"),
    ),
    bars_of="victims.declared & parties",
    chart_says=(
        Said(
            _("{0} of {1} has begun to collect data on victims."),
            _("{0} of {1} have begun to collect data on victims."),
            (
                "victims.data_collection & victims.declared & parties",
                "victims.declared & parties",
            ),
        ),
    ),
    columns=(
        Part(_("Among the worst affected"), "victims.worst_affected"),
        Part(_("Coordination"), "victims.coordination"),
        Part(_("Data"), "victims.data_collection"),
        Part(_("Integrated"), "victims.integrated"),
        Part(_("Policies reviewed"), "victims.policies_reviewed"),
        Part(_("Plans"), "victims.plans"),
        Part(_("With survivors"), "victims.survivor_cooperation"),
        Part(_("Survivors in delegation"), "victims.survivors_in_delegation"),
        Part(_("Needs assistance"), "assistance.needed.victims"),
    ),
    rows=(Rows(_("Responsible for victims"), "victims.declared & parties"),),
    beyond=(
        (
            Said(
                _("{0} signatory is reported to have victims to assist."),
                _("{0} signatories are reported to have victims to assist."),
                ("victims.declared & signatories",),
            ),
            "victims.declared & signatories",
        ),
    ),
    empty=_("No published document says by this date that a State Party has victims to assist."),
)
