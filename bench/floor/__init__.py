"""The floor: the least that Django does for a request that keeps something. One table, one view, one INSERT."""
