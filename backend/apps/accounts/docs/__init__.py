"""What the schema says of accounts, one module a subject."""
