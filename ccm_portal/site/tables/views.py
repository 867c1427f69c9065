"""The page on data, and every table as CSV, JSON and XLSX."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ccm_portal.as_of import AsOf
from ccm_portal.exports import csv_response, xlsx_response
from ccm_portal.site import description
from ccm_portal.site.description import LICENCE_URL

from .catalogue import TABLES
from .table import Day, Table, TableRow

FORMATS = ("csv", "json", "xlsx")
LICENCE = "CC BY 4.0"
DICTIONARY = ("table", "column", "type", "meaning")


def data(request: HttpRequest) -> HttpResponse:
    """What can be taken along, what its columns mean, under which terms, and how to cite it."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    context = {
        "tables": TABLES.values(),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "structured": description.dataset(request, as_of.day.isoformat()),
    }
    return render(request, "site/data.html", context)


def table(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """A table of the day as a file."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    if code not in TABLES or form not in FORMATS:
        raise Http404(_("There is no such table."))
    chosen = TABLES[code]
    rows = list(chosen.rows(Day.load(as_of.day)))
    name = f"{code}-{as_of.day.isoformat()}"
    if form == "csv":
        return csv_response(rows, chosen.names, filename=f"{name}.csv")
    if form == "xlsx":
        return xlsx_response(rows, chosen.names, filename=f"{name}.xlsx", title=code)
    return JsonResponse(_as_json(request, chosen, rows, as_of), json_dumps_params={"indent": 1})


def dictionary(request: HttpRequest) -> HttpResponse:
    """The data dictionary of all tables as a CSV file."""
    rows = [
        (chosen.code, column.name, column.type, str(column.meaning))
        for chosen in TABLES.values()
        for column in chosen.columns
    ]
    return csv_response(rows, DICTIONARY, filename="data-dictionary.csv")


def _as_json(
    request: HttpRequest, chosen: Table, rows: list[TableRow], as_of: AsOf
) -> dict[str, object]:
    """The rows with all that is needed to use and cite them."""
    day = as_of.day.isoformat()
    return {
        "table": chosen.code,
        "title": str(chosen.title),
        "description": str(chosen.meaning),
        "as_of": day,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "source": request.build_absolute_uri(f"{request.path}?as_of={day}"),
        "columns": [
            {"name": column.name, "type": column.type, "meaning": str(column.meaning)}
            for column in chosen.columns
        ],
        "rows": [dict(zip(chosen.names, row, strict=True)) for row in rows],
    }
