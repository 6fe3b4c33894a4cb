"""JSON Schemas: built from the kinds of the model, deciding whether a document is well formed."""
