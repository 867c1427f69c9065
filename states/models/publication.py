"""Draft or published: the one switch that decides whether a record shows outside the admin."""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

Record_co = TypeVar("Record_co", bound=models.Model, covariant=True)


class PublishableQuerySet(models.QuerySet[Record_co]):
    """Records of a publishable kind."""

    def published(self) -> Self:
        """Those that may show outside the admin."""
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        """Those that live in the admin alone."""
        return self.filter(published_at__isnull=True)


class Publishable(models.Model):
    """A record that stays a draft until somebody with the permission publishes it."""

    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        editable=False,
        db_index=True,
        help_text=_("When it was published; empty for a draft."),
    )

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.published_at is not None
