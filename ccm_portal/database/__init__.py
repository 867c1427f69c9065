"""The database may be away: it is gone, does not answer in time, or takes no changes."""
