"""The action plans and findings that come with the portal. `NOTES.md` says where they come from."""

from pathlib import Path
from typing import Any

from actions.exchange import RESOURCES as RESOURCES_OF_ACTIONS
from actions.exchange import ProgressSectionResource
from states.dataset.loading import Dataset
from states.exchange import RESOURCES

DIRECTORY = Path(__file__).parent

FILES = {
    "plans": "plans.csv",
    "themes": "themes.csv",
    "actions": "actions.csv",
    "indicators": "indicators.csv",
    "findings": "findings.csv",
    "progress-reports": "progress_reports.csv",
    "progress-sections": "progress_sections.csv",
    "printed-figures": "printed_figures.csv",
    "printed-relations": "printed_relations.csv",
}
"""The file of each kind of record, in an order in which each cites only what came before."""


def dataset(directory: Path = DIRECTORY) -> Dataset:
    """Plans, findings and an edition, published; they cite the register's states and documents."""

    class Sections(ProgressSectionResource):
        """Chapters, whose prose stands in files of their own where the cell is empty."""

        def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
            file = directory / str(row.get("report", "")) / f"{row.get('position', '')}.md"
            if not row.get("prose") and file.is_file():
                row["prose"] = file.read_text(encoding="utf-8")
            super().before_import_row(row, **kwargs)

    return Dataset(
        name="actions",
        directory=directory,
        files=FILES,
        resources={**RESOURCES, **RESOURCES_OF_ACTIONS, "progress-sections": Sections},
    )
