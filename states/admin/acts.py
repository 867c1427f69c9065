"""Treaty actions as they are typed: what would make a state's history impossible is refused.

Drafts count as much as what is published: a draft that contradicts another one is a mistake too.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ccm_portal.as_of import today
from states.histories import Act, impossibilities
from states.models import OfficialDate, TreatyAction
from states.publishing import lock_states
from states.soundness import act_of

from .publication import PublishableRows
from .record import RecordForm


def objections(
    *,
    state_id: int,
    entered: Sequence[TreatyAction] = (),
    removed: Collection[int] = (),
) -> list[tuple[TreatyAction, str]]:
    """Each act of a state that the entered ones would make impossible, with its sentence.

    `entered` holds new and changed treaty actions, not saved yet; `removed` the ids of those that
    go. What was impossible before stays out: it must not keep anybody from entering something
    else. Locks the state until the transaction ends.
    """
    lock_states([state_id])
    stored = list(
        TreatyAction.objects.filter(state_id=state_id).select_related("official_date", "state")
    )
    officials = {action.pk: getattr(action, "official_date", None) for action in stored}
    before = {(item.act, item.code) for item in _impossible(stored, officials)}
    replaced = {action.pk for action in entered} | set(removed)
    after = [*entered, *(action for action in stored if action.pk not in replaced)]
    by_act = _by_act(after, officials)
    return [
        (by_act[item.act], item.sentence)
        for item in _impossible(after, officials)
        if (item.act, item.code) not in before
    ]


Officials = dict[int, OfficialDate | None]


def _impossible(actions: Iterable[TreatyAction], officials: Officials) -> list[Any]:
    return impossibilities(_by_act(actions, officials), today=today())


def _by_act(actions: Iterable[TreatyAction], officials: Officials) -> dict[Act, TreatyAction]:
    return {act_of(action, officials.get(action.pk)): action for action in actions}


class TreatyActionForm(RecordForm):
    """One treaty action on a page of its own."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        state, kind, day = (self.cleaned_data.get(name) for name in ("state", "kind", "date"))
        if not (state and kind and day):
            return cleaned
        entered = TreatyAction(pk=self.instance.pk, state=state, kind=kind, date=day)
        found = objections(state_id=state.pk, entered=[entered])
        was_of = self.initial.get("state")
        if self.instance.pk and was_of not in (None, state.pk):
            found += objections(state_id=was_of, removed=[self.instance.pk])
        for action, sentence in found:
            self.add_error(None, sentence if action is entered else _about(action, sentence))
        return cleaned


class TreatyActionRows(PublishableRows):
    """The treaty actions on a state's page: each refusal stands at the row that it is about."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors) or not self.instance.pk:
            return
        rows = [
            form for form in self.forms if form.has_changed() and form not in self.deleted_forms
        ]
        found = objections(
            state_id=self.instance.pk,
            entered=[form.instance for form in rows],
            removed=[form.instance.pk for form in self.deleted_forms if form.instance.pk],
        )
        elsewhere = []
        forms = {form.instance.pk: form for form in self.forms if form.instance.pk}
        unsaved = {id(form.instance): form for form in rows}
        for action, sentence in found:
            form = unsaved.get(id(action)) or forms.get(action.pk)
            if form is None:
                elsewhere.append(_about(action, sentence))
            else:
                form.add_error(None, sentence)
        if elsewhere:
            raise ValidationError(elsewhere)


def _about(action: TreatyAction, sentence: str) -> str:
    return _("“%(record)s” would become impossible. %(sentence)s") % {
        "record": action,
        "sentence": sentence,
    }
