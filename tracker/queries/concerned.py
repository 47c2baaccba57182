"""Whom a challenge concerns. Lists, changes, details and alerts all ask this, from either end."""

# Rows of a challenge and an addressee: the one that it is about, with its answers and assessments; all to whom its ask
# was put, in whole or in limbs; all for whom its response holds a public answer. Drafts among them, of either.
CONCERNED = """
SELECT id, addressee_id FROM tracker_challenge WHERE addressee_id IS NOT NULL
UNION ALL SELECT c.id, a.id FROM tracker_challenge c
    JOIN tracker_addressee a ON a.recommendation_id = c.recommendation_id
UNION ALL SELECT c.id, a.id FROM tracker_challenge c
    JOIN tracker_recommendation limb ON limb.part_of_id = c.recommendation_id
    JOIN tracker_addressee a ON a.recommendation_id = limb.id
UNION ALL SELECT DISTINCT c.id, a.addressee_id FROM tracker_challenge c
    JOIN tracker_answer a ON a.response_id = c.response_id
    WHERE a.published_at IS NOT NULL AND a.withdrawn_at IS NULL
"""
