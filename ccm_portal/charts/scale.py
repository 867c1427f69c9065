"""A scale of time: where on a line a day stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True)
class TimeScale:
    """Maps days from `start` to `end` to per cent between `left` and `right`.

    `is_mirrored` lets time run from the right, as right-to-left languages read it.
    """

    start: date
    end: date
    left: float = 0.0
    right: float = 100.0
    is_mirrored: bool = False

    def at(self, day: date) -> float:
        """The position of a day; days outside stand on the edge."""
        share = (day - self.start).days / max((self.end - self.start).days, 1)
        position = self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)
        return round(100 - position if self.is_mirrored else position, 3)

    def months(self) -> Iterator[date]:
        """The first days of the months on the scale."""
        month = self.start.replace(day=1)
        while month <= self.end:
            if month >= self.start:
                yield month
            month += relativedelta(months=1)

    def years(self) -> Iterator[date]:
        """The first days of the years on the scale."""
        return (month for month in self.months() if month.month == 1)
