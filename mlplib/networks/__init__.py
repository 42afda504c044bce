"""Networks: layers, parameters, forward and backward passes, and the loop that trains them."""
