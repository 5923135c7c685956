"""Receiving mentions, and telling others that our posts mention them."""
