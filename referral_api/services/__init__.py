"""One use case per module, named with a verb."""
