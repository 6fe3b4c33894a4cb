"""How automations and routes part the records they are there for: conditions, counted by whoever holds records."""
