"""Formulas and gradients that have been run: inputs, comparison, verdict, and the words for it."""
