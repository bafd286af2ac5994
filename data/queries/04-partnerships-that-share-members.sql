-- Which partnerships share members?
-- Pairs of S3 partnerships by the number of participants that are in both.
SELECT a.name AS partnership, b.name AS other, count(DISTINCT e.entity_id) AS shared,
    string_agg(DISTINCT e.name, '; ' ORDER BY e.name) AS participants
FROM members x
JOIN members y ON y.participant_id = x.participant_id AND y.partnership_id > x.partnership_id
JOIN partnerships a ON a.partnership_id = x.partnership_id AND a.is_s3
JOIN partnerships b ON b.partnership_id = y.partnership_id AND b.is_s3
JOIN entities e ON e.entity_id = x.participant_id
GROUP BY a.partnership_id, a.name, b.partnership_id, b.name
HAVING count(DISTINCT e.entity_id) > 1
ORDER BY shared DESC, partnership, other;
