"""A feed that has lost what is known of it goes on."""

FILE = "tracker/importing/broken.py"
OLD = "        if count * BROKEN_IF_OVER > known\n"
NEW = "        if count > known\n"
TEST = "tests/importing/test_quirks.py::test_a_feed_that_lost_its_bodies_or_answers_is_stopped"
