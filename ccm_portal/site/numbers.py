"""The numbers by which the portal is read, on the overview and where two days are compared."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Counted:
    """A number with its name: what an expression counts."""

    title: Words
    expression: str


@dataclass(frozen=True)
class Numbers:
    """Numbers that belong together; `theme` is the code of their dashboard, "" for none."""

    title: Words
    theme: str
    counted: tuple[Counted, ...]


GROUPS: tuple[Numbers, ...] = (
    Numbers(
        _("Membership"),
        "universalization",
        (
            Counted(_("States Parties"), "parties"),
            Counted(_("of them bound"), "in_force"),
            Counted(_("Signatories"), "signatories"),
            Counted(_("States not party"), "not_party"),
        ),
    ),
    Numbers(
        _("Initial reports"),
        "transparency",
        (
            Counted(_("Fallen due"), "reports.initial.due"),
            Counted(_("In, of those due"), "reports.initial.due & reports.initial.received"),
            Counted(_("In time, of those due"), "reports.initial.in_time & reports.initial.due"),
            Counted(_("In, late"), "reports.initial.late & reports.initial.due"),
            Counted(_("Overdue"), "reports.initial.overdue"),
        ),
    ),
    Numbers(
        _("Stockpile destruction"),
        "stockpile-destruction",
        (
            Counted(_("States Parties with stockpiles to destroy"), "stockpile.declared & parties"),
            Counted(_("Destruction begun"), "stockpile.destruction_started & parties"),
            Counted(_("Destruction completed"), "stockpile.completed & parties"),
            Counted(_("Signatories with stockpiles"), "stockpile.declared & signatories"),
        ),
    ),
    Numbers(
        _("Clearance"),
        "clearance",
        (
            Counted(_("States Parties with land to clear"), "clearance.declared & parties"),
            Counted(_("Progress reported"), "clearance.progress_reported & parties"),
            Counted(_("Clearance completed"), "clearance.completed & parties"),
            Counted(_("Signatories with contaminated land"), "clearance.declared & signatories"),
        ),
    ),
    Numbers(
        _("Victim assistance"),
        "victim-assistance",
        (
            Counted(_("States Parties responsible for victims"), "victims.declared & parties"),
            Counted(_("A body that coordinates"), "victims.coordination & parties"),
            Counted(_("Plans or budgets"), "victims.plans & parties"),
        ),
    ),
    Numbers(
        _("Cooperation and assistance"),
        "cooperation-assistance",
        (
            Counted(_("States Parties in need of assistance"), "assistance.needed.any & parties"),
            Counted(_("Funding provided"), "assistance.funding_provided & parties"),
            Counted(_("Funding received"), "assistance.funding_received & parties"),
        ),
    ),
    Numbers(
        _("National laws"),
        "national-implementation",
        (
            Counted(_("Law on cluster munitions"), "legislation.specific & parties"),
            Counted(_("Existing law sufficient"), "legislation.existing_sufficient & parties"),
            Counted(_("Law in preparation"), "legislation.in_preparation & parties"),
        ),
    ),
)


def expressions() -> Iterator[str]:
    """Everything that the numbers count."""
    return (counted.expression for group in GROUPS for counted in group.counted)
