"""What was last desired and observed at each address, runs, journal and lock."""
