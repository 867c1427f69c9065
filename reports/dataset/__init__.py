"""The reports that come with the portal: their files. `NOTES.md` says where they come from."""

from pathlib import Path

from reports.exchange import RESOURCES as RESOURCES_OF_REPORTS
from states.dataset.loading import Dataset
from states.exchange import RESOURCES

DIRECTORY = Path(__file__).parent

FILES = {
    "documents": "documents.csv",
    "coverage": "coverage.csv",
    "reports": "reports.csv",
}
"""The file of each kind of record, in an order in which each cites only what came before."""


def dataset(directory: Path = DIRECTORY) -> Dataset:
    """What is known of reports, published; it cites the states of the register's dataset."""
    return Dataset(
        name="reports",
        directory=directory,
        files=FILES,
        resources={**RESOURCES, **RESOURCES_OF_REPORTS},
    )
