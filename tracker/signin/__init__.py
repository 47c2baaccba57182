"""Signing in: by name and password, then by a second factor; and what stands against guessing. No facts."""
