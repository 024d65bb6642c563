"""Measures how well the bot understands."""
