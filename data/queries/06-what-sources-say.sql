-- What do sources say about a partnership, in their own words?
-- Every quote about it, who is in it, what it belongs to, aims at and counts. Change the identifier.
WITH asked AS (SELECT 'partnership:s3-community-of-practice' AS id),
facts AS (
    SELECT id AS row_id, 'the partnership' AS about FROM asked
    UNION ALL
    SELECT m.membership_id, m.role || ': ' || e.name
    FROM memberships m JOIN entities e ON e.entity_id = m.participant_id WHERE m.partnership_id IN (SELECT id FROM asked)
    UNION ALL
    SELECT l.link_id, s.name || ' ' || replace(l.relation, '_', ' ') || ' ' || o.name
    FROM links l JOIN entities s ON s.entity_id = l.subject_id JOIN entities o ON o.entity_id = l.object_id
    WHERE l.subject_id IN (SELECT id FROM asked) OR l.object_id IN (SELECT id FROM asked)
    UNION ALL
    SELECT agenda_id, kind FROM agenda WHERE subject_id IN (SELECT id FROM asked)
    UNION ALL
    SELECT figure_id, measure || ': ' || value FROM figures WHERE subject_id IN (SELECT id FROM asked)
)
SELECT f.about, e.column_name AS "column", e.value, e.quote, coalesce(e.source_url, d.url, e.document_id) AS source, e.confidence
FROM facts f
JOIN evidence e ON e.row_id = f.row_id
JOIN documents d ON d.document_id = e.document_id
WHERE f.about <> 'the partnership' OR e.column_name <> 'name'
ORDER BY f.about, e.column_name NULLS FIRST, e.confidence DESC, source, e.start_offset, e.evidence_id;
