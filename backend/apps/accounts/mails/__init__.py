"""Mail, sent by the outbox. `sending` says how; one module a subject. Each registers itself when it is imported."""
