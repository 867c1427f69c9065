"""The data of `states` in the API."""
