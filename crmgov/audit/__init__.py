"""Joining evidence from records to configuration."""
