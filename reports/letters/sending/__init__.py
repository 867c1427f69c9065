"""Sending letters so that none is lost and none goes out twice.

`claiming` gives a letter to one worker for a while; `last_look` asks once more whether it may go
out; `handing_over` does that under the lock of the state's row, immediately before the message
goes to the mail server; `settling` writes down how it ended; `sweeping` finds what a worker or a
lost message of the broker left behind. docs/letters.md says what is guaranteed, and why it holds.
"""
