"""The standard money tables of final accounts and budgets → one row per money cell."""
