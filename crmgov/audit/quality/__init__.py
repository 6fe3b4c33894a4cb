"""What the rules about values share: spellings, formats, and what fields hold."""
