"""English as European bodies write it."""
