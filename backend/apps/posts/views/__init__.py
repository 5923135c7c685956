"""Posts, and what lists them, over HTTP."""
