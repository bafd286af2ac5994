-- How do the thematic platforms compare?
-- Partnerships, regions and countries of each platform; a region counts also through the authority that acts for it.
SELECT p.platform, count(DISTINCT p.partnership_id) AS partnerships,
    count(DISTINCT m.region_id) AS regions, count(DISTINCT r.country_code) AS countries,
    count(DISTINCT m.region_id) FILTER (m.role = 'lead') AS leading_regions
FROM partnerships p
LEFT JOIN region_members m ON m.partnership_id = p.partnership_id
LEFT JOIN regions r ON r.region_id = m.region_id
WHERE p.platform IS NOT NULL AND p.kind = 'thematic_partnership'
GROUP BY p.platform
ORDER BY partnerships DESC, p.platform;
