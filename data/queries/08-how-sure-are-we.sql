-- How sure are we of who is in a partnership?
-- Members by partnership, the documents and addresses behind them, and the confidence of the best quote of each.
SELECT p.name AS partnership, count(DISTINCT m.membership_id) AS memberships,
    count(DISTINCT coalesce(e.source_url, e.document_id)) AS sources,
    round(avg(b.confidence), 2) AS mean_confidence, min(b.confidence) AS lowest
FROM members m
JOIN partnerships p ON p.partnership_id = m.partnership_id
JOIN evidence e ON e.table_name = 'memberships' AND e.row_id = m.membership_id
JOIN best_evidence b ON b.table_name = 'memberships' AND b.row_id = m.membership_id
GROUP BY p.partnership_id, p.name
ORDER BY lowest, mean_confidence, memberships DESC, partnership;
