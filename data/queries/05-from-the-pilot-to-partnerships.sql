-- Who of the pilot on industrial transition is in thematic partnerships now?
-- Regions of the pilot with the thematic partnerships they are in, and since when where a source says so.
SELECT coalesce(r.name_en, r.name) AS region, r.nuts_code, count(DISTINCT p.partnership_id) AS partnerships,
    string_agg(DISTINCT p.name, '; ' ORDER BY p.name) AS thematic_partnerships
FROM region_members pilot
JOIN regions r ON r.region_id = pilot.region_id
LEFT JOIN region_members m ON m.region_id = pilot.region_id
    AND m.partnership_id IN (SELECT partnership_id FROM partnerships WHERE kind = 'thematic_partnership')
LEFT JOIN partnerships p ON p.partnership_id = m.partnership_id
WHERE pilot.partnership_id = 'partnership:pilot-action-regions-in-industrial-transition'
GROUP BY r.region_id, r.name_en, r.name, r.nuts_code
ORDER BY partnerships DESC, region;
