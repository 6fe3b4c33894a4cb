"""What records say of the process they go through: stages, owners, handoffs, age, and what they point at."""
