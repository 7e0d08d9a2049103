"""Django's way to speak to SQLite, with a queue at its door; what the settings call ENGINE."""
