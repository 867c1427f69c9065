"""Pages of the action plans: what is asked of whom, by when, and what is reported of it."""
