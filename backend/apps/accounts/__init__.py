"""Users, roles, sign-up, tokens and sessions."""
