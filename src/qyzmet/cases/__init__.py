"""The hall: cases, the only writers (actions) and the only readers for a face (queries)."""
