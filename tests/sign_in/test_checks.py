"""An installation must ask for a second factor."""

import pytest
from pytest_django import Settings

from ccm_portal.checks import second_factor_is_required


@pytest.mark.parametrize(
    ("chosen", "refused"), [("required", []), ("optional", ["ccm_portal.E002"])]
)
def test_a_password_alone_is_refused_for_an_installation(
    settings: Settings, chosen: str, refused: list[str]
) -> None:
    settings.SECOND_FACTOR = chosen

    assert [error.id for error in second_factor_is_required(None)] == refused
