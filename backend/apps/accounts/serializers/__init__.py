"""Shapes of accounts, one module a subject."""
