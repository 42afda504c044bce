"""For those who write exercises: what must hold of a set, what to try functions on, drills."""
