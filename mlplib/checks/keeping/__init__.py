"""What is kept of a student's work: how far they have come, and, if asked for, what was wrong."""
