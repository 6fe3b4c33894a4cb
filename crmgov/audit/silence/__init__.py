"""Silent failure, predicted: what automations and routes would make of the records as they are. Pure."""
