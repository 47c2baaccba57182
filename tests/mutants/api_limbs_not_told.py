"""The limbs of a contested whole seem untouched: a mirror that asks what changed does not hear of it."""

FILE = "tracker/queries/concerned.py"
OLD = "limb.part_of_id = c.recommendation_id"
NEW = "limb.id = c.recommendation_id"
TEST = "tests/api/test_contested.py::test_the_limbs_of_a_contested_whole_were_told_of_when_it_was"
