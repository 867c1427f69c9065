"""Mail that came back."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .letter import LetterRecipient


class BounceQuerySet(models.QuerySet["Bounce"]):
    """Bounces."""

    def standing(self) -> Self:
        """Those that speak against writing to the address until somebody settles them."""
        return self.filter(settled_at__isnull=True, is_permanent=True)


class Bounce(models.Model):
    """A message to an address came back, as staff or the mail provider's webhook recorded.

    Until it is settled (`settled_at`), a permanent one speaks against every letter to the address:
    staff correct the contact's address, or say that it is right after all. `provider_event` is the
    provider's own name of the event, so that the same one delivered twice is recorded once.
    """

    recipient = models.ForeignKey(
        LetterRecipient,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bounces",
        verbose_name=_("recipient"),
        help_text=_("Empty where the letter is not known."),
    )
    email = models.EmailField(_("e-mail"), db_index=True)
    bounced_at = models.DateTimeField(_("at"))
    is_permanent = models.BooleanField(_("permanent"), default=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
        help_text=_("Empty: by the mail provider."),
    )
    provider_event = models.CharField(_("provider's event"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = BounceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bounce")
        verbose_name_plural = _("bounces")
        ordering = ("-bounced_at", "-pk")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["provider_event", "email"],
                condition=~Q(provider_event=""),
                name="bounce_once",
            ),
        ]

    def __str__(self) -> str:
        return self.email
