"""The signer: the one process that holds the log's key, and remembers what it signed. Knows nothing of cases."""
