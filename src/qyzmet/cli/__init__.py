"""The command line: a face of its own."""
