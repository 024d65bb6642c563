"""The pages: one module for each task of a visitor, each with a `router`."""
