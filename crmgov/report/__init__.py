"""Everything that is written for readers, people and machines; one renderer, one file."""
