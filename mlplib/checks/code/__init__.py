"""A student's function, called and looked at."""
