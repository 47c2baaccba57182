"""What stands in each table of a world, as INSERT … SELECT: `pick`, `chance`, `one_of` draw from a row's own number."""

from dataclasses import dataclass
from datetime import date
from functools import partial

FORCES = 43  # the members of each group
ASKS_A_REPORT = 50
PHRASES = 4096


@dataclass(frozen=True)
class World:
    """How large it is, and which of the worlds of that size."""

    asks: int = 200_000
    addressees: int = 1_000_000
    seed: int = 1
    # The day after which nothing is known of it: checks end here.
    today: date = date(2026, 11, 25)

    @property
    def reports(self) -> int:
        return max(4, self.asks // ASKS_A_REPORT)

    @property
    def bodies(self) -> int:
        return max(FORCES + 17, self.asks // 100)

    @property
    def groups(self) -> int:
        return max(1, self.bodies // 100)


def _series(what: str, count: int, *, drafts: int = 0, on: str = "date '2014-01-02'") -> str:
    """Rows 1 to `count` with the times at which each was made and, but for some drafts, published."""
    return f"""(
        SELECT n, pg_temp.morning({on}, n) AS made,
               CASE WHEN NOT pg_temp.chance(n, 1, {drafts}) THEN pg_temp.morning({on}, n) END AS published,
               p.words AS phrase, more.words AS other_phrase
        FROM generate_series(1::bigint, {count}) n
        JOIN phrase p ON p.number = pg_temp.pick(n, 2, {PHRASES})
        JOIN phrase more ON more.number = pg_temp.pick(n, 3, {PHRASES})
    ) AS {what}"""


def _span(name: str, day: str, *, vague: str = "false") -> dict[str, str]:
    """The three columns of a date: the day, or where `vague` only its month."""
    first = f"date_trunc('month', {day})::date"
    return {
        f"{name}_earliest": f"CASE WHEN {vague} THEN {first} ELSE {day} END",
        f"{name}_latest": f"CASE WHEN {vague} THEN ({first} + interval '1 month')::date - 1 ELSE {day} END",
        f"{name}_precision": f"CASE WHEN {day} IS NULL THEN '' WHEN {vague} THEN 'month' ELSE 'day' END",
    }


Rows = list[tuple[str, str, dict[str, str]]]
CHECKED = {"verification": "'excerpt'"}


def rows_of(world: World) -> Rows:
    """The tables in the order in which they are filled; one without columns is a table for the statements after it."""
    return [
        *_around(world),
        *_asked(world),
        *_addressed(world),
        *_answered(world),
        *_done(world),
        *_besides(world),
        *_contested(),
    ]


def _around(world: World) -> Rows:
    """Sources, bodies, groups, regimes, themes. Source 1 is of the bodies; each report and letter has its own."""
    forces, speakers = world.groups * FORCES, world.bodies - world.groups
    kinds = "'{government_department,inspectorate,commissioner,coroner,nhs_body,ngo,local_authority,company,other}'"
    names = """'{Office,"The Office",Ministry,HM Inspectorate,"\\"New\\" Llŷn Board"}'"""
    sourced = {**CHECKED, "source_id": "1"}
    return [
        ("Source", _series("s", world.reports + 1), {
            "id": "n", "ref": "'source-' || n", "kind": "CASE WHEN n = 1 THEN 'reference' ELSE 'page' END",
            "title": "left(phrase, 80)", "url": "'https://example.org/' || n",
            "publisher": "'Publisher ' || mod(n, 40)",
            "archived_url": "CASE WHEN pg_temp.chance(n, 4, 30) THEN 'https://archive.example/' || n ELSE '' END",
            **_span("dated", "(CASE WHEN n > 1 THEN date '2014-01-01' + pg_temp.pick(n, 5, 4600) END)",
                    vague="pg_temp.chance(n, 6, 10)"),
        }),
        ("Group", _series("g", world.groups), {
            **sourced, "id": "n", "ref": "'group-' || n", "name": "'Chiefs of region ' || n",
            "members_called": "CASE mod(n, 3) WHEN 0 THEN 'bodies' ELSE 'forces' END",
        }),
        ("Body", _series("b", world.bodies, drafts=1), {
            **sourced, "id": "n", "ref": "'body-' || n",
            "published_at": f"CASE WHEN n > {speakers} THEN made ELSE published END",
            "name": f"""CASE WHEN n <= {forces} THEN 'Force ' || n WHEN n > {speakers} THEN 'National Council ' || n
                        ELSE pg_temp.one_of(n, 7, {names}) || ' ' || n END""",
            "kind": f"""CASE WHEN n <= {forces} THEN 'police_force' WHEN n > {speakers} THEN 'national_policing_body'
                        ELSE pg_temp.one_of(n, 8, {kinds}) END""",
            "other_names": f"CASE WHEN n > {speakers} OR pg_temp.chance(n, 9, 5) THEN ARRAY['Other name', 'NC' || n]"
                           " ELSE '{}' END",
            "speaks_for_id": f"CASE WHEN n > {speakers} THEN n - {speakers} END",
            "parent_id": f"CASE WHEN n BETWEEN {forces + 2} AND {speakers} AND pg_temp.chance(n, 10, 20)"
                         f" THEN {forces + 1} END",
            "ended_on": f"CASE WHEN {_ended('n', speakers)} THEN date '2022-04-01' END",
            "successor_id": f"CASE WHEN {_ended('n', speakers)} THEN n + 1 END",
        }),
        ("Membership", f"""{_series('m', forces)}""", {
            "id": "n", "ref": "'group-' || (1 + (n - 1) / 43) || '/body-' || n", "group_id": "1 + (n - 1) / 43",
            "body_id": "n",
        }),
        ("Regime", _series("r", 5), {
            **sourced, "id": "n", "ref": "'regime-' || n", "name": "'Rule ' || n", "kind": "'period'", "amount": "56",
            "unit": "'calendar_days'", "counting": "'exclusive'", "strength": "'statutory'", "automatic": "true",
            "counts_on": "(ARRAY['', 'received', 'published', 'written', 'received'])[n]",
            "published_at": "CASE WHEN n < 5 THEN published END",
        }),
        ("Theme", _series("t", 40), {
            "id": "n", "ref": "'theme-' || n", "name": "'Theme ' || n",
            "published_at": "CASE WHEN n > 1 THEN published END",
        }),
    ]  # fmt: skip


def _ended(n: str, speakers: int) -> str:
    return f"({n} < {speakers} AND pg_temp.chance({n}, 11, 2))"


def _asked(world: World) -> Rows:
    """Reports and asks. Of twenty asks one has two limbs, the two that follow it."""
    asked = "(date '2014-01-02' + pg_temp.pick(1 + (n - 1) / 50, 20, 4690))"
    dated = asked.replace("1 + (n - 1) / 50", "n")
    number = "(mod(n - 1, 50) + 1 - CASE WHEN mod(n, 20) IN (2, 3) THEN mod(n, 20) - 1 ELSE 0 END)"
    limb = "(ARRAY['', 'review', 'firewall'])[CASE WHEN mod(n, 20) IN (2, 3) THEN mod(n, 20) ELSE 1 END]"
    regime = "CASE WHEN pg_temp.chance(n, 21, {percent}) THEN 1 + pg_temp.pick(n, 22, 5) END"
    fact = {**CHECKED, "id": "n"}
    return [
        ("Report", _series("r", world.reports, drafts=3, on=dated), {
            **fact, "ref": "'report-' || n", "title": "left(phrase, 120)", "source_id": "n + 1",
            "kind": "pg_temp.one_of(n, 23, '{inspection_report,coroner_report,select_committee_report,act}')",
            "regime_id": regime.format(percent=60), **_span("dated", dated, vague="pg_temp.chance(n, 24, 5)"),
        }),
        ("Publisher", _series("p", world.reports), {
            "report_id": "n", "body_id": f"1 + pg_temp.pick(n, 25, {world.bodies})", "position": "0",
        }),
        ("Recommendation", _series("a", world.asks, drafts=3, on=asked), {
            **fact, "ref": f"'report-' || (1 + (n - 1) / 50) || '/' || {number} || CASE WHEN {limb} > ''"
                           f" THEN '-' || {limb} ELSE '' END",
            "report_id": "1 + (n - 1) / 50", "source_id": "2 + (n - 1) / 50", "number": f"{number}::text", "limb": limb,
            "part_of_id": f"CASE WHEN {limb} > '' THEN n - mod(n, 20) + 1 END", "position": "mod(n - 1, 50) + 1",
            "kind": "CASE WHEN pg_temp.chance(n, 26, 80) THEN 'recommendation' ELSE"
                    " pg_temp.one_of(n, 27, '{action,commitment,duty}') END",
            "title": "left(phrase, 90)", "text": "phrase || ' ' || other_phrase", "quote": "''",
            **_span("asked", asked, vague="pg_temp.chance(n, 28, 3)"),
            "answer_due_on": f"CASE WHEN pg_temp.chance(n, 29, 10) THEN {asked} + 60 END",
            "answer_regime_id": regime.format(percent=10), "act_by_kind": "'no_date'",
            "delivered_by_id": f"CASE WHEN pg_temp.chance(n, 30, 5) THEN 1 + pg_temp.pick(n, 31, {world.bodies}) END",
            "offered_instead_of_id": "CASE WHEN n > 60 AND pg_temp.chance(n, 32, 1) THEN n - 55 END",
        }),
        ("RecommendationTheme", f"{_series('t', world.asks)}, generate_series(0, 1) AS i", {
            "recommendation_id": "n", "theme_id": "1 + mod(pg_temp.pick(n, 33, 20) + 20 * i, 40)", "position": "i",
        }),
        ("Link", f"{_series('l', world.asks, drafts=5, on=asked)} WHERE n > 200 AND pg_temp.chance(n, 34, 3)", {
            "id": "n", "ref": "'link-' || n", "recommendation_id": "n",
            "other_id": "n - 101 - pg_temp.pick(n, 35, 90)",
            "kind": "CASE WHEN mod(n, 4) = 0 THEN 'depends_on' ELSE 'repeats' END",
            "relation": "CASE WHEN mod(n, 4) = 0 THEN ''"
                        " ELSE pg_temp.one_of(n, 36, '{same,wider,narrower,fallback}') END",
        }),
    ]  # fmt: skip


def _addressed(world: World) -> Rows:
    """Most asks are put to one body, some to a few, one in eleven to all forces of a region."""
    source = f"""(
        SELECT put.*, row_number() OVER (ORDER BY ask, i) AS n,
               CASE WHEN NOT pg_temp.chance(ask * 64 + i, 40, 2) THEN made END AS published
        FROM (
            SELECT a.id AS ask, a.ref AS ask_ref, a.updated_at AS made, a.asked_latest AS asked, i, size,
                   CASE WHEN size = {FORCES} THEN 1 + pg_temp.pick(a.id, 41, {world.groups}) END AS via,
                   CASE WHEN size = {FORCES} THEN pg_temp.pick(a.id, 41, {world.groups}) * {FORCES} + i
                        ELSE 1 + mod((power(pg_temp.pick(a.id, 42, 1000000) / 1e6, 3) * {world.bodies})::bigint
                                     + i * 7 + {world.groups * FORCES}, {world.bodies}) END AS body
            FROM tracker_recommendation a, LATERAL (SELECT pg_temp.pick(a.id, 43, 100) AS draw) d, LATERAL (
                SELECT CASE WHEN draw < 55 THEN 1 WHEN draw < 80 THEN 2 + pg_temp.pick(a.id, 44, 2)
                            WHEN draw < 91 THEN 4 + pg_temp.pick(a.id, 44, 5) ELSE {FORCES} END AS size
            ) s, generate_series(1, size) i
            WHERE mod(a.id, 20) <> 1
        ) put ORDER BY n LIMIT {world.addressees}
    ) AS put JOIN tracker_body b ON b.id = put.body"""
    due = "(CASE WHEN pg_temp.chance(ask, 45, 65) THEN asked + 56 + pg_temp.pick(ask, 46, 20) END)"
    moved = "CASE WHEN pg_temp.chance(n, 47, 4) THEN pg_temp.pick(n, 48, 60) + 5 ELSE 0 END"
    act = "(CASE WHEN pg_temp.chance(ask, 49, 25) THEN asked + 180 + pg_temp.pick(ask, 50, 400) END)"
    return [
        ("Addressee", source, {
            "id": "n", "ref": "ask_ref || '/' || b.ref", "recommendation_id": "ask", "body_id": "body",
            "published_at": "published", "updated_at": "made", "via_group_id": "via",
            "duty_holder_id": "CASE WHEN b.ended_on IS NOT NULL AND pg_temp.chance(n, 51, 60) THEN b.successor_id END",
            "first_answer_due_on": due, "answer_due_on": f"{due} + {moved}",
            "answer_due_basis": f"CASE WHEN {due} IS NULL THEN '' ELSE '56 days after ' || asked || ', \"so\".' END",
            "answer_due_strength": f"CASE WHEN {due} IS NULL THEN '' ELSE"
                                   " pg_temp.one_of(ask, 52, '{statutory,convention,stated}') END",
            "first_act_by": act, "act_by": act,
            "act_by_basis": f"CASE WHEN {act} IS NULL THEN '' ELSE 'Within some months.' END",
            "under_review_since": f"CASE WHEN pg_temp.chance(n, 53, 2) THEN date '{world.today}' - 3 END",
        }),
    ]  # fmt: skip


def _letters(world: World) -> str:
    """Own letters (one a body and report answers all that it was asked there, one in nine has a second), and those
    of a national body for a region.
    """
    own = """
        SELECT report, body, NULL::bigint AS for_group, nth
        FROM (SELECT DISTINCT r.report_id AS report, a.body_id AS body
              FROM tracker_addressee a JOIN tracker_recommendation r ON r.id = a.recommendation_id) pairs,
             generate_series(1, 2) AS nth
        WHERE pg_temp.chance(report * 100003 + body, 60, 52) AND (nth = 1 OR pg_temp.chance(body * 7 + report, 61, 11))
    """
    behalf = f"""
        SELECT DISTINCT r.report_id, a.via_group_id + {world.bodies - world.groups}, a.via_group_id, 1
        FROM tracker_addressee a JOIN tracker_recommendation r ON r.id = a.recommendation_id
        WHERE a.via_group_id IS NOT NULL AND pg_temp.chance(r.report_id * 31 + a.via_group_id, 62, 60)
    """
    return f"""(
        SELECT l.*, p.words AS phrase, made, CASE WHEN NOT pg_temp.chance(l.n, 63, 2) THEN made END AS published
        FROM (SELECT row_number() OVER (ORDER BY report, body, for_group NULLS FIRST, nth) AS n, letter.*,
                     rep.dated_latest + 7 + pg_temp.pick(report * 977 + body, 64, 150) + (nth - 1) * 200 AS day
              FROM ({own} UNION ALL {behalf}) letter JOIN tracker_report rep ON rep.id = report) l
        JOIN phrase p ON p.number = pg_temp.pick(l.n, 65, {PHRASES}),
             LATERAL (SELECT pg_temp.morning(day + 3, l.n) AS made) m
    ) AS letter"""


def _answered(world: World) -> Rows:
    letters, first = "letter", world.reports + 1
    day = "(CASE WHEN NOT pg_temp.chance(n, 66, 5) THEN day END)"
    received = f"(CASE WHEN pg_temp.chance(n, 67, 40) THEN {day} + 4 END)"
    shown = f"(CASE WHEN pg_temp.chance(n, 68, 60) THEN {day} + 9 END)"
    vague = "pg_temp.chance(n, 69, 4)"
    given = """(
        SELECT row_number() OVER (ORDER BY r.id, a.id) AS n, r.id AS response, a.id AS addressee, a.body_id AS body,
               r.on_behalf_of_group_id IS NOT NULL AS on_behalf, r.kind = 'holding' AS holding, r.updated_at AS made,
               CASE WHEN NOT pg_temp.chance(r.id + a.id * 64, 70, 3) THEN r.updated_at END AS published,
               r.answered_latest AS day, report, a.recommendation_id AS ask
        FROM tracker_response r JOIN letter ON letter.n = r.id
        JOIN tracker_recommendation q ON q.report_id = report
        JOIN tracker_addressee a ON a.recommendation_id = q.id
             AND CASE WHEN r.on_behalf_of_group_id IS NULL THEN a.body_id = r.author_id
                      ELSE a.via_group_id = r.on_behalf_of_group_id END
        WHERE pg_temp.chance(r.id * 3 + a.id, 71, 92)
    ) AS given"""
    position = (
        "(CASE WHEN holding THEN '' ELSE pg_temp.one_of(response * 5 + ask, 72, '{accepted,accepted,accepted,"
        "accepted_in_principle,partially_accepted,already_in_place,rejected,rejected,disputed,noted,deferred,"
        "refers_elsewhere,not_applicable,unclear,unread}') END)"
    )
    return [
        (letters, _letters(world), {}),
        ("Source", letters, {
            "id": f"n + {first}", "ref": "'letter-' || n", "kind": "'letter'", "title": "left(phrase, 80)",
            "url": "'https://letters.example/' || n", "publisher": "'Body ' || body",
            **_span("dated", day, vague=vague),
        }),
        ("Response", letters, {
            **CHECKED, "id": "n", "ref": "'response-' || n", "source_id": f"n + {first}", "title": "left(phrase, 100)",
            "kind": "CASE WHEN nth = 2 THEN 'update' WHEN pg_temp.chance(n, 73, 8) THEN 'holding' ELSE 'formal' END",
            "author_id": "body", "on_behalf_of_group_id": "for_group",
            **_span("written", day, vague=vague), **_span("received", received), **_span("published", shown),
        }),
        ("JointAuthor", "tracker_response r WHERE on_behalf_of_group_id IS NULL AND pg_temp.chance(id, 74, 4)", {
            "response_id": "id", "body_id": f"1 + mod(author_id + 3, {world.bodies})", "position": "0",
        }),
        ("Answer", given, {
            "id": "n", "ref": "'answer-' || n", "response_id": "response", "addressee_id": "addressee",
            "on_behalf": "on_behalf", "holding": "holding", "position": position, "recorded_at": "made",
            "basis": "CASE WHEN pg_temp.chance(n, 75, 60) THEN 'their_words' ELSE 'our_reading' END",
            "reason": f"CASE WHEN {position} IN ('rejected', 'partially_accepted') THEN pg_temp.one_of(n, 76,"
                      " '{evidence,resources,law,not_our_remit,alternative_offered,none_given}') ELSE '' END",
            "conditions": "CASE WHEN pg_temp.chance(n, 77, 8) THEN 'If money is found.' ELSE '' END",
            "summary": f"(SELECT words FROM phrase WHERE phrase.number = pg_temp.pick(given.n, 78, {PHRASES}))",
            "quote": "CASE WHEN pg_temp.chance(n, 79, 20) THEN 'We \"agree\".' || chr(10) || 'So\\—ŷ.' ELSE '' END",
            "waits_for": f"CASE WHEN {position} = 'deferred' THEN 'the review of ' || report ELSE '' END",
            "waits_for_report_id": f"CASE WHEN {position} = 'deferred' AND pg_temp.chance(n, 80, 50)"
                                   f" THEN 1 + pg_temp.pick(n, 81, {world.reports}) END",
            "wait_ended_on": f"CASE WHEN {position} = 'deferred' AND pg_temp.chance(n, 82, 30) THEN day + 90 END",
            "points_to_id": f"CASE WHEN {position} = 'refers_elsewhere'"
                            f" THEN 1 + pg_temp.pick(n, 83, {world.bodies}) END",
            "alternative_id": f"CASE WHEN pg_temp.chance(n, 84, 3) THEN 1 + pg_temp.pick(n, 85, {world.asks}) END",
            "decision": "CASE WHEN pg_temp.chance(n, 86, 15) THEN 'decision-' || report ELSE '' END",
        }),
    ]  # fmt: skip


def _about(percent: int, salt: int, *, drafts: int = 3, more: str = "true") -> str:
    """Some of the addressees, with the day on which something was said of them."""
    return f"""(
        SELECT a.*, r.asked_latest AS asked, row_number() OVER (ORDER BY a.id) AS n,
               day, pg_temp.morning(day + 1, a.id) AS made,
               CASE WHEN NOT pg_temp.chance(a.id, {salt + 1}, {drafts})
                    THEN pg_temp.morning(day + 1, a.id) END AS published
        FROM tracker_addressee a JOIN tracker_recommendation r ON r.id = a.recommendation_id,
             LATERAL (SELECT r.asked_latest + 70 + pg_temp.pick(a.id, {salt + 2}, 700) AS day) d
        WHERE pg_temp.chance(a.id, {salt}, {percent}) AND {more}
    ) AS about"""


def _done(world: World) -> Rows:
    """What was done, moved dates, checks, and silences that two people confirmed."""
    fact = {"id": "n", "addressee_id": "id"}
    sourced = {**CHECKED, "source_id": f"2 + pg_temp.pick(id, 90, {world.reports})"}
    pair = ["(SELECT min(id) FROM tracker_user)", "(SELECT max(id) FROM tracker_user)"]
    return [
        ("Assessment", f"{_about(16, 100)}, generate_series(0, 1) AS twice WHERE twice = 0 OR mod(id, 3) = 0", {
            **fact, **sourced, "id": "n * 2 + twice", "ref": "'assessment-' || (n * 2 + twice)",
            "view": "pg_temp.one_of(id + twice, 103, '{claimed,claimed,independent,affected,verdict}')",
            "implementation": "pg_temp.one_of(id + twice, 104, '{not_started,in_progress,stalled,implemented,"
                              "superseded,partially_implemented,not_implemented,withdrawn}')",
            **_span("assessed", "(day + twice * 30)", vague="pg_temp.chance(id, 105, 20)"),
            "made_by_id": f"CASE WHEN mod(id, 2) = 0 THEN 1 + pg_temp.pick(id, 106, {world.bodies}) END",
            "summary": "'Seen on the spot.'",
        }),
        ("Extension", _about(4, 110, more="first_answer_due_on IS NOT NULL"), {
            **fact, **sourced, "ref": "'extension-' || n", "clock": "'answer'", "old_on": "first_answer_due_on",
            "until_on": "first_answer_due_on + 5 + pg_temp.pick(id, 113, 200)",
            **_span("granted", "(asked + 40)", vague="pg_temp.chance(id, 114, 10)"), "reason": "'Asked for more time.'",
        }),
        ("Check", _about(14, 120), {
            **fact, "ref": "'check-' || n", "clock": "CASE WHEN mod(id, 5) = 0 THEN 'act' ELSE 'answer' END",
            "checked_on": f"CASE WHEN mod(id, 3) = 0 THEN date '{world.today}' - pg_temp.pick(id, 124, 160)"
                          " ELSE day END",
            "where_looked": "'On its site.'",
            "finding": "CASE WHEN pg_temp.chance(id, 123, 85) THEN 'nothing' ELSE 'found' END",
        }),
        ("Silence", """(SELECT *, updated_at AS made, published_at AS published FROM tracker_check
                        WHERE clock = 'answer' AND finding = 'nothing' AND pg_temp.chance(id, 130, 25)) AS c""", {
            "id": "id", "ref": "'silence-' || id", "addressee_id": "addressee_id", "found_by_id": "id",
            "told_on": "checked_on + 1", "told_how": "'By letter.'", "answer_by": "checked_on + 15",
            "proposed_by_id": pair[0], "seconded_by_id": f"CASE WHEN published_at IS NOT NULL THEN {pair[1]} END",
        }),
    ]  # fmt: skip


def _besides(world: World) -> Rows:
    """What happened around the asks, and claims that are contested."""
    events, claims = max(4, world.reports // 4), max(4, world.reports // 10)
    fact = {**CHECKED, "id": "n", "source_id": "1 + n"}
    body = f"1 + pg_temp.pick(n, {{salt}}, {world.bodies})"
    part = partial(_series, "p")
    return [
        ("Development", _series("d", events, drafts=5), {
            **fact, "ref": "'development-' || n", "title": "left(phrase, 80)", "summary": "phrase",
            "kind": "pg_temp.one_of(n, 140, '{parliament,statistic,reminder,statement}')",
            **_span("happened", "(CASE WHEN mod(n, 6) > 0 THEN date '2016-01-01' + pg_temp.pick(n, 141, 3900) END)"),
        }),
        ("DevelopmentBody", part(events), {"development_id": "n", "body_id": body.format(salt=142), "position": "0"}),
        ("DevelopmentRecommendation", part(events), {
            "development_id": "n", "recommendation_id": f"1 + pg_temp.pick(n, 143, {world.asks})", "position": "0",
        }),
        ("Claim", _series("c", claims, drafts=5), {
            **fact, "ref": "'claim-' || n", "text": "phrase", "report_id": f"1 + pg_temp.pick(n, 144, {world.reports})",
        }),
        ("ClaimMaker", part(claims), {"claim_id": "n", "body_id": body.format(salt=145), "position": "0"}),
        ("ClaimContester", part(claims), {"claim_id": "n", "body_id": body.format(salt=146), "position": "0"}),
    ]  # fmt: skip


def _contested() -> Rows:
    """What bodies and those affected contest: records, readings of answers, responses, asks; some of it settled.

    One in a hundred is about a response as a whole, which often answers for eighty addressees.
    """
    source = f"""{_about(2, 150)} LEFT JOIN LATERAL (
        SELECT id AS answer, response_id AS response FROM tracker_answer WHERE addressee_id = about.id
        ORDER BY id LIMIT 1
    ) said ON true, LATERAL (
        SELECT CASE WHEN mod(n, 4) = 0 THEN 'recommendation' WHEN mod(n, 4) = 1 AND answer IS NOT NULL THEN 'answer'
                    WHEN mod(n, 100) = 2 AND answer IS NOT NULL THEN 'response' ELSE 'addressee' END AS what
    ) w"""
    return [
        ("Challenge", source, {
            "id": "n", "ref": "'challenge-' || n", "about": "what",
            "addressee_id": "CASE WHEN what IN ('addressee', 'answer') THEN id END",
            "recommendation_id": "CASE WHEN what = 'recommendation' THEN recommendation_id END",
            "answer_id": "CASE WHEN what = 'answer' THEN answer END",
            "response_id": "CASE WHEN what = 'response' THEN response END",
            "by_whom": "CASE WHEN mod(n, 3) = 0 THEN 'affected' ELSE 'body' END",
            "body_id": "CASE WHEN mod(n, 3) <> 0 THEN body_id END", "came_by": "'letter'", "received_on": "day",
            "words": "'It is \"wrong\".'", "reply": "CASE WHEN mod(n, 5) > 2 THEN 'We looked.' ELSE '' END",
            "outcome": "CASE mod(n, 5) WHEN 3 THEN 'upheld' WHEN 4 THEN 'not_upheld' ELSE '' END",
            "settled_on": "CASE WHEN mod(n, 5) > 2 THEN day + 20 END",
        }),
    ]  # fmt: skip
