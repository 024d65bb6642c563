"""The outbox: envelope, signature, transport."""
