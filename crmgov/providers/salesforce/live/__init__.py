"""A Salesforce organisation itself, over its interface: what its records say. Nothing here writes to it."""
