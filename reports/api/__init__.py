"""The addresses of `reports` in the API."""
