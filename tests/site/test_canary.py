"""Unpublished means invisible: nothing that is not public shows at any public address.

A canary stands in every text of a draft or non-public record of every model. Then every address
that the map of addresses can make is asked for, in every format, signed in and signed out.
"""

import io
import itertools
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode
from pytest_django import Settings

from actions.evaluation import Evaluation
from actions.models import (
    Action,
    ActionPlan,
    EditionWithdrawal,
    Finding,
    FrozenEdition,
    Indicator,
    PrintedFigure,
    PrintedRelation,
    ProgressReport,
    ProgressSection,
    Theme,
)
from ccm_portal.site.tables.catalogue import TABLES
from ccm_portal.site.themes.catalogue import THEMES
from reports import addresses
from reports.models import (
    Alarm,
    Bounce,
    Coverage,
    DeclaredQuantity,
    FormEntry,
    Hold,
    JobRun,
    KnownMissing,
    Letter,
    LetterEvent,
    Letterhead,
    LetterRecipient,
    LetterReply,
    LetterSettings,
    LetterStage,
    LetterTemplate,
    LetterText,
    TransparencyReport,
)
from states.files.attaching import attach, replace
from states.models import (
    Contact,
    Document,
    DocumentFile,
    ExtensionDecision,
    Meeting,
    OfficialDate,
    Organization,
    State,
    StateName,
    TreatyAction,
)
from tests.admin import records
from tests.admin.records import Kind
from tests.letters import given as letters
from tests.reports import given
from tests.security import strict_headers

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAYS = ("", "2013-06-30")
FORMATS = ("", "csv", "json")

PUBLIC_BY_DESIGN: Mapping[type[models.Model], set[str]] = {
    # A state is a fact, and never a draft.
    State: {"iso3", "iso2", "slug", "note"},
    # Chosen by the portal, not written by anybody.
    DocumentFile: {"file", "sha256"},
    # Published for good, and why no longer.
    FrozenEdition: {"content", "sha256"},
    EditionWithdrawal: {"reason"},
}


@dataclass
class Canaries:
    """Words that must show nowhere, each with the field that it stands in."""

    words: dict[str, str] = field(default_factory=dict)
    planted: set[type[models.Model]] = field(default_factory=set)

    def texts(self, model: type[models.Model], **values: Any) -> dict[str, Any]:
        """A canary for every text of a model, and the values given."""
        self.planted.add(model)
        words = {name: self.word(model, name) for name in texts_of(model) if name not in values}
        return words | values

    def word(self, model: type[models.Model], name: str) -> str:
        """A new canary that fits a field."""
        word = f"canar{len(self.words):03d}"  # As long as the shortest field allows.
        self.words[word] = f"{model.__name__}.{name}"
        match model._meta.get_field(name):
            case models.URLField():
                return f"https://{word}.example.org/"
            case models.EmailField():
                return f"{word}@example.org"
        return word

    def hide(self, file: DocumentFile) -> None:
        """What else would give a hidden file away."""
        self.words[str(file.public_id)] = "DocumentFile.public_id"
        self.words[file.sha256] = "DocumentFile.sha256"

    def shown_in(self, text: str, *, asked: str = "") -> set[str]:
        """The fields whose canaries show. An answer may repeat what it was asked."""
        text = text.lower()
        return {place for word, place in self.words.items() if word in text and word not in asked}


def texts_of(model: type[models.Model]) -> list[str]:
    """The fields of a model in which people write freely."""
    texts = (models.CharField, models.TextField, models.FileField)
    return [
        item.name
        for item in model._meta.get_fields()
        if isinstance(item, texts)
        and not item.choices
        and item.name not in PUBLIC_BY_DESIGN.get(model, ())
    ]


def models_with_texts() -> set[type[models.Model]]:
    """The models of the apps in which something can be hidden, their histories aside."""
    found = itertools.chain.from_iterable(
        apps.get_app_config(label).get_models() for label in ("states", "reports", "actions")
    )
    return {
        model
        for model in found
        if not model.__name__.startswith("Historical") and (texts_of(model) or is_draft(model))
    }


def is_draft(model: type[models.Model]) -> bool:
    return "published_at" in {item.name for item in model._meta.get_fields()}


@pytest.fixture(autouse=True)
def quiet(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """The clock stands still, files have a folder of their own, nobody is told to wait."""
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield
    cache.clear()


@pytest.fixture
def chief(db: None) -> User:
    return records.user()


@pytest.fixture
def canaries(chief: User) -> Canaries:
    """A small public register with something hidden in every model."""
    planted = Canaries()
    shown = records.document("untc", title="Status table", url="https://example.org/untc")
    Document.objects.update(note=planted.word(Document, "note"))
    secret = Document.objects.create(**planted.texts(Document, kind="other", is_public=False))
    norway = records.party("NOR", "Norway")
    haiti = records.state("HTI", "Haiti", iso2="HT", ccm_region="americas")
    records.action(haiti, Kind.SIGNATURE, "2009-10-28", published=True, document=shown)
    State.objects.update(**planted.texts(State))
    _plant_in_states(planted, norway=norway, haiti=haiti, secret=secret)
    _plant_in_reports(planted, norway=norway, haiti=haiti, secret=secret, by=chief)
    _plant_in_actions(planted, norway=norway, shown=shown, secret=secret)
    _plant_in_letters(planted, norway=norway, secret=secret, by=chief)
    _plant_in_editions(planted, secret=secret)
    return planted


def _plant_in_states(planted: Canaries, *, norway: State, haiti: State, secret: Document) -> None:
    for kind in StateName.Kind.values:
        StateName.objects.create(**planted.texts(StateName, state=haiti, language="en", kind=kind))
    draft = TreatyAction.objects.create(
        **planted.texts(
            TreatyAction, state=haiti, kind=Kind.ACCESSION, date=date(2010, 1, 1), document=secret
        )
    )
    shown = records.action(
        norway,
        Kind.WITHDRAWAL,
        "2024-01-01",
        published=True,
        document=secret,
        place=planted.word(TreatyAction, "place"),
    )
    for action in (draft, shown):
        OfficialDate.objects.create(
            **planted.texts(
                OfficialDate,
                treaty_action=action,
                takes_effect_on=date(2031, 1, 1),
                document=secret,
            )
        )
    held = records.meeting("1MSP", "2010-11-12")
    Meeting.objects.update(document=secret)
    day = date(2012, 9, 14)
    hidden = Meeting.objects.create(
        **planted.texts(Meeting, kind="msp", starts_on=day, ends_on=day, document=secret)
    )
    for article, meeting, published in (("3", held, False), ("4", hidden, True)):
        ExtensionDecision.objects.create(
            **planted.texts(
                ExtensionDecision,
                state=norway,
                article=article,
                meeting=meeting,
                new_deadline=date(2032, 4, 4),
                document=secret,
                published_at=NOW if published else None,
            )
        )
    Contact.objects.create(**planted.texts(Contact, state=norway, kind="focal_point"))
    Organization.objects.create(**planted.texts(Organization, kind="un"))


def _plant_in_reports(
    planted: Canaries, *, norway: State, haiti: State, secret: Document, by: User
) -> None:
    for kind in ("initial", "annual"):
        Coverage.objects.create(
            **planted.texts(Coverage, kind=kind, complete_through=date(2025, 12, 31))
        )
    for state, kind, received, year, published in (
        (norway, "initial", "2011-01-31", None, True),
        (norway, "annual", "2012-04-01", 2011, False),
        (norway, "annual", "2013-04-01", 2012, True),
        (haiti, "voluntary", "2012-05-01", None, False),
    ):
        report = given.report(
            state,
            kind,
            received,
            year=year,
            published=published,
            **planted.texts(TransparencyReport, receipt_source=secret)
            | ({"note": "Shown.", "receipt_basis": "Shown."} if published else {}),
        )
        planted.planted.add(KnownMissing)
        KnownMissing.objects.create(report=report, on=date(2011, 1, 1), document=secret)
        _plant_in_contents(planted, report, by=by)


def _plant_in_contents(planted: Canaries, report: TransparencyReport, *, by: User) -> None:
    """Contents of a report that is not published; hidden documents of any."""
    document = given.document(report, public=True, code=f"report-{report.pk}")
    hidden = Document.objects.create(**planted.texts(Document, kind="report", is_public=False))
    report.documents.add(hidden)
    secret = attach(document=hidden, upload=_file(planted), by=by)
    planted.hide(secret)
    if report.is_published:
        FormEntry.objects.create(report=report, form="A", answer="filled", sentence="A law.")
        old = attach(document=document, upload=_file(planted), by=by)
        planted.hide(old)
        replace(file=old, upload=given.file("shown.pdf", f"shown {report.pk}"), by=by)
        return
    planted.hide(attach(document=document, upload=_file(planted), by=by))
    FormEntry.objects.create(**planted.texts(FormEntry, report=report, form="A", answer="filled"))
    DeclaredQuantity.objects.create(
        **planted.texts(DeclaredQuantity, report=report, form="B", subject="stockpile")
    )


def _plant_in_letters(planted: Canaries, *, norway: State, secret: Document, by: User) -> None:
    """A letter with all that hangs on it. None of it is ever public."""
    LetterSettings.objects.create(**planted.texts(LetterSettings, pk=1))
    Letterhead.objects.create(**planted.texts(Letterhead, language="en"))
    template = LetterTemplate.objects.create(**planted.texts(LetterTemplate))
    LetterText.objects.create(**planted.texts(LetterText, template=template, language="en"))
    stage = LetterStage.objects.create(**planted.texts(LetterStage, template=template, days=1))
    Hold.objects.create(
        **planted.texts(Hold, state=norway, held_from=NOW, held_until=date(2027, 1, 1))
    )
    letter = letters.letter(
        norway, stage=stage, **planted.texts(Letter, language="en", kind="annual")
    )
    LetterEvent.objects.create(
        **planted.texts(LetterEvent, letter=letter, at=NOW, to_status="drafted")
    )
    recipient = LetterRecipient.objects.create(
        **planted.texts(LetterRecipient, letter=letter, role="to")
    )
    Bounce.objects.create(
        **planted.texts(Bounce, recipient=recipient, bounced_at=NOW, recorded_by=by)
    )
    LetterReply.objects.create(
        **planted.texts(LetterReply, letter=letter, received_on=NOW, document=secret)
    )
    JobRun.objects.create(**planted.texts(JobRun, job="sweep", started_at=NOW))
    Alarm.objects.create(**planted.texts(Alarm, raised_at=NOW))


def _file(planted: Canaries) -> Any:
    word = planted.texts(DocumentFile)["original_name"]
    return given.file(f"{word}.pdf", word)


def _plant_in_actions(
    planted: Canaries, *, norway: State, shown: Document, secret: Document
) -> None:
    """A hidden plan with its parts, and a published one with hidden indicators and findings."""
    indicator = _plant_plan(planted, secret, published=False)
    visible = _plant_plan(planted, secret, published=True)
    texts = planted.texts(Finding, state=norway, reported_on=date(2011, 1, 1))
    texts["retraction_reason"] = ""
    hidden: tuple[dict[str, Any], ...] = (
        {"indicator": visible, "document": shown},
        {"indicator": visible, "document": secret, "published_at": NOW},
        {"indicator": indicator, "document": shown, "published_at": NOW},
        {
            "indicator": visible,
            "document": shown,
            "published_at": NOW,
            "retracted_at": NOW,
            "retraction_reason": planted.word(Finding, "retraction_reason"),
        },
    )
    for number, hidden_as in enumerate(hidden):
        values = texts | hidden_as | {"label": f"{texts['label']} {number}"}
        Finding.objects.create(**values)
    Finding.objects.create(
        state=norway,
        indicator=visible,
        document=shown,
        reported_on=date(2011, 1, 1),
        published_at=NOW,
        note=planted.word(Finding, "note"),
    )


def _plant_in_editions(planted: Canaries, *, secret: Document) -> None:
    """An edition that is a draft, and a working edition that hides its note alone."""
    period = {
        "from_meeting": Meeting.objects.published().first(),
        "until_meeting": Meeting.objects.drafts().first()
        or Meeting.objects.exclude(code="1MSP").first(),
        "cut_off_on": date(2011, 8, 20),
    }
    draft = ProgressReport.objects.create(**planted.texts(ProgressReport, names="", **period))
    ProgressSection.objects.create(
        **planted.texts(ProgressSection, report=draft, position=1, numeral="I")
    )
    working = ProgressReport.objects.create(
        code="working",
        title="Working edition",
        note=planted.word(ProgressReport, "note"),
        published_at=NOW,
        **period,
    )
    ProgressSection.objects.create(
        report=working, position=1, numeral="I", heading="Shown", prose="{{parties; parties}}"
    )
    _plant_printed(planted, draft, working, secret=secret)


def _plant_printed(
    planted: Canaries, draft: ProgressReport, working: ProgressReport, *, secret: Document
) -> None:
    """What was printed shows with its edition; never its notes, nor a hidden document."""
    PrintedFigure.objects.create(
        **planted.texts(PrintedFigure, report=draft, paragraph=1, kind="records", document=secret)
    )
    PrintedRelation.objects.create(**planted.texts(PrintedRelation, report=draft, kind="equal"))
    PrintedFigure.objects.create(
        report=working,
        key="P1a",
        paragraph=1,
        kind="records",
        claim="Shown",
        document=secret,
        note=planted.word(PrintedFigure, "note"),
    )
    PrintedRelation.objects.create(
        report=working,
        kind="equal",
        figure="P1a",
        others="P1a",
        reason="Shown",
        note=planted.word(PrintedRelation, "note"),
    )


def _plant_plan(planted: Canaries, secret: Document, *, published: bool) -> Indicator:
    """A plan with a theme, an action and an indicator; a published one hides its notes alone."""

    def texts(model: type[models.Model], **values: Any) -> dict[str, Any]:
        hidden = planted.texts(model)
        if published:
            hidden = {"note": hidden["note"]}
        return hidden | values

    code = "shown" if published else planted.word(ActionPlan, "code")
    plan = ActionPlan.objects.create(
        **texts(
            ActionPlan,
            code=code,
            valid_from=date(2010, 11, 12),
            document=secret,
            published_at=NOW if published else None,
        )
    )
    theme = Theme.objects.create(**texts(Theme, plan=plan, code=code))
    Action.objects.create(**texts(Action, plan=plan, number=1, theme=theme))
    return Indicator.objects.create(
        **texts(
            Indicator,
            code=f"{code}.indicator",
            theme=theme,
            published_at=NOW if published else None,
        )
    )


# Every address


def _of_plans() -> list[dict[str, Any]]:
    return [{"code": code} for code in ActionPlan.objects.values_list("code", flat=True)]


def _of_actions() -> list[dict[str, Any]]:
    return [
        {"code": code, "number": number}
        for code, number in Action.objects.values_list("plan__code", "number")
    ]


def _of_states(name: str) -> list[dict[str, Any]]:
    return [{name: value} for value in State.objects.values_list("slug", flat=True)]


def _of_reports() -> list[dict[str, Any]]:
    return [
        {"slug": state.slug, "key": key}
        for state in State.objects.all()
        for key in addresses.keys(TransparencyReport.objects.filter(state=state)).values()
    ]


def _of_editions(more: dict[str, str]) -> list[dict[str, Any]]:
    codes = ProgressReport.objects.values_list("code", flat=True)
    return [{"code": code, **more} for code in codes]


FILLED: Mapping[str, Callable[[], list[dict[str, Any]]]] = {
    "state": lambda: _of_states("key"),
    "state_findings": lambda: _of_states("key"),
    "state_csv": lambda: _of_states("key"),
    "state_pdf": lambda: _of_states("key"),
    "theme": lambda: [{"code": code} for code in THEMES],
    "theme_csv": lambda: [{"code": code} for code in THEMES],
    "data_table": lambda: [
        {"code": code, "form": form} for code in TABLES for form in ("csv", "json", "xlsx")
    ],
    "reports:state": lambda: _of_states("slug"),
    "reports:report": _of_reports,
    **{
        name: lambda: [
            {"code": code} for code in ProgressReport.objects.values_list("code", flat=True)
        ]
        for name in (
            "reconciliation:page",
            "reconciliation:csv",
            "reconciliation:checks_csv",
            "v1:reconciliation",
        )
    },
    "v1:state": lambda: [{"iso3": code} for code in State.objects.values_list("iso3", flat=True)],
    "v1:report": lambda: [
        {"pk": pk} for pk in TransparencyReport.objects.values_list("pk", flat=True)
    ],
    "editions:edition": lambda: _of_editions({}),
    "editions:changes": lambda: _of_editions({}),
    "editions:chapter": lambda: _of_editions({"chapter": "i"}),
    "editions:file": lambda: [*_of_editions({"form": "json"}), *_of_editions({"form": "html"})],
    "v1:progress-report": lambda: _of_editions({}),
    "actions:plan": _of_plans,
    "actions:plan_csv": _of_plans,
    "v1:action-plan": _of_plans,
    "actions:action": _of_actions,
    "actions:action_csv": _of_actions,
    "v1:action": _of_actions,
    # The name at the end is for people to read: any will do.
    "document_file": lambda: [
        {"public_id": public_id, "name": "file"}
        for public_id in DocumentFile.objects.values_list("public_id", flat=True)
    ],
}
"""What to put into the parameters of an address, by the name of its view."""

NOWHERE = {"v1:nowhere", "mail_events"}
"""What does not exist, and what only a mail provider calls: both say the same to everybody."""

NOT_PAGES = {"metrics"}
"""Addresses that show nothing without a token: tests/security/test_watching.py looks at them."""

EXPRESSIONS = {"figures", "figures_csv", "v1:figures", "v1:figure-members"}
"""Views that answer an expression."""

ASKED = (
    {"q": "canary"},
    {"q": "canory000"},
    {"state": "canory000"},
    {"state": "canory000", "format": "csv"},
    {"expression": "canory000"},
    {"expression": "since(canory000, parties)"},
)
"""What somebody would type who looks for something hidden; a near miss must not be put right."""


def public_views() -> dict[str, bool]:
    """All views outside the admin by name, and whether their addresses have parameters."""
    return dict(_views(get_resolver().url_patterns, space="", path="", is_filled=False))


def _views(
    patterns: list[Any], *, space: str, path: str, is_filled: bool
) -> Iterator[tuple[str, bool]]:
    for item in patterns:
        here = f"{path}{item.pattern}"
        needs = is_filled or bool(item.pattern.converters) or bool(item.pattern.regex.groups)
        if here.startswith("admin/") or here in NOT_PAGES:
            continue
        if isinstance(item, URLResolver):
            name = f"{space}{item.namespace}:" if item.namespace else space
            yield from _views(item.url_patterns, space=name, path=here, is_filled=needs)
        else:
            assert isinstance(item, URLPattern)
            assert item.name, f"The address {here} needs a name, so that it is looked at here."
            yield f"{space}{item.name}", needs


def public_addresses() -> dict[str, list[str]]:
    """Every address of every public view, by the view's name."""
    found: dict[str, list[str]] = {}
    for name, has_parameters in public_views().items():
        if name in NOWHERE:
            continue
        if has_parameters and name not in FILLED:
            pytest.fail(f"The view {name} is public: say in FILLED what its parameters may be.")
        paths = (
            [reverse(name, kwargs=values) for values in FILLED[name]()]
            if (has_parameters)
            else [reverse(name)]
        )
        found[name] = [address for path in paths for address in (_with_queries(name, path))]
    return found


def _with_queries(name: str, path: str) -> Iterator[str]:
    queries: list[dict[str, str]] = [
        {"as_of": day, "format": form} for day in DAYS for form in FORMATS
    ]
    if name not in FILLED:
        queries += ASKED
    if name in EXPRESSIONS:
        vocabulary = Evaluation.load(NOW.date()).vocabulary
        queries += [
            {"expression": expression, "format": form}
            for expression in vocabulary.definitions
            for form in ("", "csv")
        ]
    for query in queries:
        asked = urlencode({key: value for key, value in query.items() if value})
        yield f"{path}?{asked}" if asked else path


@dataclass(frozen=True)
class Answer:
    """What came back, in full."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @property
    def text(self) -> str:
        content = self.content
        if zipfile.is_zipfile(io.BytesIO(content)):  # workbooks hide their texts from a search
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = b"\n".join(archive.read(name) for name in archive.namelist())
        return f"{self.headers}\n{content.decode(errors='replace')}"


def ask(client: Client, address: str) -> Answer:
    response = client.get(address)
    content = response.getvalue()
    # Each request has a number of its own, which says nothing of who asked.
    headers = tuple(sorted(item for item in response.items() if item[0] != "X-Request-ID"))
    return Answer(response.status_code, headers, content)


def crawl(client: Client) -> dict[str, Answer]:
    """Every public address with its answer."""
    cache.clear()
    return {
        address: ask(client, address) for group in public_addresses().values() for address in group
    }


def leaks(answers: Mapping[str, Answer], canaries: Canaries) -> dict[str, set[str]]:
    """What shows where it must not."""
    found = {
        address: canaries.shown_in(answer.text, asked=address)
        for address, answer in answers.items()
    }
    return {address: places for address, places in found.items() if places}


def test_every_model_has_a_canary(canaries: Canaries) -> None:
    missing = {model.__name__ for model in models_with_texts() - canaries.planted}

    assert missing == set(), "Plant something hidden in each of these models."


def test_nothing_hidden_shows_headers_are_strict_and_signing_in_changes_nothing(
    client: Client, canaries: Canaries, chief: User
) -> None:
    """One test of three facts, because asking for every address takes long."""
    signed_out = crawl(client)
    client.force_login(chief)
    signed_in = crawl(client)

    assert leaks(signed_out, canaries) == {}
    faults = {
        address: strict_headers.faults(address, dict(answer.headers))
        for address, answer in signed_out.items()
    }
    assert {address: wrong for address, wrong in faults.items() if wrong} == {}
    # A workbook holds the time at which it was made.
    compared = [address for address in signed_out if ".xlsx" not in address]
    assert [address for address in compared if signed_out[address] != signed_in[address]] == []
    assert [address for address, answer in signed_out.items() if answer.status >= 500] == []


def test_every_public_view_was_really_looked_at(client: Client, canaries: Canaries) -> None:
    """An address that answers nothing but refusals would hide every leak."""
    unanswered = [
        name
        for name, group in public_addresses().items()
        if not any(ask(client, address).status in {200, 301, 302} for address in group)
    ]

    assert unanswered == []


def test_what_was_hidden_shows_once_it_is_public(client: Client, canaries: Canaries) -> None:
    """The canaries stand where a leak would be: published, they show."""
    Document.objects.update(is_public=True)
    for model in models_with_texts():
        if is_draft(model):
            model._default_manager.update(published_at=NOW)

    shown = set().union(*leaks(crawl(client), canaries).values())

    assert shown == {
        "Action.addressees",
        "Action.addressees_text",
        "Action.chapter",
        "Action.subsection",
        "Action.summary",
        "Action.time_limit",
        "ActionPlan.code",
        "ActionPlan.introduction",
        "ActionPlan.name",
        "ActionPlan.short_name",
        "DeclaredQuantity.note",
        "DeclaredQuantity.place",
        "DeclaredQuantity.type",
        "Document.author",
        "Document.code",
        "Document.language",
        "Document.title",
        "Document.url",
        "DocumentFile.original_name",
        "DocumentFile.public_id",
        "DocumentFile.sha256",
        "ExtensionDecision.place",
        "Finding.label",
        "Finding.place",
        "Finding.remark",
        "Finding.unit",
        "FormEntry.sentence",
        "Indicator.article",
        "Indicator.explanation",
        "Indicator.sentence_yes",
        "Indicator.title",
        "Indicator.unit",
        "Meeting.city",
        "Meeting.code",
        "Meeting.name",
        "Meeting.note",
        "Meeting.president",
        "OfficialDate.place",
        "OfficialDate.reason",
        "PrintedFigure.chapter",
        "PrintedFigure.claim",
        "PrintedFigure.key",
        "PrintedFigure.said_to_be",
        "PrintedFigure.states",
        "PrintedFigure.unit",
        "PrintedFigure.value",
        "ProgressReport.author",
        "ProgressReport.code",
        "ProgressReport.subtitle",
        "ProgressReport.title",
        "ProgressSection.heading",
        "ProgressSection.prose",
        "StateName.name",
        "StateName.source",
        "Theme.articles",
        "Theme.name",
        "TransparencyReport.note",
        "TransparencyReport.receipt_basis",
        "TransparencyReport.receipt_place",
        "TreatyAction.note",
        "TreatyAction.place",
    }
