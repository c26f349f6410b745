"""``jixiao explain``: where a fact comes from, how it was read, and everything in the warehouse that uses it."""
