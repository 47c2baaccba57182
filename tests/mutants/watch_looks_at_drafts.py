"""The page of a draft is asked for: its keeper learns of the draft."""

FILE = "tracker/watching/looking.py"
OLD = 'Source.objects.public().exclude(url="")'
NEW = 'Source.objects.exclude(url="")'
TEST = "tests/watching/test_looking.py::test_a_page_that_answers_is_looked_at_once_a_week_and_nothing_is_told"
