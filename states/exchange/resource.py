"""How every kind of record goes out to a spreadsheet and comes back in.

The admin, `import_file` and `load_dataset` share these rules: a file goes in whole or not at all,
every row is checked like a form, a row that says what is recorded already is skipped, new records
are drafts, and what is published is changed only by those who may publish.
"""

import functools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.fields import Field

from ccm_portal import as_of
from ccm_portal.exports import neutralise
from states import publishing, soundness
from states.models import Document, Publishable

from .cells import STATE_BY_NAME, StateCell
from .keyed import ID, KeyedResource, Row, legible
from .mandate import Mandate, reason_for_file
from .matching import Match
from .reading import Sheet, Unreadable
from .results import Failure, ImportResult, Notice, Refusal, RowOutcome, differences


class RegisterResource(KeyedResource):
    """One kind of record that goes out and comes in, with the rules for what comes in."""

    class Meta:
        clean_model_instances = True
        # The library would copy every row, new ones too, to compare it: `skip_row` compares.
        skip_diff = True
        report_skipped = True
        store_instance = True
        use_transactions = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mandate = Mandate()
        self.today = as_of.today()
        self.notices: list[Notice] = []
        self.passed_over: Mapping[int, str] = {}
        self.progress: Callable[[int, int], None] | None = None
        self._published: set[int] = set()
        self._index = 0
        self._original: models.Model | None = None
        self._shows_differences = False

    # The file as a whole

    def import_data(
        self,
        dataset: tablib.Dataset,
        dry_run: bool = False,
        raise_errors: bool = False,
        *,
        mandate: Mandate | None = None,
        passed_over: Mapping[int, str] | None = None,
        progress: Callable[[int, int], None] | None = None,
        shows_differences: bool = True,
        **kwargs: Any,
    ) -> ImportResult:
        """Import a table whole or not at all; nothing stays of a table with a refused row.

        Without a `mandate` it is taken from `user` and `file_name`, as the admin gives them.
        `progress` hears, row after row, how many of how many rows are done.
        `passed_over` gives the positions (from 0) of rows that are not to be imported, and why.
        A dry run marks the differences of each row in HTML if it `shows_differences`.
        """
        self.passed_over = passed_over or {}
        self.progress = progress
        self._shows_differences = dry_run and shows_differences
        user, filename = kwargs.get("user"), kwargs.get("file_name")
        self.mandate = mandate or Mandate(user=user, reason=reason_for_file(filename))
        kwargs |= {"use_transactions": True, "rollback_on_validation_errors": True}
        with transaction.atomic():
            try:
                self.prepare(dataset)
            except (Unreadable, Refusal) as error:
                refused = ImportResult()
                refused.append_base_error(Failure(Refusal(str(error))))
                return refused
            result: ImportResult = super().import_data(self.sheet, dry_run, raise_errors, **kwargs)
        result.notices = self.notices
        return result

    def prepare(self, dataset: tablib.Dataset) -> list[Match[Any]]:
        matches = super().prepare(dataset)
        recorded = [found.recorded for found in matches if found.recorded is not None]
        self._published = {record.pk for record in recorded if is_published(record)}
        self.notices = []
        return matches

    # Each row

    def get_result_class(self) -> Callable[[], ImportResult]:
        return functools.partial(ImportResult, numbers=self.sheet.numbers)

    @classmethod
    def get_row_result_class(cls) -> type[RowOutcome]:
        return RowOutcome

    def get_import_fields(self) -> list[Field]:
        """The columns in order, put together once: the library asks several times a row."""
        return self._import_fields

    @functools.cached_property
    def _import_fields(self) -> list[Field]:
        fields: list[Field] = super().get_import_fields()
        return fields

    @classmethod
    def get_error_result_class(cls) -> type[Failure]:
        return Failure

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        self._index = kwargs["row_number"] - 1
        if self.names_state():
            # The library passes over a field whose column is not in the file.
            row.setdefault("iso3", "")
        if self._index in self.passed_over:
            return
        problems = list(self.sheet.problems[self._index])
        refusal = self.matches[self._index].refusal
        if refusal:
            problems.append(("", refusal))
        for column, cell in self.locators.items():
            try:
                cell.clean(row.get(column, ""))
            except ValueError as error:
                problems.append((column, str(error)))
        if problems:
            raise ValidationError(by_column(problems))

    def get_instance(self, instance_loader: Any, row: Row) -> models.Model | None:
        recorded: models.Model | None = self.matches[self._index].recorded
        return recorded

    def after_init_instance(
        self, instance: models.Model, new: bool, row: Row, **kwargs: Any
    ) -> None:
        self._original = None if new else deepcopy(instance)

    def import_field(
        self, field: Field, instance: models.Model, row: Row, is_m2m: bool = False, **kwargs: Any
    ) -> None:
        before = None if self._original is None else field.get_value(instance)
        super().import_field(field, instance, row, is_m2m, **kwargs)
        if not isinstance(before, str):
            return
        after = field.get_value(instance)
        # A spreadsheet keeps neither kinds of line ends nor blanks at the ends of a text.
        if isinstance(after, str) and legible(before) == legible(after):
            setattr(instance, field.attribute, before)

    def import_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        state_id = None if instance._state.adding else getattr(instance, "state_id", None)
        self._read_cells(instance, row)
        if state_id is not None and getattr(instance, "state_id", None) != state_id:
            raise ValidationError(
                {ID: _("The row with this id belongs to another state: check the id.")}
            )

    def _read_cells(self, instance: models.Model, row: Row) -> None:
        """Fill a record from the columns that the file has. Raises `ValidationError`."""
        errors = {}
        for field in self.get_import_fields():
            if field.column_name in row:
                try:
                    self.import_field(field, instance, row)
                except ValueError as error:
                    errors[field.attribute] = [str(error)]
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance: Any, original: Any, row: Row, errors: Any = None) -> bool:
        if self._index in self.passed_over:
            return True
        if self._original is None or errors:
            return False
        fields = self.get_import_fields()
        # All are read before anything is saved: lists of other records would be read too late.
        before = [field.get_value(self._original) for field in fields]
        return before == [field.get_value(instance) for field in fields]

    def validate_instance(
        self,
        instance: models.Model,
        import_validation_errors: Any = None,
        validate_unique: bool = True,
    ) -> None:
        try:
            super().validate_instance(instance, import_validation_errors, validate_unique)
        except ValidationError as error:
            raise self.by_columns(error) from None

    def by_columns(self, error: ValidationError) -> ValidationError:
        """What a model has against a row, by the columns that its fields came from."""
        return ValidationError(
            {self._column(name): errors for name, errors in error.error_dict.items()}
        )

    def _column(self, attribute: str) -> str:
        """The column that a model's field came from."""
        for field in self.get_import_fields():
            if field.attribute == attribute:
                by_name = isinstance(field.widget, StateCell) and field.widget.by_name
                given = self.sheet.headers
                if by_name and field.column_name not in given and STATE_BY_NAME in given:
                    return STATE_BY_NAME
                return str(field.column_name)
        return attribute

    def before_save_instance(self, instance: models.Model, row: Row, **kwargs: Any) -> None:
        action = "add" if instance._state.adding else "change"
        if not self.mandate.may_write(action, type(instance)):
            raise ValidationError(by_column([("", self.mandate.refusal_to_write(action))]))
        if instance.pk in self._published and not self.mandate.may_publish(instance):
            raise ValidationError(by_column([("", self.mandate.refusal_to_change_published())]))
        if self.mandate.publishes and isinstance(instance, Publishable) and instance._state.adding:
            instance.published_at = timezone.now()
        instance._change_reason = self.mandate.reason  # type: ignore[attr-defined]
        instance._history_user = self.mandate.user  # type: ignore[attr-defined]

    def after_import_row(self, row: Row, row_result: Any, **kwargs: Any) -> None:
        super().after_import_row(row, row_result, **kwargs)
        row_result.original = self._original
        if self._shows_differences:
            row_result.diff = differences(self, self._original, row_result.instance)
        if self.progress is not None:
            self.progress(kwargs["row_number"], len(self.sheet))

    def after_import(self, dataset: Sheet, result: ImportResult, **kwargs: Any) -> None:
        super().after_import(dataset, result, **kwargs)
        for objections_to in (self.check_written, self.check_published):
            # One mistake would otherwise be reported by every check that it touches.
            if result.has_errors() or result.has_validation_errors():
                return
            objections: dict[int, list[str]] = defaultdict(list)
            for index, sentence in objections_to(self.written_rows(result)):
                objections[index].append(sentence)
            for index, sentences in objections.items():
                result.refuse(index, dataset.record(index), sentences)

    def written_rows(self, result: ImportResult) -> list[tuple[int, Any]]:
        """The rows that were added or changed: their position (from 0) and their record."""
        return [
            (index, row.instance)
            for index, row in enumerate(result.rows)
            if row.is_new() or row.is_update()
        ]

    def check_written(self, written: Sequence[tuple[int, Any]]) -> Iterator[tuple[int, str]]:
        """What speaks against rows once all of them stand together: position and sentence."""
        yield from ()

    def check_published(self, written: Sequence[tuple[int, Any]]) -> Iterator[tuple[int, str]]:
        """What speaks against rows that are published: position and sentence.

        Where a rule is about a state as a whole, its last row is asked for all of them.
        """
        asked: dict[Hashable, tuple[int, Any]] = {}
        for index, record in written:
            if is_published(record):
                about = getattr(record, "state_id", record.pk)
                asked[about, getattr(record, "document_id", None)] = index, record
        for index, record in asked.values():
            try:
                soundness.ensure(records=[record])
            except ValidationError as error:
                yield from ((index, sentence) for sentence in error.messages)

    def notice(self, column: str, sentence: str) -> None:
        """Tell the importer something about the present row without refusing it."""
        self.notices.append(Notice(self.sheet.numbers[self._index], column, sentence))

    # Export

    def filter_export(self, queryset: models.QuerySet[Any], **kwargs: Any) -> models.QuerySet[Any]:
        return queryset.select_related(*self.related)

    def export_resource(
        self, instance: models.Model, selected_fields: Any = None, **kwargs: Any
    ) -> list[Any]:
        cells = super().export_resource(instance, selected_fields, **kwargs)
        return [neutralise(cell) for cell in cells]


def is_published(record: models.Model) -> bool:
    """Whether a record shows outside the admin by somebody's decision."""
    return isinstance(record, Publishable | Document) and publishing.is_published(record)


def by_column(problems: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Problems as the mapping that a `ValidationError` takes."""
    columns: dict[str, list[str]] = {}
    for column, sentence in problems:
        columns.setdefault(column or NON_FIELD_ERRORS, []).append(sentence)
    return columns
