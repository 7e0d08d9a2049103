"""The stories of the demo's cases: who takes which step, and when."""
