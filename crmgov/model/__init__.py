"""The values every other package speaks of: resources, snapshots, changes, plans. Pure: no I/O, no clock."""
