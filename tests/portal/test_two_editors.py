"""Two people at the same moment, in two transactions of PostgreSQL: one waits for the other."""

import pytest

from .conftest import Installation

TWO_PAGES = """
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from django.contrib import admin
from django.db import OperationalError, connection, connections, transaction
from actions.models import ActionPlan, Theme
day = date(2021, 9, 20)
plan = ActionPlan.objects.create(code="p", name="Plan", valid_from=day)
theme = Theme.objects.create(plan=plan, code="t", name="Theme", order=1)

def page_of(record):
    with transaction.atomic():
        connection.cursor().execute("SET LOCAL lock_timeout = '200ms'")
        try:
            admin.site.get_model_admin(type(record)).lock(record)
        except OperationalError:
            return "waits"
        finally:
            transaction.set_rollback(True)
    return "goes on"

with ThreadPoolExecutor(1) as other:
    with transaction.atomic():
        admin.site.get_model_admin(ActionPlan).lock(plan)
        print(other.submit(page_of, theme).result())
    print(other.submit(page_of, theme).result())
    other.submit(connections.close_all).result()
"""


@pytest.mark.services
def test_a_page_that_shows_a_record_as_a_row_waits_for_the_record_s_own_page(
    migrated: Installation, postgres_url: str
) -> None:
    migrated.environment["DATABASE_URL"] = postgres_url

    assert migrated.ask(TWO_PAGES).split("\n") == ["waits", "goes on"]
