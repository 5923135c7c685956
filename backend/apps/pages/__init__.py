"""About, Imprint and other standing pages."""
