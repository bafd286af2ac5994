-- Which countries work together most?
-- Pairs of countries by the number of partnerships in which regions of both are.
SELECT least(a.country_code, b.country_code) AS country, greatest(a.country_code, b.country_code) AS other,
    count(DISTINCT x.partnership_id) AS partnerships, count(DISTINCT x.region_id || y.region_id) AS region_pairs
FROM region_members x
JOIN region_members y ON y.partnership_id = x.partnership_id AND y.region_id > x.region_id
JOIN regions a ON a.region_id = x.region_id
JOIN regions b ON b.region_id = y.region_id
WHERE a.country_code <> b.country_code
GROUP BY 1, 2
ORDER BY partnerships DESC, region_pairs DESC, country, other;
