"""What `qyzmet verify` and `qyzmet log` share: reading files, judging them, saying it in words. No database."""
