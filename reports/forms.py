"""The reporting form: sheets A to J and the paragraphs of the Convention that each serves."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FormLetter(models.TextChoices):
    """The sheets of the reporting form adopted at the First Meeting of States Parties."""

    A = "A", _("Form A, national implementation measures")
    B = "B", _("Form B, stockpiles and their destruction")
    C = "C", _("Form C, technical characteristics of each type")
    D = "D", _("Form D, munitions retained and transferred")
    E = "E", _("Form E, conversion of production facilities")
    F = "F", _("Form F, contaminated areas and clearance")
    G = "G", _("Form G, warning and risk education")
    H = "H", _("Form H, victim assistance")
    I = "I", _("Form I, national resources, cooperation and assistance")  # noqa: E741
    J = "J", _("Form J, other relevant matters")


@dataclass(frozen=True)
class Form:
    """One sheet: its title, the paragraphs that ask for it, and whether it must be answered.

    A voluntary sheet may be left blank. `is_conditional` marks a sheet that is owed only where
    there is something to declare.
    """

    letter: FormLetter
    title: str | Promise
    paragraphs: tuple[str, ...]
    is_voluntary: bool = False
    is_conditional: bool = False


FORMS: dict[str, Form] = {
    form.letter.value: form
    for form in (
        Form(FormLetter.A, _("National implementation measures"), ("7.1 (a)", "9")),
        Form(
            FormLetter.B,
            _("Stockpiles and destruction of cluster munitions"),
            ("7.1 (b)", "7.1 (e)", "7.1 (f)", "7.1 (g)", "3.1"),
        ),
        Form(
            FormLetter.C,
            _("Technical characteristics of each type produced, owned or possessed"),
            ("7.1 (c)",),
        ),
        Form(
            FormLetter.D,
            _("Cluster munitions retained and transferred"),
            ("3.6", "3.7", "3.8"),
            is_conditional=True,
        ),
        Form(
            FormLetter.E,
            _("Conversion or decommissioning of production facilities"),
            ("7.1 (d)",),
        ),
        Form(FormLetter.F, _("Contaminated areas and clearance"), ("7.1 (h)", "7.1 (i)")),
        Form(FormLetter.G, _("Warning to the population and risk education"), ("7.1 (j)",)),
        Form(FormLetter.H, _("Victim assistance"), ("7.1 (k)", "5.1", "5.2")),
        Form(
            FormLetter.I,
            _("National resources and international cooperation and assistance"),
            ("7.1 (m)", "7.1 (n)", "6"),
        ),
        Form(FormLetter.J, _("Other relevant matters"), (), is_voluntary=True),
    )
}
