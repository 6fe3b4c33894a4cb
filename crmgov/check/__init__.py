"""Pure checks over the whole tree of resources: every name exists, fits and is in use; nothing turns in circles."""
