"""A feed whose rows come again under other references is entered a second time."""

FILE = "tracker/importing/broken.py"
OLD = "            (renamed, "
NEW = "            (0, "
TEST = (
    "tests/importing/test_quirks.py"
    "::test_a_feed_that_lost_its_references_is_stopped_before_all_is_entered_twice"
)
