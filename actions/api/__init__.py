"""The part of the API that `actions` answers."""
