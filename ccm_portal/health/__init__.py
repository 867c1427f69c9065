"""Whether the portal is alive, and whether all that it needs is there."""
