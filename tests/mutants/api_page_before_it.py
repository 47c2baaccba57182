"""Where a page is empty, the documents are those of the page before."""

FILE = "tracker/queries/keysets.py"
OLD = "COALESCE(ids, '{{}}')::text"
NEW = "COALESCE(ids::text, current_setting('{_NOTED}', true), '{{}}')"
TEST = "tests/api/test_pages.py::test_an_empty_page_has_no_documents_of_another"
