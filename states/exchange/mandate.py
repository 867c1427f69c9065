"""On whose behalf a file is imported, and what that allows."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from states import publishing


@dataclass(frozen=True)
class Mandate:
    """Who imports: a signed-in user, or (None) the operator at the command line.

    `reason` goes into the history of every row that is written. `publishes` is for the bundled
    dataset alone: its rows are published at once, and it may change what it published.
    """

    user: Any = None
    reason: str = ""
    publishes: bool = False

    def may_write(self, action: str, model: type[models.Model]) -> bool:
        """Whether rows of a model may be added or changed; `action` is "add" or "change"."""
        options = model._meta
        permission = f"{options.app_label}.{action}_{options.model_name}"
        return self.user is None or bool(self.user.has_perm(permission))

    def may_publish(self, record: Any) -> bool:
        """Whether what shows outside the admin may be changed, for records of this one's kind."""
        return self.publishes or (
            self.user is not None and publishing.may_publish(self.user, type(record))
        )

    def refusal_to_write(self, action: str) -> str:
        """Why a row that would be added or changed is refused, in a sentence."""
        if action == "add":
            return _("The row is new, and you may not add any here: ask somebody who may.")
        return _("The row would be changed, and you may not change any here: ask somebody who may.")

    def refusal_to_change_published(self) -> str:
        """Why a row that would change a published record is refused, in a sentence."""
        if self.user is None:
            return _(
                "The row would change a published record, which an import at the command line may "
                "not do: change it in the admin."
            )
        return _(
            "The row would change a published record, and you may not publish: ask an editor to "
            "import it or to withdraw the record first."
        )


def reason_for_file(filename: str | None) -> str:
    """What the history says of rows that came from a file; fits into its 100 characters."""
    return (_("Import of %(file)s") % {"file": filename or _("a file")})[:100]
