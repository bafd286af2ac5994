-- Which regions lead most partnerships?
-- Led by the region itself or by a body that acts for it; former, planned and invited leads do not count.
SELECT coalesce(r.name_en, r.name) AS region, r.nuts_code, r.country_code AS country,
    count(DISTINCT m.partnership_id) AS leads, string_agg(DISTINCT p.name, '; ' ORDER BY p.name) AS partnerships
FROM region_members m
JOIN regions r ON r.region_id = m.region_id
JOIN partnerships p ON p.partnership_id = m.partnership_id
WHERE m.role = 'lead'
GROUP BY r.region_id, r.name_en, r.name, r.nuts_code, r.country_code
ORDER BY leads DESC, region;
