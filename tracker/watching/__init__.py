"""Looks whether sources still answer (`looking`), asks for copies of them (`archiving`)."""
