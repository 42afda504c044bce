"""Answers that are formulas: from text to a tree, to values, to a verdict."""
