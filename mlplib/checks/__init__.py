"""The self-checking exercises: questions as data, checks that answer in words.

In a notebook::

    from mlplib.checks import practice
    check, hint, solution, progress = practice("activations")
"""

from mlplib.offer import offer as _offer

__getattr__, __dir__, __all__ = _offer(__name__)
