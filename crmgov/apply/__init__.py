"""Carrying out a plan: guards, journal, batches, resume."""
