-- What happened in a partnership, and when?
-- Its launch and end, who joined and left, and the events that belong to it. Change the identifier.
WITH asked AS (SELECT 'partnership:solar-energy' AS id)
SELECT t."date", t.what, t.name
FROM timeline t
WHERE t.row_id IN (SELECT id FROM asked)
   OR t.row_id IN (SELECT membership_id FROM memberships WHERE partnership_id IN (SELECT id FROM asked))
   OR t.row_id IN (SELECT subject_id FROM links WHERE object_id IN (SELECT id FROM asked))
ORDER BY t.earliest NULLS LAST, t.latest, t."date", t.what, t.name;
