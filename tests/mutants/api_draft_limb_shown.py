"""An ask shows its limbs, drafts among them."""

FILE = "tracker/queries/recommendations.py"
OLD = "    parts = Recommendation.objects.public().filter(part_of__in=rows"
NEW = "    parts = Recommendation.objects.filter(part_of__in=rows"
TEST = "tests/api/test_drafts.py::test_no_answer_holds_a_word_of_a_draft"
