"""The frame of the secretariat's data entry; the apps fill it with their models."""
