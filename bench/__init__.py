"""How fast `mlplib` is, beside its peers: ``python -m bench`` (the peers are optional)."""
