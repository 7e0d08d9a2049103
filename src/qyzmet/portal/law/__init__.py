"""What the public pages about the law say: procedures, the calendar, the date calculator."""
