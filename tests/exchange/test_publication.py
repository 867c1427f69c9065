"""Imports land as drafts, and what is published changes only by the hand of those who publish."""

import pytest

from states.exchange import Account, Outcome
from states.models import Document, ExtensionDecision, Meeting, State, StateName, TreatyAction
from tests.admin import records as given

from .files import bring, csv, member, outcomes, reasons

pytestmark = pytest.mark.django_db

OPERATOR = (
    "The row would change a published record, which an import at the command line may not do: "
    "change it in the admin."
)
NO_PUBLISHER = (
    "The row would change a published record, and you may not publish: ask an editor to import it "
    "or to withdraw the record first."
)
WRITER = ("add_treatyaction", "change_treatyaction")
ARCHIVIST = ("add_document", "change_document")


@pytest.fixture
def norway() -> State:
    return given.party("NOR", "Norway")


def annotate() -> bytes:
    return csv("iso3,kind,date,note", "NOR,signature,2008-12-03,seen")


def documents(row: str) -> bytes:
    return csv("code,title,kind,is_public", row)


@pytest.mark.parametrize("user", [None, "chief"])
def test_new_rows_are_drafts_whoever_imports_them(user: str | None) -> None:
    given.state("NOR", "Norway")
    importer = given.user(name=user) if user else None
    bring("names", csv("iso3,language,kind,name", "NOR,fr,short,Norvège"), user=importer)
    bring("treaty-actions", csv("iso3,kind,date", "NOR,signature,2008-12-03"), user=importer)
    header = "code,kind,name,starts_on,ends_on"
    bring("meetings", csv(header, "1MSP,msp,First,2010-11-09,2010-11-12"), user=importer)
    header = "iso3,article,meeting,new_deadline"
    bring("extensions", csv(header, "NOR,4,1MSP,2020-01-01"), user=importer)

    assert [
        StateName.objects.get(name="Norvège").is_published,
        *(model.objects.get().is_published for model in (TreatyAction, Meeting, ExtensionDecision)),
    ] == [False] * 4


def test_the_operator_may_not_change_a_published_record(norway: State) -> None:
    assert reasons(bring("treaty-actions", annotate())) == [(2, "", OPERATOR)]
    assert TreatyAction.objects.exclude(note="").count() == 0


def test_a_user_without_the_permission_may_not_change_a_published_record(norway: State) -> None:
    account = bring("treaty-actions", annotate(), user=member(*WRITER))

    assert reasons(account) == [(2, "", NO_PUBLISHER)]


def test_a_publisher_changes_a_published_record_and_it_stays_published(norway: State) -> None:
    account = bring("treaty-actions", annotate(), user=member(*WRITER, "publish_treatyaction"))

    act = TreatyAction.objects.get(kind="signature")
    assert (outcomes(account), act.note, act.is_published) == (
        [(2, Outcome.CHANGED)],
        "seen",
        True,
    )


def test_the_permission_for_one_kind_is_none_for_another(norway: State) -> None:
    account = bring("treaty-actions", annotate(), user=member(*WRITER, "publish_statename"))

    assert reasons(account) == [(2, "", NO_PUBLISHER)]


def test_a_draft_may_be_changed_without_the_permission_to_publish() -> None:
    given.action(given.state(), "signature", "2008-12-03")

    assert outcomes(bring("treaty-actions", annotate(), user=member(*WRITER))) == [
        (2, Outcome.CHANGED)
    ]


def test_a_published_row_that_the_file_leaves_as_it_is_stands_in_nobody_s_way(
    norway: State,
) -> None:
    data = csv("iso3,kind,date", "NOR,signature,2008-12-03", "NOR,ratification,2008-12-03")

    assert outcomes(bring("treaty-actions", data)) == [(2, Outcome.SAME), (3, Outcome.SAME)]


@pytest.mark.parametrize(
    ("permission", "row", "sentence"),
    [
        ("change_document", "new,New,other,no", "The row is new, and you may not add any here: ask somebody who may."),  # noqa: E501
        ("add_document", "old,Other,other,no", "The row would be changed, and you may not change any here: ask somebody who may."),  # noqa: E501
    ],
)  # fmt: skip
def test_adding_and_changing_need_their_permissions(
    permission: str, row: str, sentence: str
) -> None:
    given.document("old", public=False, title="Old", kind="other")

    account = bring("documents", documents(row), user=member(permission))

    assert reasons(account) == [(2, "", sentence)]
    assert list(Document.objects.values_list("code", "title")) == [("old", "Old")]


# Documents


def is_public(code: str) -> bool:
    return Document.objects.get(code=code).is_public


def notices(account: Account) -> list[tuple[int, str, str]]:
    return [(n.number, n.column, n.sentence) for row in account.rows for n in row.notices]


STAYS = "The document stays non-public until somebody who may publish marks it public."


@pytest.mark.parametrize("is_user", [True, False])
def test_a_document_is_not_made_public_by_those_who_may_not(is_user: bool) -> None:
    given.document("old", public=False, title="Old", kind="other")
    data = csv("code,title,kind,is_public", "new,New,other,yes", "old,Old,other,yes")

    account = bring("documents", data, user=member(*ARCHIVIST) if is_user else None)

    assert outcomes(account) == [(2, Outcome.NEW), (3, Outcome.SAME)]
    assert notices(account) == [(2, "is_public", STAYS), (3, "is_public", STAYS)]
    assert (is_public("new"), is_public("old")) == (False, False)


def test_a_publisher_makes_documents_public_and_takes_it_back() -> None:
    user = member(*ARCHIVIST, "publish_document")

    account = bring("documents", documents("new,New,other,yes"), user=user)
    assert (is_public("new"), notices(account)) == (True, [])
    bring("documents", documents("new,New,other,no"), user=user)
    assert is_public("new") is False


@pytest.mark.parametrize("row", ["old,Other,other,yes", "old,Old,other,no"])
def test_a_public_document_is_not_changed_by_those_who_may_not_publish(row: str) -> None:
    given.document("old", title="Old", kind="other")

    assert reasons(bring("documents", documents(row), user=member(*ARCHIVIST))) == [
        (2, "", NO_PUBLISHER)
    ]


def test_a_public_document_that_the_file_repeats_stays_public() -> None:
    given.document("old", title="Old", kind="other")

    assert outcomes(bring("documents", documents("old,Old,other,yes"))) == [(2, Outcome.SAME)]
    assert is_public("old") is True


# What is published stays sound


def test_something_published_is_not_made_to_cite_what_is_not_public(norway: State) -> None:
    given.document("secret", public=False)
    data = csv("iso3,kind,date,document", "NOR,signature,2008-12-03,secret")

    account = bring("treaty-actions", data, user=given.user())

    assert reasons(account) == [
        (
            2,
            "",
            "Norway, Signature, 2008-12-03 cites “Record secret”, which is not public: have the "
            "document made public first, or cite another.",
        )
    ]
    assert TreatyAction.objects.exclude(document=None).count() == 0


def test_a_published_history_is_not_made_impossible_with_the_help_of_drafts() -> None:
    norway = given.state()
    given.action(norway, "signature", "2008-12-03")
    given.action(norway, "ratification", "2009-01-01", published=True)
    data = csv("iso3,kind,date,note", "NOR,ratification,2009-01-01,seen")

    account = bring("treaty-actions", data, user=given.user())

    assert [(row, sentence[:37]) for row, _column, sentence in reasons(account)] == [
        (2, "Norway, Ratification, 2009-01-01: Onl")
    ]


def test_the_new_deadline_of_a_published_extension_keeps_to_the_years_of_article_4(
    norway: State,
) -> None:
    meeting = given.meeting("9MSP", "2019-09-02")
    given.extension(norway, "4", meeting, "2022-08-01", published=True)
    header = "iso3,article,meeting,new_deadline"

    refused = bring("extensions", csv(header, "NOR,4,9MSP,2031-08-01"), user=given.user())
    accepted = bring(
        "extensions", csv(header, "NOR,4,9MSP,2025-08-01"), user=given.user(name="other")
    )

    assert [row for row, _column, _sentence in reasons(refused)] == [2]
    assert outcomes(accepted) == [(2, Outcome.CHANGED)]
