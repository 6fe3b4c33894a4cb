"""The record of what was applied to each environment: heads, runs, journal and lock, hash-chained."""
