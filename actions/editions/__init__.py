"""Editions of the progress report: composed from prose and data, checked, frozen, compared."""
