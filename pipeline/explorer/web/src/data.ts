// The release as the page holds it: tables by column become rows, rows become indexes. Nothing here draws.

type Cell = string | number | boolean | null;
type Column = Cell[] | { of: Cell[]; is: number[] };
interface Packed { rows: number; columns: Record<string, Column> }

export type Kind = "partnership" | "region" | "organisation" | "programme" | "event";
export interface Entity { entity_id: string; entity_kind: Kind; name: string; documents: number; mentions: number }
export interface Partnership {
  partnership_id: string; name: string; acronym: string | null; kind: string | null; platform: string | null;
  is_s3: boolean | null; launched: string | null; ended: string | null; url: string | null;
}
export interface Region {
  region_id: string; name: string; name_en: string | null; nuts_code: string | null; nuts_edition: number | null;
  nuts_level: number | null; country_code: string | null; parent_id: string | null; x: number | null; y: number | null;
}
export interface Organisation {
  organisation_id: string; name: string; acronym: string | null; kind: string | null; country_code: string | null;
  region_id: string | null; acts_for_region_id: string | null; partnership_id: string | null; url: string | null;
  ror_id: string | null; wikidata_id: string | null;
}
export interface Programme {
  programme_id: string; name: string; acronym: string | null; kind: string | null; launched: string | null;
  ended: string | null; url: string | null;
}
export interface Event {
  event_id: string; name: string; kind: string | null; edition: number | null; starts: string | null;
  ends: string | null; start_time: string | null; end_time: string | null; timezone: string | null;
  mode: string | null; place: string | null; country_code: string | null; region_id: string | null;
}
export interface Membership {
  membership_id: string; partnership_id: string; participant_id: string; participant_kind: Kind; role: string;
  role_text: string | null; since: string | null; until: string | null; status: string | null; as_of: string | null;
}
export interface Attendance {
  attendance_id: string; event_id: string; participant_id: string; participant_kind: Kind; role: string;
  role_text: string | null; on_behalf_of_id: string | null; status: string | null;
}
export interface Link { link_id: string; subject_id: string; relation: string; object_id: string }
export interface Agenda {
  agenda_id: string; subject_id: string; kind: string; position: number; text: string; language: string | null;
}
export interface Figure {
  figure_id: string; subject_id: string | null; subject_text: string | null; measure: string; value: number;
  unit: string | null; qualifier: string | null; as_of: string | null;
}
export interface Name { entity_id: string; name: string; language: string | null; kind: string }
export interface Document {
  document_id: string; path: string; media_type: string | null; language: string | null; title: string | null;
  url: string | null; published: string | null; licence: string | null; characters: number; status: string;
  problem: string | null; sha256: string;
}
export interface Evidence {
  table_name: string; row_id: string; column_name: string | null; value: string | null; preferred: boolean;
  document_id: string; start_offset: number; end_offset: number; zone: string; rule: string; inferred: boolean;
  confidence: number; source_url: string | null; page: number | null; passage: number; start: number; end: number;
}
interface Tables {
  entities: Entity; partnerships: Partnership; regions: Region; organisations: Organisation; programmes: Programme;
  events: Event; memberships: Membership; attendances: Attendance; links: Link; agenda: Agenda; figures: Figure;
  names: Name; documents: Document; evidence: Evidence;
}
export interface Score {
  precision: number | null; recall: number | null; f1: number | null; f1_interval: [number, number] | null;
  annotated: number;
}
interface Page {
  tables: Record<keyof Tables, Packed>;
  totals: Record<string, number>;
  passages: [string, number, string][];
  codes: Record<string, Record<string, string>>;
  map: { width: number; height: number; union: string; others: string; borders: string };
  release: {
    version: string; date: string; licence: string; schema: string;
    files: Record<string, { rows: number | null; bytes?: number; sha256?: string; tables_sha256?: string }>;
    attribution: string[];
  };
  accuracy: {
    documents: number; languages: number; calibration_error: number | null; kinds: Record<string, Score>;
  } | null;
  share: number;
}

export const page: Page = JSON.parse(document.getElementById("data")!.textContent!);

function rows<K extends keyof Tables>(name: K): Tables[K][] {
  const { rows: count, columns } = page.tables[name];
  const readers = Object.entries(columns).map(([column, packed]) =>
    [column, Array.isArray(packed) ? (i: number) => packed[i]! : (i: number) => packed.of[packed.is[i]!]!] as const);
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(readers.map(([column, read]) => [column, read(i)])) as unknown as Tables[K]);
}

function by<T>(all: T[], key: (row: T) => string | null): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of all) {
    const value = key(row);
    if (value === null) continue;
    const group = found.get(value);
    if (group) group.push(row); else found.set(value, [row]);
  }
  return found;
}

const one = <T,>(all: T[], key: (row: T) => string) => new Map(all.map((row) => [key(row), row]));

export const entities = one(rows("entities"), (r) => r.entity_id);
export const partnerships = one(rows("partnerships"), (r) => r.partnership_id);
export const regions = one(rows("regions"), (r) => r.region_id);
export const organisations = one(rows("organisations"), (r) => r.organisation_id);
export const programmes = one(rows("programmes"), (r) => r.programme_id);
export const events = one(rows("events"), (r) => r.event_id);
export const documents = one(rows("documents"), (r) => r.document_id);
export const memberships = rows("memberships");
export const attendances = rows("attendances");
export const links = rows("links");
export const agenda = by(rows("agenda"), (r) => r.subject_id);
const everyFigure = rows("figures");
export const figures = by(everyFigure, (r) => r.subject_id);
export const names = by(rows("names"), (r) => r.entity_id);
export const membersOf = by(memberships, (r) => r.partnership_id);
export const membershipsOf = by(memberships, (r) => r.participant_id);
export const attendancesOf = by(attendances, (r) => r.participant_id);
export const attendancesFor = by(attendances, (r) => r.on_behalf_of_id);
export const attendeesOf = by(attendances, (r) => r.event_id);
export const linksFrom = by(links, (r) => r.subject_id);
export const linksTo = by(links, (r) => r.object_id);
export const inside = by([...regions.values()], (r) => r.parent_id);
export const actingFor = by([...organisations.values()], (r) => r.acts_for_region_id);
export const seatedIn = by([...organisations.values()], (r) => r.region_id);
/** Facts by their identifier. */
export const facts = {
  membership: one(memberships, (r) => r.membership_id), attendance: one(attendances, (r) => r.attendance_id),
  link: one(links, (r) => r.link_id), agenda: one([...agenda.values()].flat(), (r) => r.agenda_id),
  figure: one(everyFigure, (r) => r.figure_id),
};
const evidence = rows("evidence");
export const evidenceOf = by(evidence, (r) => r.row_id);
export const evidenceIn = by(evidence, (r) => r.document_id);

export const name = (id: string): string => entities.get(id)?.name ?? id.slice(id.indexOf(":") + 1);

/** A region's English name where there is one; other things by their name. */
export const shownName = (id: string): string => regions.get(id)?.name_en ?? name(id);

/** In the partnership as lead or member, and not former, planned or only invited: as the view `members` has it. */
export const isMember = (m: Membership): boolean =>
  (m.role === "lead" || m.role === "member") && (m.status === null || m.status === "current");

/** The territory a participant stands for: itself, or the one an organisation acts for, or else its seat. */
export function territory(id: string): Region | undefined {
  const body = organisations.get(id);
  return regions.get(id) ?? regions.get(body?.acts_for_region_id ?? body?.region_id ?? "");
}

export const country = (id: string): string | null =>
  regions.get(id)?.country_code ?? organisations.get(id)?.country_code ?? territory(id)?.country_code ?? null;

export const memberCount = (partnership: string): number =>
  new Set((membersOf.get(partnership) ?? []).filter(isMember).map((m) => m.participant_id)).size;

export const leadsOf = (partnership: string): string[] =>
  [...new Set((membersOf.get(partnership) ?? []).filter((m) => m.role === "lead" && isMember(m))
    .map((m) => m.participant_id))];

export interface Part { partnership: string; roles: Set<string>; through: Set<string>; rows: Membership[] }

/** Partnerships of each region, its authorities counted for it: as the view `region_members` has it. */
export const partsOfRegion: Map<string, Map<string, Part>> = new Map();
for (const m of memberships) {
  if (!isMember(m)) continue;
  const acting = organisations.get(m.participant_id)?.acts_for_region_id;
  const region = regions.has(m.participant_id) ? m.participant_id : acting;
  if (!region) continue;
  const parts = partsOfRegion.get(region) ?? new Map<string, Part>();
  partsOfRegion.set(region, parts);
  const part = parts.get(m.partnership_id) ??
    { partnership: m.partnership_id, roles: new Set(), through: new Set(), rows: [] };
  parts.set(m.partnership_id, part);
  part.roles.add(m.role);
  part.rows.push(m);
  if (m.participant_id !== region) part.through.add(m.participant_id);
}

/** Regions that share partnerships with a region, most first. */
export function partnersOf(region: string, among?: Set<string>): { region: string; shared: string[] }[] {
  const mine = [...(partsOfRegion.get(region)?.keys() ?? [])].filter((p) => !among || among.has(p));
  const found = [...partsOfRegion].filter(([other]) => other !== region)
    .map(([other, parts]) => ({ region: other, shared: mine.filter((p) => parts.has(p)) }))
    .filter(({ shared }) => shared.length);
  return found.sort((a, b) => b.shared.length - a.shared.length || (a.region < b.region ? -1 : 1));
}

/** Evidence of a row, or of one of its columns, or of it in one document; strongest first. */
export function sources(row: string, column?: string, within?: string): Evidence[] {
  const all = evidenceOf.get(row) ?? [];
  const chosen = all.filter((e) => (column === undefined || e.column_name === column) && (!within || e.document_id === within));
  return [...chosen].sort((a, b) => Number(b.preferred) - Number(a.preferred) || b.confidence - a.confidence ||
    (a.document_id < b.document_id ? -1 : a.document_id > b.document_id ? 1 : a.start_offset - b.start_offset));
}

/** Columns of a row on which its sources give more than one value: as the view `conflicts` has it. */
export function conflicting(row: string): Set<string> {
  const values = new Map<string, Set<string>>();
  for (const e of evidenceOf.get(row) ?? []) {
    if (e.column_name === null || e.value === null) continue;
    values.set(e.column_name, (values.get(e.column_name) ?? new Set()).add(e.value));
  }
  return new Set([...values].filter(([, found]) => found.size > 1).map(([column]) => column));
}

export const total = (table: string): number => page.totals[table] ?? 0;
/** Tables of which the page holds only a part. */
export const partial = (Object.keys(page.tables) as (keyof Tables)[])
  .filter((table) => table !== "entities" && page.tables[table].rows < total(table));
