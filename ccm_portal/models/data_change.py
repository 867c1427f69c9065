"""That the data were written to."""

import uuid

from django.db import models
from django.utils import timezone


class DataChange(models.Model):
    """One transaction that wrote something: the data have another version since it was committed.

    Rows are only ever added, so that writers do not wait for one another. They say nothing of
    what was written: that is in the histories. `ccm_portal.data_version` writes and reads them.
    """

    token = models.UUIDField(default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="data_change_made_at")]

    def __str__(self) -> str:
        return f"{self.pk} ({self.made_at:%Y-%m-%d %H:%M:%S})"
