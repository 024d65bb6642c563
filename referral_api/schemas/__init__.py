"""What callers send and get: one model per shape, unknown keys refused."""
