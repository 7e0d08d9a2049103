"""Words, names, numbers and dates as people in Kazakhstan write them. Pure: no Django, no clock, no network."""
