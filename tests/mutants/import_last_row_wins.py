"""Where rows of an edited export give one title differently, the last of them wins."""

FILE = "tracker/importing/own_export.py"
OLD = "    if sayings.at_odds:\n"
NEW = "    if sayings is None:\n"
TEST = (
    "tests/importing/test_own_export.py::"
    "test_a_title_that_is_edited_on_some_of_its_rows_is_a_conflict_however_often_it_comes"
)
