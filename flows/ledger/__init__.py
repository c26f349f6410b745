"""The ledger: every number printed in a report, and what became of it - a fact, context with its reason, or unclaimed."""
