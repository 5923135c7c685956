"""Second factors: authenticator apps, recovery codes, passkeys. One module a kind; `allauth_bridge` is the only one
that knows allauth's insides."""
