"""The publication itself: its name, description, logo and language."""
