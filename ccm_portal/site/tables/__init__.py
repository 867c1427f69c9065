"""Every table of the portal for others: as files, each with what its columns mean."""
