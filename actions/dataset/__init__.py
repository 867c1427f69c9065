"""The action plans and findings that come with the portal. `NOTES.md` says where they come from."""

from pathlib import Path

from actions.exchange import RESOURCES as RESOURCES_OF_ACTIONS
from states.dataset.loading import Dataset
from states.exchange import RESOURCES

DIRECTORY = Path(__file__).parent

FILES = {
    "plans": "plans.csv",
    "themes": "themes.csv",
    "actions": "actions.csv",
    "indicators": "indicators.csv",
    "findings": "findings.csv",
}
"""The file of each kind of record, in an order in which each cites only what came before."""


def dataset(directory: Path = DIRECTORY) -> Dataset:
    """Plans, indicators and findings, published; they cite the register's states and documents."""
    return Dataset(
        name="actions",
        directory=directory,
        files=FILES,
        resources={**RESOURCES, **RESOURCES_OF_ACTIONS},
    )
