"""For those who write exercises: what must hold of a set, and inputs to try functions on."""
