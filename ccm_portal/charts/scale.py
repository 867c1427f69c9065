"""A scale of time: where on a line a day stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


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
        first = self.start.year * 12 + self.start.month - 1 + (self.start.day > 1)
        last = self.end.year * 12 + self.end.month - 1
        return (date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1))

    def years(self) -> Iterator[date]:
        """The first days of the years on the scale."""
        first = self.start.year + (self.start > date(self.start.year, 1, 1))
        return (date(year, 1, 1) for year in range(first, self.end.year + 1))
