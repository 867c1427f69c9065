"""What the overview weighs, and that nothing comes from elsewhere."""

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST_VISIT, LATER_VISIT = 120_000, 30_000
MOST_REQUESTS = 18
COMPRESSED_ALREADY = (".woff2", ".png")


def weight(response: Response) -> int:
    """The bytes of an answer on the wire: texts compressed, as the web server sends them."""
    body = response.body()
    headers = len(str(response.all_headers()))
    path = urlsplit(response.url).path
    return headers + (len(body) if path.endswith(COMPRESSED_ALREADY) else len(gzip.compress(body)))


def test_the_overview_is_light_and_asks_no_other_host(
    page: Page, live_server: LiveServer, dataset: None, page_errors: list[str]
) -> None:
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)

    page.goto(f"{live_server.url}/?as_of=2011-08-20", wait_until="networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")

    weights = {answer.url: weight(answer) for answer in answers}
    assert {urlsplit(url).netloc for url in weights} == {urlsplit(live_server.url).netloc}
    assert sum(weights.values()) < FIRST_VISIT, weights
    assert len(answers) <= MOST_REQUESTS, sorted(weights)
    # Static files carry the hash of their content and are kept: only the page comes again.
    assert weights[f"{live_server.url}/?as_of=2011-08-20"] < LATER_VISIT
    assert page_errors == []


def test_nothing_moves_while_the_overview_loads(
    page: Page, live_server: LiveServer, dataset: None
) -> None:
    page.add_init_script(
        "window.shifts = [];"
        "new PerformanceObserver(list => list.getEntries().forEach("
        "entry => window.shifts.push(entry.value)))"
        ".observe({type: 'layout-shift', buffered: true});"
    )

    page.goto(f"{live_server.url}/?as_of=2011-08-20", wait_until="networkidle")

    # A typeface that arrives after the first drawing may move a line by a hair; 0.1 is “good”.
    assert sum(page.evaluate("window.shifts")) < 0.02
