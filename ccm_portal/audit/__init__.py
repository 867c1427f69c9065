"""Every change of every record and account in one list: who, when, from what to what."""
