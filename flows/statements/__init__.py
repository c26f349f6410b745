"""Measured numbers in running text → statements: subject, scope, value, unit, kind, direction, period and year."""
