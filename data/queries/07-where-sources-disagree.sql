-- Where do sources disagree?
-- Values of one column that differ between quotes; `preferred` is the one that the row shows. Names, and the dates of the statements, are left out.
SELECT c.row_id AS "row", c.column_name AS "column", c.value, c.preferred, c.quote, c.document_id AS document, c.confidence
FROM conflicts c
WHERE c.column_name NOT IN ('name', 'as_of')
ORDER BY "row", "column", c.preferred DESC, c.value, c.document_id, c.quote;
