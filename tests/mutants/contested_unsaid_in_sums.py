"""A sentence that sums up does not say that what it sums up is contested."""

FILE = "tracker/queries/sentences.py"
OLD = '        said.append(f"what is on record is contested {'
NEW = '        said and said.append(f"what is on record is contested {'
TEST = (
    "tests/api/test_contested.py::test_every_sentence_and_card_says_of_how_many_it_is_contested_and_by_whom"
)
