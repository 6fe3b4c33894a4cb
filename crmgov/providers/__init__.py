"""Adapters to the kinds of CRM behind one protocol."""
