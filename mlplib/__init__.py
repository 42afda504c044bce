"""The mathematics of a multilayer perceptron in NumPy: what every chapter imports."""

__version__ = "0.1.0"
