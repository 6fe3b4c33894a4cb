"""Hostile and mistaken input, each case with what must be said of it."""
