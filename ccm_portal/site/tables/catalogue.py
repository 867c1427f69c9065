"""All tables, in the order in which they are offered."""

from . import of_actions, of_states
from .table import Table

TABLES: dict[str, Table] = {
    table.code: table
    for table in (
        of_states.STATES,
        of_states.TREATY_ACTIONS,
        of_actions.DEADLINES,
        of_actions.REPORTS,
        of_actions.FINDINGS,
        of_actions.INDICATORS,
        of_actions.ACTIONS,
        of_states.MEETINGS,
        of_states.DOCUMENTS,
        of_states.EXTENSIONS,
        of_states.NAMES,
        of_states.GROWTH,
    )
}
