"""Records behind one door: databases and files, asked through Ibis."""
