"""The ladder of reminder letters that comes with the portal: stages, templates, letterheads.

Where the reporting guide and forms are, and whom to ask, is to be checked in the letterheads before
reminders are switched on. The texts are the portal's own.
"""

from pathlib import Path

from reports.exchange import RESOURCES
from states.dataset.loading import Dataset

DIRECTORY = Path(__file__).parent

FILES = {
    "letter-templates": "templates.csv",
    "letter-texts": "texts.csv",
    "letter-stages": "stages.csv",
    "letterheads": "letterheads.csv",
}
"""The file of each kind of record, in an order in which each cites only what came before."""


def dataset(directory: Path = DIRECTORY) -> Dataset:
    """The ladder; staff change it as they see fit, and what they changed is left alone."""
    return Dataset(name="letters", directory=directory, files=FILES, resources=RESOURCES)
