"""How wrong a prediction is, as one number, and the gradient of that number."""
