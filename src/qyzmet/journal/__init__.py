"""The journal: one append-only row for each step, written in the step's own transaction."""
