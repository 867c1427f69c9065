"""One file into the register, whole or not at all."""

from collections.abc import Callable, Mapping
from typing import Any

from .account import Account, account_of
from .mandate import Mandate, reason_for_file
from .reading import Unreadable, read_sheet
from .resource import RegisterResource
from .resources import RESOURCES


def import_file(
    *,
    kind: str,
    data: bytes,
    filename: str,
    user: Any = None,
    dry_run: bool = False,
    resources: Mapping[str, type[RegisterResource]] = RESOURCES,
    progress: Callable[[int, int], None] | None = None,
) -> Account:
    """Import the bytes of a CSV or XLSX file as a kind of record and tell what became of it.

    `resources` gives the resource of each kind: those of the register, or of other apps too. `user`
    None is the operator at the command line. `progress` hears how many of how many rows are done.
    A dry run gives the same account and writes nothing; neither does a file of which any row is
    refused.
    """
    resource = resources[kind]()
    try:
        sheet = read_sheet(data)
    except Unreadable as error:
        return Account(refusals=(str(error),), is_dry_run=dry_run)
    mandate = Mandate(user=user, reason=reason_for_file(filename))
    result = resource.import_data(
        sheet, dry_run=dry_run, mandate=mandate, progress=progress, shows_differences=False
    )
    return account_of(resource, result, is_dry_run=dry_run)
