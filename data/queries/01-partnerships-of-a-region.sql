-- Which partnerships is Lapland in, and who says so?
-- A region counts as in a partnership also where the authority that acts for it is. For another region change the name.
SELECT p.partnership, p.roles, p.through, e.quote, coalesce(e.source_url, d.url, e.document_id) AS source, e.confidence
FROM region_profile p
JOIN memberships m ON m.partnership_id = p.partnership_id
LEFT JOIN organisations o ON o.organisation_id = m.participant_id
JOIN best_evidence e ON e.table_name = 'memberships' AND e.row_id = m.membership_id
JOIN documents d ON d.document_id = e.document_id
WHERE p.name_en = 'Lapland' AND p.region_id IN (m.participant_id, o.acts_for_region_id)
ORDER BY p.partnership, e.confidence DESC, e.evidence_id;
