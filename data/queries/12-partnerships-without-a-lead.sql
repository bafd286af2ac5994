-- Which thematic partnerships have no lead that a source names?
-- That no source read here names one does not mean that there is none.
SELECT p.name AS partnership, p.platform, p.members, p.url
FROM flat_partnerships p
WHERE p.kind = 'thematic_partnership' AND p.leads IS NULL
ORDER BY p.members DESC, partnership;
