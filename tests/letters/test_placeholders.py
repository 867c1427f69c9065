"""Templates with wrong placeholders are refused when they are saved."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from reports.letters.placeholders import PLACEHOLDERS, fill, refusals
from reports.models import LetterTemplate, LetterText


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("Due on {due_dat}.", "“{due_dat}” is not a placeholder: did you mean {due_date}?"),
        ("{state!r}", "Write the placeholder as {state}, with nothing behind its name."),
        ("{state:>30}", "Write the placeholder as {state}, with nothing behind its name."),
        ("{state.__class__}", "is not a placeholder"),
        ("{0}", "is not a placeholder"),
        ("{}", "is not a placeholder"),
        ("{state", "A brace has no partner"),
        ("state}", "A brace has no partner"),
    ],
)
def test_a_wrong_placeholder_is_refused_in_a_sentence(template: str, sentence: str) -> None:
    [refusal] = refusals(template)

    assert sentence in refusal


@pytest.mark.parametrize("template", ["No placeholder.", "{state}, {{braces}}", "{report} {rule}"])
def test_a_right_template_is_accepted(template: str) -> None:
    assert list(refusals(template)) == []


@pytest.mark.django_db
def test_a_template_names_the_field_that_is_wrong() -> None:
    template = LetterTemplate.objects.create(code="one", name="One")
    text = LetterText(template=template, language="en", subject="{stat}\nBcc: x", body="{rul}")

    with pytest.raises(ValidationError) as refused:
        text.full_clean()

    assert refused.value.message_dict == {
        "subject": [
            "The subject is one line.",
            "“{stat}” is not a placeholder: did you mean {state}?",
        ],
        "body": ["“{rul}” is not a placeholder: did you mean {rule}?"],
    }


@given(st.text(), st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text()))
def test_what_is_accepted_can_be_filled_and_values_are_not_read_again(
    template: str, values: dict[str, str]
) -> None:
    if list(refusals(template)):
        return
    everything = dict.fromkeys(PLACEHOLDERS, "{state}") | values

    fill(template, everything)

    assert fill("<{state}>", {"state": template}) == f"<{template}>"
