"""Forms of the desk: one a step, in modules that follow the actions."""
