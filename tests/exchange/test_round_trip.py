"""What goes out comes back: an export that is imported again changes nothing."""

import csv as csv_module
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from states import exchange
from states.dataset import DIRECTORY, FILES, loading
from states.exchange import RESOURCES, Outcome
from states.models import (
    Certainty,
    Contact,
    Document,
    ExtensionDecision,
    Meeting,
    Organization,
    Region,
    State,
    StateName,
    TreatyAction,
)
from tests.admin import records

from .files import bring, exported, exported_workbook, history, outcomes

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 1)
COLUMNS = {
    "states": "iso3,iso2,ccm_region,un_region,un_member,un_member_from,un_member_until,languages,"
    "independent_from,note",
    "names": "iso3,language,kind,name,valid_from,valid_until,source",
    "documents": "code,title,kind,author,language,published_on,url,is_public,note",
    "treaty-actions": "iso3,kind,occurrence,date,certainty,document,place,note",
    "meetings": "code,kind,number,name,city,country_iso3,starts_on,ends_on,president,certainty,"
    "document,note",
    "organizations": "code,name,kind,note",
    "extensions": "iso3,article,meeting,new_deadline,document,place,note",
    "contacts": "iso3,kind,name,form_of_address,language,email,serves_from,serves_until,note",
}


def rows(data: bytes) -> list[list[str]]:
    return list(csv_module.reader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("kind", RESOURCES)
def test_an_export_has_the_columns_of_an_import(kind: str) -> None:
    assert exported(kind).decode() == COLUMNS[kind] + "\r\n"


def test_the_dataset_goes_out_and_comes_back_as_it_was() -> None:
    loading.load(today=TODAY)
    before = {kind: history(RESOURCES[kind]._meta.model) for kind in RESOURCES}

    for kind in FILES:
        for data in (exported(kind), exported_workbook(kind)):
            account = bring(kind, data)
            assert {row.outcome for row in account.rows} == {Outcome.SAME}

    assert {kind: history(RESOURCES[kind]._meta.model) for kind in RESOURCES} == before


def test_an_export_equals_the_dataset_s_own_files() -> None:
    loading.load(today=TODAY)

    for kind, filename in FILES.items():
        bundled = (DIRECTORY / filename).read_bytes()
        assert sorted(rows(exported(kind))) == sorted(rows(bundled))


def test_a_workbook_has_dates_and_neutralised_text() -> None:
    state = records.state()
    records.action(state, "signature", "2008-12-03", note="=1+1")

    workbook = openpyxl.load_workbook(io.BytesIO(exported_workbook("treaty-actions")))

    [_header, cells] = workbook.active.iter_rows()
    assert [(cell.data_type, cell.value) for cell in cells][-1] == ("s", "'=1+1")
    assert [cell.data_type for cell in cells][:4] == ["s", "s", "n", "d"]


def test_formulas_are_neutralised_in_the_admin_s_formats_and_in_the_library_s() -> None:
    Organization.objects.create(code="x", name="@SUM(1)", kind="un", note="-")
    table = RESOURCES["organizations"]().export()
    safe, _workbook = exchange.EXPORT_FORMATS

    assert rows(str(table.export("csv")).encode())[1] == ["x", "'@SUM(1)", "un", "'-"]
    assert rows(safe().export_data(table).encode())[1] == ["x", "'@SUM(1)", "un", "'-"]


@pytest.mark.parametrize("kind", RESOURCES)
def test_an_export_asks_the_same_number_of_queries_for_one_row_and_for_three(kind: str) -> None:
    counts = []
    for number in (1, 2):
        plant(number)
        if number == 2:
            plant(3)
        with CaptureQueriesContext(connection) as queries:
            exported(kind)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def plant(number: int) -> None:
    """A record of every kind."""
    state = records.state(f"A{number:02}", f"State {number}", iso2=f"{number:02}")
    document = records.document(f"d{number}")
    meeting = records.meeting(f"{number}MSP", "2020-01-01")
    Meeting.objects.filter(pk=meeting.pk).update(document=document, country=state)
    records.action(state, "accession", "2010-01-01", document=document)
    records.extension(state, "4", meeting, "2030-01-01", document=document)
    Organization.objects.create(code=f"o{number}", name=f"O{number}", kind="un")
    Contact.objects.create(state=state, kind="focal_point", name="Ann")


# Generated records: texts as a form leaves them, with line ends of any system.

BODY = st.characters(
    codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="�"
) | st.sampled_from("=+-@'\",;\t")
LINE = st.text(BODY, min_size=1, max_size=12).map(str.strip).filter(bool)
TEXT = st.lists(LINE, min_size=1, max_size=3).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n"]).map(lambda end: end.join(lines).strip())
)
NOTE = st.just("") | TEXT
DAY = st.dates(date(2008, 12, 3), date(2026, 1, 1))
SPAN = st.tuples(DAY, DAY).map(lambda days: (min(days), max(days) + timedelta(days=1)))
OPEN_SPAN = st.tuples(st.booleans(), SPAN).map(
    lambda drawn: drawn[1] if drawn[0] else (None, drawn[1][1])
)


def chosen(choices: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(choices.values)


@st.composite
def registers(draw: st.DrawFn) -> None:
    """Fill the database with one drawn record of each kind, and two states."""
    state, other = (
        State.objects.create(
            iso3=iso3,
            iso2=iso3[:2],
            slug=iso3.lower(),
            ccm_region=draw(chosen(Region)),
            un_member=draw(st.booleans()),
            languages=draw(st.sampled_from(["", "fr", "ar;en"])),
            independent_from=draw(st.none() | DAY),
            note=draw(NOTE),
        )
        for iso3 in ("AAA", "BBB")
    )
    document = Document.objects.create(
        code="d1",
        title=draw(LINE),
        kind=draw(chosen(Document.Kind)),
        author=draw(st.just("") | LINE),
        language=draw(st.sampled_from(["", "fr"])),
        published_on=draw(st.none() | DAY),
        is_public=draw(st.booleans()),
        note=draw(NOTE),
    )
    valid_from, valid_until = draw(OPEN_SPAN)
    StateName.objects.create(
        state=state,
        language="en",
        kind=draw(chosen(StateName.Kind)),
        name=draw(LINE),
        valid_from=valid_from,
        valid_until=valid_until,
        source=draw(st.just("") | LINE),
    )
    starts_on, ends_on = draw(SPAN)
    meeting = Meeting.objects.create(
        code="1MSP",
        kind=draw(chosen(Meeting.Kind)),
        number=draw(st.none() | st.integers(1, 9999)),
        name=draw(LINE),
        city=draw(st.just("") | LINE),
        country=draw(st.sampled_from([None, state, other])),
        starts_on=starts_on,
        ends_on=ends_on,
        certainty=draw(chosen(Certainty)),
        document=draw(st.sampled_from([None, document])),
        note=draw(NOTE),
    )
    Organization.objects.create(
        code="o1", name=draw(LINE), kind=draw(chosen(Organization.Kind)), note=draw(NOTE)
    )
    for day in draw(st.lists(DAY, min_size=1, max_size=3, unique=True)):
        TreatyAction.objects.create(
            state=draw(st.sampled_from([state, other])),
            kind=draw(chosen(TreatyAction.Kind)),
            date=day,
            certainty=draw(chosen(Certainty)),
            document=draw(st.sampled_from([None, document])),
            place=draw(st.just("") | LINE),
            note=draw(NOTE),
        )
    ExtensionDecision.objects.create(
        state=other,
        article=draw(chosen(ExtensionDecision.Article)),
        meeting=meeting,
        new_deadline=draw(DAY),
        note=draw(NOTE),
    )
    Contact.objects.create(
        state=state,
        kind=draw(chosen(Contact.Kind)),
        name=draw(LINE),
        form_of_address=draw(st.just("") | LINE),
        serves_from=valid_from,
        serves_until=valid_until,
        note=draw(NOTE),
    )


@contextmanager
def rolled_back() -> Iterator[None]:
    """A database for one example alone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_generated_records_come_back_unchanged(data: st.DataObject) -> None:
    with rolled_back():
        data.draw(registers())
        before = {kind: snapshot(kind) for kind in RESOURCES}

        for kind in RESOURCES:
            for file in (exported(kind), exported_workbook(kind)):
                found = {outcome for _row, outcome in outcomes(bring(kind, file))}
                assert found == {Outcome.SAME}

        assert {kind: snapshot(kind) for kind in RESOURCES} == before


def snapshot(kind: str) -> tuple[list[dict[str, Any]], int]:
    model = RESOURCES[kind]._meta.model
    return list(model.objects.order_by("pk").values()), history(model)
