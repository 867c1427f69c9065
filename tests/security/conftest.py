"""The public register with hidden things in it, for tests that look at every address."""

from tests.site.test_canary import canaries, chief, quiet  # noqa: F401  fixtures
