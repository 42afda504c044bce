"""The exercise sets: for each a module of data and one file of words for each language."""
