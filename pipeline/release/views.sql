-- Views of the published file. SQL that DuckDB 1 parses too: no lambdas.

CREATE VIEW best_evidence AS
SELECT * EXCLUDE (place) FROM (
    SELECT *, row_number() OVER (
        PARTITION BY table_name, row_id
        ORDER BY (column_name IS NULL) DESC, (column_name = 'name'), preferred DESC, confidence DESC, document_id, start_offset, evidence_id
    ) AS place
    FROM evidence
) WHERE place = 1;
COMMENT ON VIEW best_evidence IS 'The strongest quote of every row; a bare name only where there is no other.';

CREATE VIEW members AS
SELECT * FROM memberships
WHERE role IN ('lead', 'member') AND (status IS NULL OR status = 'current');
COMMENT ON VIEW members IS 'Leads and members only: not former, planned or invited, no initiators or contributors.';

CREATE VIEW partnership_members AS
SELECT
    m.membership_id, m.partnership_id, p.name AS partnership, p.platform,
    m.participant_id, e.name AS participant, m.participant_kind, m.role, m.role_text, m.status,
    coalesce(r.nuts_code, acts.nuts_code, seat.nuts_code) AS nuts_code,
    coalesce(r.name_en, r.name, acts.name_en, acts.name, seat.name_en, seat.name) AS region,
    coalesce(r.country_code, o.country_code, acts.country_code, seat.country_code) AS country_code,
    m.since, m.since_earliest, m.since_latest, m.until, m.until_earliest, m.until_latest
FROM memberships m
JOIN partnerships p ON p.partnership_id = m.partnership_id
JOIN entities e ON e.entity_id = m.participant_id
LEFT JOIN regions r ON r.region_id = m.participant_id
LEFT JOIN organisations o ON o.organisation_id = m.participant_id
LEFT JOIN regions acts ON acts.region_id = o.acts_for_region_id
LEFT JOIN regions seat ON seat.region_id = o.region_id;
COMMENT ON VIEW partnership_members IS 'Memberships with names, NUTS codes (an organisation has those of the territory it acts for, else of its seat), countries and dates.';

CREATE VIEW region_members AS
SELECT m.participant_id AS region_id, CAST(NULL AS VARCHAR) AS through_id, m.partnership_id, m.role
FROM members m WHERE m.participant_kind = 'region'
UNION
SELECT o.acts_for_region_id, o.organisation_id, m.partnership_id, m.role
FROM members m JOIN organisations o ON o.organisation_id = m.participant_id
WHERE o.acts_for_region_id IS NOT NULL;
COMMENT ON VIEW region_members IS 'Regions in partnerships, themselves or through the authority that acts for them (through_id).';

CREATE VIEW region_profile AS
SELECT
    r.region_id, r.name, r.name_en, r.nuts_code, r.country_code, p.partnership_id, p.name AS partnership, p.platform,
    string_agg(DISTINCT m.role, '; ' ORDER BY m.role) AS roles,
    string_agg(DISTINCT through.name, '; ' ORDER BY through.name) AS through,
    (SELECT string_agg(other, '; ' ORDER BY other) FROM (
        SELECT DISTINCT e.name AS other FROM members x JOIN entities e ON e.entity_id = x.participant_id
        LEFT JOIN organisations o ON o.organisation_id = x.participant_id
        WHERE x.partnership_id = p.partnership_id AND x.participant_id <> r.region_id
        AND (o.acts_for_region_id IS NULL OR o.acts_for_region_id <> r.region_id)
    )) AS partners
FROM region_members m
JOIN regions r ON r.region_id = m.region_id
JOIN partnerships p ON p.partnership_id = m.partnership_id
LEFT JOIN entities through ON through.entity_id = m.through_id
GROUP BY ALL;
COMMENT ON VIEW region_profile IS 'Each partnership of a region, with its roles and partners; its authorities count for it.';

CREATE VIEW timeline AS
SELECT * FROM (
    SELECT launched AS "date", launched_earliest AS earliest, launched_latest AS latest, 'launched' AS what, partnership_id AS row_id, name FROM partnerships
    UNION ALL SELECT ended, ended_earliest, ended_latest, 'ended', partnership_id, name FROM partnerships
    UNION ALL SELECT launched, launched_earliest, launched_latest, 'launched', programme_id, name FROM programmes
    UNION ALL SELECT ended, ended_earliest, ended_latest, 'ended', programme_id, name FROM programmes
    UNION ALL SELECT starts, starts_earliest, starts_latest, 'starts', event_id, name FROM events
    UNION ALL SELECT ends, ends_earliest, ends_latest, 'ends', event_id, name FROM events
    UNION ALL SELECT since, since_earliest, since_latest, 'joined', membership_id, participant || ' in ' || partnership FROM partnership_members
    UNION ALL SELECT until, until_earliest, until_latest, 'left', membership_id, participant || ' in ' || partnership FROM partnership_members
    UNION ALL SELECT published, published_earliest, published_latest, 'published', document_id, coalesce(title, path) FROM documents
) WHERE "date" IS NOT NULL
ORDER BY earliest NULLS LAST, latest, "date", row_id, what;
COMMENT ON VIEW timeline IS 'Everything dated, in order; dates without a year come last.';

CREATE VIEW co_membership AS
SELECT a.region_id AS region_id, b.region_id AS other_id, x.name AS region, y.name AS other, count(DISTINCT a.partnership_id) AS partnerships
FROM region_members a
JOIN region_members b ON b.partnership_id = a.partnership_id AND b.region_id > a.region_id
JOIN regions x ON x.region_id = a.region_id
JOIN regions y ON y.region_id = b.region_id
GROUP BY a.region_id, b.region_id, x.name, y.name;
COMMENT ON VIEW co_membership IS 'Pairs of regions and in how many partnerships both are.';

CREATE VIEW conflicts AS
SELECT e.table_name, e.row_id, e.column_name, e.value, e.preferred, e.document_id, e.start_offset, e.end_offset, e.quote, e.confidence
FROM evidence e
JOIN (
    SELECT table_name, row_id, column_name FROM evidence
    WHERE column_name IS NOT NULL AND value IS NOT NULL
    GROUP BY table_name, row_id, column_name HAVING count(DISTINCT value) > 1
) c ON c.table_name = e.table_name AND c.row_id = e.row_id AND c.column_name = e.column_name
WHERE e.value IS NOT NULL
ORDER BY e.table_name, e.row_id, e.column_name, e.preferred DESC, e.value, e.evidence_id;
COMMENT ON VIEW conflicts IS 'Values on which sources disagree, side by side; preferred marks the one that the row shows.';

CREATE VIEW flat_memberships AS
SELECT m.*, b.quote, b.inferred, b.confidence, b.document_id, d.title AS document_title, coalesce(b.source_url, d.url) AS url
FROM partnership_members m
LEFT JOIN best_evidence b ON b.table_name = 'memberships' AND b.row_id = m.membership_id
LEFT JOIN documents d ON d.document_id = b.document_id;
COMMENT ON VIEW flat_memberships IS 'Memberships with names, codes and the strongest quote.';

CREATE VIEW flat_partnerships AS
SELECT
    p.*, l.leads, coalesce(n.members, 0) AS members, b.quote, b.confidence, b.document_id,
    d.title AS document_title, coalesce(b.source_url, d.url) AS document_url
FROM partnerships p
LEFT JOIN (
    SELECT partnership_id, string_agg(participant, '; ' ORDER BY participant) AS leads
    FROM (SELECT DISTINCT partnership_id, participant FROM partnership_members
          WHERE role = 'lead' AND (status IS NULL OR status = 'current'))
    GROUP BY partnership_id
) l ON l.partnership_id = p.partnership_id
LEFT JOIN (
    SELECT partnership_id, count(DISTINCT participant_id) AS members FROM members GROUP BY partnership_id
) n ON n.partnership_id = p.partnership_id
LEFT JOIN best_evidence b ON b.table_name = 'partnerships' AND b.row_id = p.partnership_id
LEFT JOIN documents d ON d.document_id = b.document_id;
COMMENT ON VIEW flat_partnerships IS 'Partnerships with leads, number of members and the strongest quote.';

CREATE VIEW s3_partnerships AS
SELECT
    f.partnership_id, f.name, f.acronym, f.kind, f.platform, f.launched, f.ended, f.leads, f.members,
    f.quote AS first_quote, f.document_id AS first_document_id, b.start_offset, b.end_offset
FROM flat_partnerships f
LEFT JOIN best_evidence b ON b.table_name = 'partnerships' AND b.row_id = f.partnership_id
WHERE f.is_s3;
COMMENT ON VIEW s3_partnerships IS 'Partnerships of smart specialisation: platform, leads, number of members, first quote.';

CREATE MACRO sources_of(row_key) AS TABLE
SELECT e.column_name, e.value, e.preferred, e.quote, e.document_id, e.start_offset, e.end_offset, e.zone, e.rule,
    e.inferred, e.confidence, coalesce(e.source_url, d.url) AS url
FROM evidence e LEFT JOIN documents d ON d.document_id = e.document_id
WHERE e.row_id = row_key
ORDER BY e.column_name NULLS FIRST, e.preferred DESC, e.confidence DESC, e.document_id, e.start_offset, e.evidence_id;
