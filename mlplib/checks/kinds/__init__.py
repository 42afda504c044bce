"""Kinds of answers: how each is read, judged, and compared with known mistakes."""
