"""Tables of the register: states, names, treaty actions, extensions, meetings, documents."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ccm_portal.site import growth
from reports.documents import shown
from states.files.serving import public_address
from states.membership import membership
from states.models import Document, DocumentFile, Meeting, StateName

from .table import Column, Day, Table, TableRow, citation

ISO3 = Column("iso3", "text", _("ISO 3166-1 code of the state, three capital letters"))
SOURCE = (
    Column("document", "text", _("Title of the document in which it was read")),
    Column("place", "text", _("Where in the document")),
    Column("url", "text", _("Link to the document")),
)


def _states(day: Day) -> Iterator[TableRow]:
    for standing in day.register:
        state = standing.state
        yield (
            state.iso3,
            state.iso2,
            state.name,
            state.formal_name,
            standing.status.value,
            standing.signature.on if standing.signature else None,
            standing.deposited.on if standing.deposited else None,
            standing.deposited.kind if standing.deposited else None,
            standing.entry_into_force,
            "yes" if standing.is_bound else "no",
            standing.withdrawn_on,
            state.ccm_region,
            state.un_region,
        )


def _treaty_actions(day: Day) -> Iterator[TableRow]:
    for standing in day.register:
        for event in standing.events:
            confirmed = "yes" if event.is_confirmed else "no"
            said = (event.kind, event.on, confirmed, event.note)
            yield (standing.state.iso3, *said, *citation(event.source))


def _extensions(day: Day) -> Iterator[TableRow]:
    for standing in day.register:
        for item in standing.extensions:
            said = (item.article, item.decided_on, item.meeting, item.new_deadline)
            yield (standing.state.iso3, *said, *citation(item.source))


def _names(day: Day) -> Iterator[TableRow]:
    iso3 = day.iso3
    for name in StateName.objects.published().order_by("state", "language", "kind", "pk"):
        used = (name.valid_from, name.valid_until)
        yield (iso3[name.state_id], name.language, name.kind, name.name, *used, name.source)


def _meetings(day: Day) -> Iterator[TableRow]:
    iso3 = day.iso3
    for meeting in Meeting.objects.published().order_by("starts_on"):
        yield (
            meeting.code,
            meeting.kind,
            meeting.name,
            meeting.city,
            iso3.get(meeting.country_id or 0, ""),
            meeting.starts_on,
            meeting.ends_on,
            meeting.president,
            meeting.certainty,
        )


def _documents(day: Day) -> Iterator[TableRow]:
    files: dict[int, str] = {}
    for file in shown(DocumentFile.objects.public()):
        files.setdefault(file.document_id, public_address(file))
    for document in Document.objects.public().order_by("code"):
        yield (
            document.code,
            document.title,
            document.kind,
            document.author,
            document.language,
            document.published_on,
            document.url,
            files.get(document.pk, ""),
        )


def _growth(day: Day) -> Iterator[TableRow]:
    yield from growth.rows(membership(day.register))


STATES = Table(
    "states",
    _("States"),
    _("All 197 states, and how each stands towards the Convention on the day."),
    (
        ISO3,
        Column("iso2", "text", _("ISO 3166-1 code of the state, two letters")),
        Column("name", "text", _("UN short name of the day")),
        Column("formal_name", "text", _("UN formal name of the day")),
        Column("status", "party | signatory | not_party", _("Counted from the deposit")),
        Column("signed_on", "date", _("Day of signature")),
        Column("deposited_on", "date", _("Day on which the instrument was deposited")),
        Column("deposited_how", "text", _("Ratification, acceptance, approval, accession, …")),
        Column("entry_into_force", "date", _("Day from which it is bound (Article 17)")),
        Column("in_force", "yes | no", _("Whether it is bound on the day")),
        Column("withdrawn_on", "date", _("Day on which a withdrawal took effect (Article 20)")),
        Column("region", "text", _("Region in which the Convention’s community counts it")),
        Column("un_group", "text", _("UN regional group")),
    ),
    _states,
)
TREATY_ACTIONS = Table(
    "treaty-actions",
    _("Treaty actions"),
    _("Signatures, deposits, provisional application and withdrawals up to the day."),
    (
        ISO3,
        Column("kind", "text", _("What was done")),
        Column("date", "date", _("Day on which the depositary received it")),
        Column("confirmed", "yes | no", _("Whether the source confirms the day")),
        Column("note", "text", _("Remark")),
        *SOURCE,
    ),
    _treaty_actions,
)
EXTENSIONS = Table(
    "extensions",
    _("Extensions of deadlines"),
    _("Decisions of meetings that moved a deadline of Article 3 or 4, up to the day."),
    (
        ISO3,
        Column("article", "3 | 4", _("Article whose deadline moved")),
        Column("decided_on", "date", _("Last day of the meeting that decided")),
        Column("meeting", "text", _("The meeting")),
        Column("new_deadline", "date", _("The deadline from then on")),
        *SOURCE,
    ),
    _extensions,
)
NAMES = Table(
    "names",
    _("Names of states"),
    _("Short and formal names and other spellings, with the time of their use."),
    (
        ISO3,
        Column("language", "text", _("ISO 639-1 code")),
        Column("kind", "short | formal | spelling", _("Which kind of name")),
        Column("name", "text", _("The name")),
        Column("valid_from", "date", _("First day of its use; empty: always")),
        Column("valid_until", "date", _("First day on which it was no longer used")),
        Column("source", "text", _("Where it was read")),
    ),
    _names,
)
MEETINGS = Table(
    "meetings",
    _("Meetings"),
    _("Meetings of States Parties, Review Conferences and intersessional meetings."),
    (
        Column("code", "text", _("By which expressions name it, such as 2MSP")),
        Column("kind", "text", _("Kind of meeting")),
        Column("name", "text", _("Name")),
        Column("city", "text", _("Where it was held")),
        Column("country", "text", _("ISO code of the country")),
        Column("starts_on", "date", _("First day")),
        Column("ends_on", "date", _("Last day, for which the meeting stands as a landmark")),
        Column("president", "text", _("The state that presided")),
        Column("certainty", "text", _("Whether its days are confirmed")),
    ),
    _meetings,
)
DOCUMENTS = Table(
    "documents",
    _("Documents"),
    _("Public documents that entries cite."),
    (
        Column("code", "text", _("A short name for it")),
        Column("title", "text", _("Title")),
        Column("kind", "text", _("Kind of document")),
        Column("author", "text", _("Who wrote it")),
        Column("language", "text", _("ISO 639-1 code")),
        Column("published_on", "date", _("Its date; empty where the day is not known")),
        Column("url", "text", _("Link")),
        Column("file", "text", _("Address of its file on this portal")),
    ),
    _documents,
)
GROWTH = Table(
    "growth",
    _("Growth of membership"),
    _("Membership after each day on which it changed, up to the day."),
    (
        Column(growth.COLUMNS[0], "date", _("Day of the change")),
        Column(growth.COLUMNS[1], "number", _("States Parties, by deposit")),
        Column(growth.COLUMNS[2], "number", _("Signatories that have not joined yet")),
        Column(growth.COLUMNS[3], "number", _("Both together")),
    ),
    _growth,
)
