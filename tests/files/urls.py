"""The portal's addresses, with a rule of publication that holds one document back."""

from django.urls import path

from ccm_portal import urls as portal
from states import file_views
from states.models import Document

HELD_BACK = "held-back"


def may_be_shown(document: Document) -> bool:
    """Such as: the report that the document belongs to is published."""
    return document.code != HELD_BACK


urlpatterns = [
    path(
        "files/<uuid:public_id>/<str:name>",
        file_views.download,
        {"may_be_shown": may_be_shown},
        name="document_file",
    ),
    path("admin/files/<uuid:public_id>/", file_views.download_in_admin, name="document_file_admin"),
    *portal.urlpatterns,
]
