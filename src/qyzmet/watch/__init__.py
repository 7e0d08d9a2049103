"""Those who watch a log from outside: the witness, which cosigns what it saw, and the monitor, which reads all of it.

Neither needs Django or anything of the city that is watched; clocks come from the faces.
"""
