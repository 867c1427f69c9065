"""The file formats that the admin offers, read and written as everywhere else in the portal."""

from typing import Any

import tablib
from django.utils.translation import gettext_lazy as _
from import_export.formats.base_formats import CSV, XLSX

from ccm_portal import exports

from .reading import Sheet, read_sheet


class SpreadsheetFile(XLSX):  # type: ignore[misc]
    """For imports: CSV or XLSX, told apart by their content."""

    def get_title(self) -> Any:
        return _("CSV or Excel workbook (.xlsx)")

    def can_export(self) -> bool:
        return False

    def create_dataset(self, in_stream: bytes) -> Sheet:
        """Raises `reading.Unreadable`, whose message is a sentence."""
        return read_sheet(in_stream)


class SafeCSV(CSV):  # type: ignore[misc]
    """For exports."""

    CONTENT_TYPE = exports.CSV_CONTENT_TYPE

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:
        return exports.to_csv(_as_they_were(dataset), dataset.headers)

    def can_import(self) -> bool:
        return False


class SafeXLSX(XLSX):  # type: ignore[misc]
    """For exports."""

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        return exports.to_xlsx(_as_they_were(dataset), dataset.headers)

    def can_import(self) -> bool:
        return False


IMPORT_FORMATS: list[Any] = [SpreadsheetFile]
EXPORT_FORMATS: list[Any] = [SafeCSV, SafeXLSX]


def _as_they_were(dataset: tablib.Dataset) -> list[list[Any]]:
    """The cells of an export before a resource neutralised them: writing neutralises again."""
    return [
        [exports.restore(cell) if isinstance(cell, str) else cell for cell in row]
        for row in dataset
    ]
