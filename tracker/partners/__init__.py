"""Partner sites: their keys, what they propose, how often they may ask. Writes its own tables and no fact."""
