"""An ask shows its limbs, drafts among them."""

FILE = "tracker/queries/hanging.py"
OLD = '    parts = Recommendation.objects.public().filter(Among(F("part_of"), IDS)'
NEW = '    parts = Recommendation.objects.filter(Among(F("part_of"), IDS)'
TEST = "tests/api/test_drafts.py::test_no_answer_holds_a_word_of_a_draft"
