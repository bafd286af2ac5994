-- Which programmes pay for or frame what?
-- Links from partnerships, programmes and events to the programme behind them.
SELECT f.name AS programme, l.relation, count(*) AS things, string_agg(s.name, '; ' ORDER BY s.name, s.entity_id) AS what
FROM links l
JOIN programmes f ON f.programme_id = l.object_id
JOIN entities s ON s.entity_id = l.subject_id
GROUP BY f.programme_id, f.name, l.relation
ORDER BY things DESC, programme, l.relation;
