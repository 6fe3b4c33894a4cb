"""From a draft to an ordered, checked, saved plan. Pure."""
