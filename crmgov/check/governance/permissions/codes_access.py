"""The codes about access: who may do more than the work needs, or less."""
