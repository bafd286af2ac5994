-- Who was at most events?
-- Organisations and regions by the events at which a source saw them; those only invited or planned do not count.
SELECT e.name AS participant, e.entity_kind AS kind, count(DISTINCT a.event_id) AS events,
    string_agg(DISTINCT a.role, '; ' ORDER BY a.role) AS roles
FROM attendances a JOIN entities e ON e.entity_id = a.participant_id
WHERE a.status IS NULL OR a.status = 'attended'
GROUP BY e.entity_id, e.name, e.entity_kind
ORDER BY events DESC, participant, e.entity_id;
