"""The eight themes of the progress report, each as the questions that its dashboard puts."""

from .compliance import COMPLIANCE
from .cooperation import COOPERATION
from .description import Description
from .duties import CLEARANCE, STOCKPILES, VICTIMS
from .national import NATIONAL
from .transparency import TRANSPARENCY
from .universalization import UNIVERSALIZATION

THEMES: dict[str, Description] = {
    theme.code: theme
    for theme in (
        UNIVERSALIZATION,
        STOCKPILES,
        CLEARANCE,
        VICTIMS,
        COOPERATION,
        TRANSPARENCY,
        NATIONAL,
        COMPLIANCE,
    )
}
