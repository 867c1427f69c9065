"""What every view of the read-only API shares. Knows no app."""
