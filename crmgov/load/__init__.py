"""Reading a repository's YAML into a snapshot, with the place of every value."""
