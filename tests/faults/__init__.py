"""Faults with real processes: workers that are killed, brokers that forget, mail servers that lie.

The workers are Celery processes of their own on the test database; the broker is a folder or
Redis; the mail server is `tests.mail.server`, and what it took is the truth by which letters are
judged. `make faults` runs the same with more letters and many random plans.
"""
