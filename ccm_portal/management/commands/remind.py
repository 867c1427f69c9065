"""`manage.py remind`: what the daily run of reminder letters drafts, or would draft."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal import as_of
from ccm_portal.dates import date_format
from ccm_portal.management.question import read_day, require_register
from reports.letters import daily
from reports.letters.drafting import WHY_APPROVAL, CannotDraft
from reports.letters.ladder import Call
from reports.letters.planning import Plan
from reports.wording import title


class Command(BaseCommand):
    help = _(
        "Drafts the reminder letters of a day, as the daily run does; with --dry-run only says "
        "which. Nothing is sent by this command itself."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on", metavar="DATE", help=_("the day, such as 2011-08-20 (default: today)")
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("say what would be drafted; write nothing")
        )

    def handle(self, *args: Any, on: str | None, dry_run: bool, **options: Any) -> None:
        day = as_of.today() if on is None else read_day(on)
        require_register()
        if dry_run:
            self._say(Plan.load(day))
            return
        self._draft(day)

    def _say(self, plan: Plan) -> None:
        calls = plan.calls()
        if not plan.is_switched_on:
            self.stdout.write(
                _("Reminders are not switched on for this day: nothing would be drafted.")
            )
        self.stdout.write(
            ngettext(
                "The ladder calls for %(count)s letter on %(day)s:",
                "The ladder calls for %(count)s letters on %(day)s:",
                len(calls),
            )
            % {"count": len(calls), "day": date_format(plan.on, "j F Y")}
        )
        for call in calls:
            self.stdout.write(line(call))

    def _draft(self, day: date) -> None:
        try:
            done = daily.run(on=day, now=timezone.now())
        except CannotDraft as error:
            raise CommandError(str(error)) from error
        if not done.is_switched_on:
            self.stdout.write(
                _(
                    "Reminders are not switched on: nothing is drafted before “reminders from” is "
                    "set in the admin."
                )
            )
        self.stdout.write(
            _("%(drafted)s drafted, %(approved)s of them approved, %(cancelled)s cancelled.")
            % {
                "drafted": len(done.drafted.letters),
                "approved": len(done.drafted.approved),
                "cancelled": len(done.cancelled),
            }
        )


def line(call: Call) -> str:
    """A letter that the ladder calls for: state, report, due date, stage, and who approves."""
    because = WHY_APPROVAL[call.approval]
    words = _("%(state)s, %(report)s, due %(due)s: %(stage)s; %(approval)s.")
    return words % {
        "state": call.deadline.standing.state.name,
        "report": title(call.deadline.kind, call.deadline.year).lower(),
        "due": date_format(call.deadline.due_on, "j F Y"),
        "stage": call.rung.stage,
        "approval": _("needs approval (%(why)s)") % {"why": _(because).lower()}
        if because
        else _("goes out by itself"),
    }
