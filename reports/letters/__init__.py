"""Reminder letters: an outbox in which the database row of a letter is the truth.

`models` says what is stored; `transitions` holds the one table of what a letter may become;
`ladder` says which letter fits a day; `drafting` writes it, `rendering` makes its text, HTML and
PDF; `approving`, `holding`, `correspondence` are what staff do with it.
"""
