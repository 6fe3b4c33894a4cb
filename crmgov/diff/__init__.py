"""Three-way comparison of snapshots: a pure function of values."""
