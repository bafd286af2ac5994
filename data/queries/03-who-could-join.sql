-- Which regions could join a partnership, given whom its members work with elsewhere?
-- Regions outside it, by how many of its members they already meet in other thematic partnerships. Change the name.
WITH asked AS (SELECT partnership_id FROM partnerships WHERE name = 'High Tech Farming'),
inside AS (SELECT DISTINCT region_id FROM region_members WHERE partnership_id IN (SELECT partnership_id FROM asked)),
elsewhere AS (
    SELECT DISTINCT m.region_id, m.partnership_id
    FROM region_members m JOIN partnerships p ON p.partnership_id = m.partnership_id
    WHERE p.kind = 'thematic_partnership' AND m.partnership_id NOT IN (SELECT partnership_id FROM asked)
)
SELECT coalesce(r.name_en, r.name) AS region, r.nuts_code, count(DISTINCT known.region_id) AS members_met,
    count(DISTINCT theirs.partnership_id) AS in_partnerships,
    string_agg(DISTINCT coalesce(k.name_en, k.name), '; ' ORDER BY coalesce(k.name_en, k.name)) AS members
FROM elsewhere theirs
JOIN elsewhere known ON known.partnership_id = theirs.partnership_id AND known.region_id IN (SELECT region_id FROM inside)
JOIN regions r ON r.region_id = theirs.region_id
JOIN regions k ON k.region_id = known.region_id
WHERE theirs.region_id NOT IN (SELECT region_id FROM inside)
GROUP BY r.region_id, r.name_en, r.name, r.nuts_code
ORDER BY members_met DESC, in_partnerships DESC, region;
