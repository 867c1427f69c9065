"""How fast the portal is: functions that measure and return rows, called by `make bench`."""
