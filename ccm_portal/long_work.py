"""What a worker does for somebody who does not want to wait: long imports and exports."""

from django.db.models import Model
from django.utils.translation import gettext as _

from ccm_portal.file_store import FileLost, opened
from ccm_portal.jobs import Progress, Refused, Result
from ccm_portal.jobs.running import Work
from ccm_portal.models import Job
from ccm_portal.models.job import work_storage
from states.exchange import EXPORT_FORMATS, import_file
from states.exchange.account import Outcome

from .spreadsheets import RESOURCES

SHOWN_LINES = 200


def import_spreadsheet(job: Job, progress: Progress) -> Result:
    """Import a file whole or not at all, or (`dry_run`) tell what that would change.

    Raises `Refused` where a row or the file is; then nothing is kept.
    """
    said = job.parameters
    try:
        with opened(work_storage(), said["file"]) as file:
            data = file.read()
    except FileLost:
        raise Refused(_("The file is no longer there: upload it again.")) from None
    account = import_file(
        kind=said["kind"],
        data=data,
        filename=said["filename"],
        user=job.asked_by,
        dry_run=said["dry_run"],
        resources=RESOURCES,
        progress=progress.say,
    )
    lines = list(account.lines())
    shown = "\n".join(lines[-1:] + lines[:SHOWN_LINES])
    if account.is_refused:
        refusals = (row for row in account.rows if row.outcome is Outcome.REFUSED)
        reasons = [line for row in refusals for line in row.lines()]
        raise Refused(account.verdict(), "\n".join([*account.refusals, *reasons][:SHOWN_LINES]))
    return Result(
        verdict=account.verdict(),
        account=shown,
        file="\n".join(lines).encode(),
        filename="account.txt",
    )


def export_spreadsheet(job: Job, progress: Progress) -> Result:
    """Write records into a spreadsheet. Raises `Refused` for who may not see them."""
    said = job.parameters
    resource = RESOURCES[said["kind"]]()
    model: type[Model] = resource._meta.model
    options = model._meta
    if not job.asked_by.has_perm(f"{options.app_label}.view_{options.model_name}"):
        raise Refused(_("You may not see these records."))
    progress.say(0, len(said["ids"]))
    dataset = resource.export(model._default_manager.filter(pk__in=said["ids"]))
    form = EXPORT_FORMATS[said["format"]]()
    content = form.export_data(dataset)
    progress.say(len(said["ids"]), len(said["ids"]))
    return Result(
        verdict=_("%(count)s rows were written.") % {"count": len(dataset)},
        file=content.encode() if isinstance(content, str) else content,
        filename=f"{said['kind']}.{form.get_extension()}",
    )


WORKS: dict[str, Work] = {"import": import_spreadsheet, "export": export_spreadsheet}
