"""Endpoints of accounts, one module a subject."""
