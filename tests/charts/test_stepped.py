"""The years and months under a chart of counts over time."""

from datetime import date

from ccm_portal.charts.scale import TimeScale
from ccm_portal.charts.stepped import years


def labels(start: date, end: date, width: int = 900) -> list[str]:
    return [text for _x, text in years(TimeScale(start, end, 4.0, 84.0), width) if text]


def test_years_stand_under_a_long_time() -> None:
    assert labels(date(2008, 12, 3), date(2011, 8, 20)) == ["2009", "2010", "2011"]


def test_months_stand_under_a_time_within_a_year() -> None:
    assert labels(date(2011, 3, 5), date(2011, 6, 20)) == ["Apr 2011", "May 2011", "Jun 2011"]


def test_months_leave_each_other_room_where_the_chart_is_narrow() -> None:
    assert labels(date(2011, 1, 28), date(2011, 8, 20), 300) == ["Feb 2011", "May 2011", "Aug 2011"]
