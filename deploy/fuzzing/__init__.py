"""Asks the API what nobody would think of."""
