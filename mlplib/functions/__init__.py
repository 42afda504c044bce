"""Functions of one variable and of a row of scores, with their slopes, and labels of classes."""
