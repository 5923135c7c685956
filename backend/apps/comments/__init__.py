"""Threads under posts."""
