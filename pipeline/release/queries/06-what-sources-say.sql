-- What do sources say about a partnership, in their own words?
-- Every quote behind its row, where it stands and how sure the reading is. Change the identifier.
SELECT column_name AS about, value, preferred, quote, coalesce(url, document_id) AS source, confidence
FROM sources_of('partnership:s3-community-of-practice')
ORDER BY about NULLS FIRST, preferred DESC, confidence DESC, source, start_offset, quote;
