"""When the portal's jobs for letters ran, and what was wrong that somebody should know of."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobRun(models.Model):
    """One run of a job that the schedule starts by itself.

    `succeeded` is None as long as it runs, and for ever where its process was killed. `summary`
    says in a line what it did, or why it failed.
    """

    class Job(models.TextChoices):
        DRAFT = "draft", _("Drafting of letters")
        SWEEP = "sweep", _("Sweep of the outbox")

    job = models.CharField(_("job"), max_length=10, choices=Job.choices)
    started_at = models.DateTimeField(_("started at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    succeeded = models.BooleanField(_("succeeded"), null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        ordering = ("-started_at", "-pk")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["job", "succeeded", "started_at"], name="jobrun_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, succeeded__isnull=True)
                | Q(ended_at__isnull=False, succeeded__isnull=False),
                name="jobrun_ended_has_its_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_job_display()}, {self.started_at:%Y-%m-%d %H:%M}"


class Alarm(models.Model):
    """Something that the secretariat was told of, once.

    `key` names what it is about and when, so that the same is not told twice. `mailed_at` is empty
    where nobody is to be told by mail, or where that could not be done yet.
    """

    key = models.CharField(_("key"), max_length=200, unique=True)
    raised_at = models.DateTimeField(_("raised at"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        ordering = ("-raised_at", "-pk")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.subject
