"""Content from other systems."""
