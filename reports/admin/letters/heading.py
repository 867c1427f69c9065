"""Where letters, and all that has to do with them, stand on the front page of the data entry."""

from django.utils.translation import gettext_lazy as _

from ccm_portal.admin_site.headings import Heading

LETTERS = Heading(label="letters", name=_("Letters"), page="admin:reports_letter_outbox")
