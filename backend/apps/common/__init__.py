"""What every app needs and no app owns: errors, lists, conditional requests, the outbox."""
