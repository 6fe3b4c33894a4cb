"""Carrying out a saved plan: guards, journaled batches, read-back, and the way back after a crash."""
