"""The SQL of the views for people: statements with everything by name, decisions by annotator.

Made for reading with other SQLite programs; the program itself never reads them. What migrations
run of this is never changed afterwards: a better view gets a new migration.
"""

# Merged actors stand under whom they were merged into. A ring of merges, which nothing makes, ends
# because UNION drops what was seen; its actors stand for themselves.
_ACTOR_NAME = """
CREATE VIEW actor_name AS
WITH RECURSIVE chain (id, stands_for) AS (
    SELECT id, id FROM actor
    UNION SELECT chain.id, actor.merged_into FROM chain JOIN actor ON actor.id = chain.stands_for
    WHERE actor.merged_into IN (SELECT id FROM actor)
), settled AS (
    SELECT chain.id, last.id AS stands_for, last.name, last.kind, last.speaks_for
    FROM chain JOIN actor AS last ON last.id = chain.stands_for
    WHERE last.merged_into IS NULL OR last.merged_into NOT IN (SELECT id FROM actor)
)
SELECT id, stands_for, name, kind, speaks_for FROM settled
UNION ALL SELECT id, id, name, kind, speaks_for FROM actor WHERE id NOT IN (SELECT id FROM settled);
"""

_TOPIC_NAME = """
CREATE VIEW topic_name AS
SELECT json_extract(topic.value, '$.id') AS id,
    json_extract(area.value, '$.name') || ' › ' || json_extract(topic.value, '$.name') AS name
FROM setting, json_each(setting.value, '$.area') AS area, json_each(area.value, '$.topic') AS topic
WHERE setting.key = 'scheme';
"""

_STATEMENTS = """
CREATE VIEW statements_by_name AS
WITH named (id, name) AS MATERIALIZED (SELECT id, name FROM actor_name),
    topic_named (id, name) AS MATERIALIZED (SELECT id, name FROM topic_name)
SELECT
    article.id AS article, article.title, article.outlet, article.published,
    layer.kind AS layer, layer.annotator, layer.state,
    statement.id AS statement, statement.decision, statement.kind,
    (SELECT group_concat(part.text, ' … ') FROM (
        SELECT text FROM statement_span WHERE layer = layer.id AND statement = statement.id ORDER BY n
    ) AS part) AS content,
    statement.cue,
    CASE WHEN statement.not_stated THEN 'not stated' ELSE (
        SELECT group_concat(part.who, '; ') FROM (
            SELECT COALESCE(named.name, speaker.actor, speaker.text) AS who
            FROM speaker LEFT JOIN named ON named.id = speaker.actor
            WHERE speaker.layer = layer.id AND speaker.statement = statement.id
                AND speaker.part = 'speaker' ORDER BY speaker.n
        ) AS part
    ) END AS speaker,
    (SELECT text FROM speaker WHERE layer = layer.id AND statement = statement.id
        AND part = 'speaker' AND text IS NOT NULL LIMIT 1) AS speaker_words,
    (SELECT COALESCE(named.name, speaker.actor, speaker.text)
        FROM speaker LEFT JOIN named ON named.id = speaker.actor
        WHERE speaker.layer = layer.id AND speaker.statement = statement.id
            AND speaker.part = 'via') AS via,
    CASE WHEN statement.no_target THEN 'none' ELSE (
        SELECT group_concat(part.who, '; ') FROM (
            SELECT COALESCE(named.name, target.actor, target.text)
                || COALESCE(' (' || target.role || ')', '') AS who
            FROM target LEFT JOIN named ON named.id = target.actor
            WHERE target.layer = layer.id AND target.statement = statement.id ORDER BY target.n
        ) AS part
    ) END AS targets,
    CASE WHEN statement.no_topic THEN 'none' ELSE (
        SELECT group_concat(part.name, '; ') FROM (
            SELECT COALESCE(topic_named.name, topic.topic) AS name
            FROM topic LEFT JOIN topic_named ON topic_named.id = topic.topic
            WHERE topic.layer = layer.id AND topic.statement = statement.id ORDER BY topic.n
        ) AS part
    ) END AS topics,
    statement.act, statement.confidence, statement.note,
    statement.decided_by, statement.decided_at, statement.suggester, statement.score,
    statement.start_cp, statement.end_cp
FROM statement
JOIN layer ON layer.id = statement.layer
JOIN article ON article.id = layer.article
ORDER BY article.number, layer.kind, layer.annotator, statement.start_cp, statement.end_cp;
"""

_DECISIONS = """
CREATE VIEW decisions_by_annotator AS
WITH article_counts AS (
    SELECT annotator, COUNT(*) AS articles, SUM(state = 'done') AS done
    FROM layer WHERE kind = 'human' GROUP BY annotator
), statement_counts AS (
    SELECT layer.annotator, SUM(statement.decision <> 'suggested') AS decided,
        SUM(statement.decision = 'confirmed') AS confirmed,
        SUM(statement.decision = 'corrected') AS corrected,
        SUM(statement.decision = 'rejected') AS rejected,
        SUM(statement.suggester IS NULL AND statement.decision <> 'suggested') AS by_hand,
        MIN(statement.decided_at) AS first, MAX(statement.decided_at) AS last,
        ROUND(AVG(statement.seconds), 1) AS mean_seconds
    FROM statement JOIN layer ON layer.id = statement.layer
    WHERE layer.kind = 'human' GROUP BY layer.annotator
)
SELECT article_counts.annotator, articles, done,
    COALESCE(decided, 0) AS decided, COALESCE(confirmed, 0) AS confirmed,
    COALESCE(corrected, 0) AS corrected, COALESCE(rejected, 0) AS rejected,
    COALESCE(by_hand, 0) AS by_hand, first, last, mean_seconds
FROM article_counts LEFT JOIN statement_counts USING (annotator)
ORDER BY article_counts.annotator;
"""

FIRST_VIEWS = _ACTOR_NAME + _TOPIC_NAME + _STATEMENTS + _DECISIONS
