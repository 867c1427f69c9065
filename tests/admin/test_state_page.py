"""A state's page: everything about it in one place, and impossible histories refused at the row."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine

from states.models import Contact, ExtensionDecision, State, StateName, TreatyAction
from tests.admin import records
from tests.admin.conftest import Desk, address, messages, refusals, row_errors
from tests.admin.records import Kind

pytestmark = pytest.mark.django_db

Seat = Callable[..., Desk]
ACTIONS = "treaty_actions"


def typed_row(page: dict[str, Any], prefix: str, **values: str) -> dict[str, Any]:
    """What the page sends when one more row is typed into one of its tables."""
    position = int(page[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{position}-{name}": value for name, value in values.items()}
    return page | row | {f"{prefix}-TOTAL_FORMS": str(position + 1)}


def typed_action(page: dict[str, Any], kind: str, on: str) -> dict[str, Any]:
    return typed_row(page, ACTIONS, kind=kind, date=on, certainty="confirmed")


def acts(state: State) -> list[tuple[str, date]]:
    return list(state.treaty_actions.order_by("date", "pk").values_list("kind", "date"))


def test_ratification_is_recorded_as_a_draft_of_the_person_who_typed_it(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.state()
    records.action(norway, Kind.SIGNATURE, "2008-12-03", published=True)

    response = clerk.save(norway, typed_action(clerk.opened(norway), "ratification", "3.9.2010"))

    assert response.status_code == 302
    [ratification] = norway.treaty_actions.filter(kind=Kind.RATIFICATION)
    assert (ratification.date, ratification.is_published) == (date(2010, 9, 3), False)
    assert ratification.history.get().history_user == clerk.user


def test_saving_the_rows_leaves_no_trace_in_the_history_of_the_state(desk: Seat) -> None:
    editor, norway = desk("Editor"), records.state()
    before = norway.history.count()

    editor.save(norway, typed_action(editor.opened(norway), "signature", "2008-12-03"))

    assert norway.history.count() == before
    assert acts(norway) == [("signature", date(2008, 12, 3))]


def test_names_contacts_and_extensions_are_entered_on_the_page_too(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.party()
    msp = records.meeting("8MSP", "2018-07-01")
    page = clerk.opened(norway)
    page = typed_row(page, "names", kind="spelling", language="fr", name="Norvège")
    page = typed_row(page, "contacts", kind="focal_point", name="A. Berg", email="a@example.org")
    page = typed_row(
        page, "extensions", article="4", meeting=str(msp.pk), new_deadline="2025-08-01"
    )

    assert clerk.save(norway, page).status_code == 302

    assert StateName.objects.filter(state=norway, name="Norvège").count() == 1
    assert Contact.objects.get().state == norway
    assert ExtensionDecision.objects.get().new_deadline == date(2025, 8, 1)


SIGNED = [(Kind.SIGNATURE, "2008-12-03")]
PARTY = [*SIGNED, (Kind.RATIFICATION, "2010-09-03")]


@pytest.mark.parametrize(
    ("recorded", "kind", "on", "sentence"),
    [
        (
            [],
            "ratification",
            "2010-09-03",
            "Only a state that signed can ratify, accept or approve (Article 16.1): enter its "
            "signature first, or an accession if it never signed.",
        ),
        (
            SIGNED,
            "accession",
            "2010-09-03",
            "A state that signed, as this one did on 3 December 2008, joins by ratification, "
            "acceptance or approval; accession is for states that did not sign (Article 16).",
        ),
        (
            PARTY,
            "accession",
            "2012-01-01",
            "A state deposits one instrument, and this one did on 3 September 2010 (Article 16): "
            "before another one it must have withdrawn (Article 20).",
        ),
        (
            SIGNED,
            "withdrawal",
            "2012-01-01",
            "Only a State Party can withdraw (Article 20.2), and no earlier deposit is recorded: "
            "enter the deposit first, or check the date.",
        ),
        (
            [],
            "accession",
            "2030-01-01",
            "1 January 2030 lies in the future: the depositary cannot have received anything "
            "after today.",
        ),
    ],
    ids=["not signed", "signatory accedes", "two deposits", "no deposit", "future"],
)
@time_machine.travel("2026-05-01")
def test_impossible_act_is_refused_at_its_row(
    desk: Seat, recorded: list[tuple[str, str]], kind: str, on: str, sentence: str
) -> None:
    clerk, norway = desk("Data entry"), records.state()
    for recorded_kind, day in recorded:
        records.action(norway, recorded_kind, day, published=True)
    before = acts(norway)

    page = clerk.save(norway, typed_action(clerk.opened(norway), kind, on))

    entered = TreatyAction(kind=kind, date=date.fromisoformat(on))
    assert row_errors(page, ACTIONS) == {str(entered): [sentence]}
    assert acts(norway) == before


def test_unsaved_rows_are_read_together(desk: Seat) -> None:
    """A signature and a ratification typed at once are possible, in either order of rows."""
    clerk, norway = desk("Data entry"), records.state()
    page = typed_action(clerk.opened(norway), "ratification", "2010-09-03")
    page = typed_action(page, "signature", "2008-12-03")

    assert clerk.save(norway, page).status_code == 302
    assert acts(norway) == [
        ("signature", date(2008, 12, 3)),
        ("ratification", date(2010, 9, 3)),
    ]


def test_drafts_count_as_much_as_what_is_published(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.state()
    records.action(norway, Kind.ACCESSION, "2012-01-01")

    page = clerk.save(norway, typed_action(clerk.opened(norway), "accession", "2012-02-01"))

    assert row_errors(page, ACTIONS) == {
        "Accession, 2012-02-01": [
            "A state deposits one instrument, and this one did on 1 January 2012 (Article 16): "
            "before another one it must have withdrawn (Article 20)."
        ]
    }


def test_refusal_stands_at_the_row_that_becomes_impossible(desk: Seat) -> None:
    """Here the new row is the earlier deposit, and the recorded one becomes the second."""
    clerk, norway = desk("Data entry"), records.state()
    records.action(norway, Kind.ACCESSION, "2012-02-01")

    page = clerk.save(norway, typed_action(clerk.opened(norway), "accession", "2012-01-01"))

    assert list(row_errors(page, ACTIONS)) == ["Accession, 2012-02-01"]


def test_deleting_a_draft_on_which_another_rests_is_refused(desk: Seat) -> None:
    editor, norway = desk("Editor"), records.state()
    records.action(norway, Kind.SIGNATURE, "2008-12-03")
    records.action(norway, Kind.RATIFICATION, "2010-09-03")

    page = editor.save(norway, editor.opened(norway) | {f"{ACTIONS}-0-DELETE": "on"})

    assert list(row_errors(page, ACTIONS)) == ["Ratification, 2010-09-03"]
    assert len(acts(norway)) == 2


def test_mistake_of_before_does_not_keep_anybody_from_entering_something_else(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.state()
    records.action(norway, Kind.RATIFICATION, "2010-09-03")

    response = clerk.save(norway, typed_action(clerk.opened(norway), "withdrawal", "2020-01-01"))

    assert response.status_code == 302
    assert len(acts(norway)) == 2


def test_same_act_twice_is_refused_in_words(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.state()
    records.action(norway, Kind.SIGNATURE, "2008-12-03", published=True)

    page = clerk.save(norway, typed_action(clerk.opened(norway), "signature", "2008-12-03"))

    assert page.status_code == 200
    assert len(acts(norway)) == 1


def test_consequence_of_each_act_stands_next_to_it(desk: Seat) -> None:
    """Articles 17.1, 17.2 and 20.3; an official date goes before the derived one."""
    clerk = desk("Data entry")
    norway = records.party(deposited="2008-12-03")
    withdrawal = records.action(norway, Kind.WITHDRAWAL, "2012-01-01")
    records.official_date(withdrawal, "2013-01-01")
    [table, *_rest] = clerk.get(State, "change", norway.pk).context["inline_admin_formsets"]

    shown = [table.opts.consequence(form.instance) for form in table.formset.initial_forms]

    assert shown == [
        "",
        "in force from 1 August 2010 (Article 17.1)",
        "no longer party from 1 January 2013 (official date, draft; Article 20.3 gives "
        "1 July 2012)",
    ]


def test_published_row_is_locked_for_data_entry(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.party()
    sent = clerk.opened(norway)
    assert f"{ACTIONS}-0-date" not in sent

    page = clerk.save(norway, sent | {f"{ACTIONS}-0-date": "2009-01-01"})

    assert row_errors(page, ACTIONS) == {
        "Signature, 2009-01-01": [
            "This row is published: only those who may publish can change it."
        ]
    }
    assert acts(norway)[0] == ("signature", date(2008, 12, 3))


def test_page_with_locked_rows_saves_the_others(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.party()

    response = clerk.save(norway, typed_action(clerk.opened(norway), "withdrawal", "2020-01-01"))

    assert response.status_code == 302
    assert [kind for kind, _day in acts(norway)] == ["signature", "ratification", "withdrawal"]


def test_published_row_is_deleted_by_nobody(desk: Seat) -> None:
    chief, norway = desk(), records.state()
    records.action(norway, Kind.SIGNATURE, "2008-12-03", published=True)

    chief.save(norway, chief.opened(norway) | {f"{ACTIONS}-0-DELETE": "on"})

    assert len(acts(norway)) == 1


def test_state_itself_is_changed_by_editors_alone(desk: Seat) -> None:
    norway = records.state()
    clerk, editor = desk("Data entry"), desk("Editor")

    clerk.save(norway, clerk.opened(norway) | {"note": "By data entry"})
    norway.refresh_from_db()
    assert norway.note == ""

    editor.save(norway, editor.opened(norway) | {"note": "By the editor"})
    norway.refresh_from_db()
    assert norway.note == "By the editor"


def test_editor_publishes_all_drafts_of_the_page_at_once(desk: Seat) -> None:
    editor, norway = desk("Editor"), records.state()
    records.action(norway, Kind.SIGNATURE, "2008-12-03")
    name = StateName.objects.create(state=norway, kind="spelling", language="fr", name="Norvège")
    page = typed_action(editor.opened(norway), "ratification", "2010-09-03")

    assert editor.save(norway, page, "_publish").status_code == 302

    assert norway.treaty_actions.published().count() == 2
    name.refresh_from_db()
    assert name.is_published


def test_refused_publication_saves_nothing_and_says_why(desk: Seat) -> None:
    editor, norway = desk("Editor"), records.state()
    hidden = records.document("note", public=False)
    records.action(norway, Kind.SIGNATURE, "2008-12-03", document=hidden)
    page = typed_action(editor.opened(norway), "ratification", "2010-09-03")

    response = editor.save(norway, page, "_publish")

    assert refusals(response) == [
        "Norway, Signature, 2008-12-03 cites “Record note”, which is not public: have the "
        "document made public first, or cite another."
    ]
    assert acts(norway) == [("signature", date(2008, 12, 3))]
    assert response.context["inline_admin_formsets"][0].formset.forms[-1]["date"].value() == (
        "2010-09-03"
    )


def test_data_entry_cannot_publish_by_a_forged_button(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.state()
    records.action(norway, Kind.SIGNATURE, "2008-12-03")

    clerk.save(norway, clerk.opened(norway), "_publish")

    assert norway.treaty_actions.published().count() == 0


def test_message_after_saving_names_the_state(desk: Seat) -> None:
    editor, norway = desk("Editor"), records.state()

    response = editor.client.post(
        address(State, "change", norway.pk),
        typed_action(editor.opened(norway), "signature", "2008-12-03") | {"_save": "Save"},
        follow=True,
    )

    assert len(messages(response)) == 1
