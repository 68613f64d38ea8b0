"""A ``%%responses`` cell for Jupyter: ask a model, run tools, keep the results as objects."""
