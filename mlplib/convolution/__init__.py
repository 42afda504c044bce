"""Convolution and pooling, forward and backward, and the sizes that come out."""
