"""Shapes going out and coming in."""
