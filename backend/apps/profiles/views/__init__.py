"""People over HTTP, one module a subject."""
