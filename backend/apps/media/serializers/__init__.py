"""Shapes of images."""
