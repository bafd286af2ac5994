// The tables of partnerships, regions, organisations, events and documents.
import {
  attendeesOf, conflicting, country, documents, evidenceIn, events, leadsOf, memberCount, membershipsOf, names, organisations,
  partnerships, partsOfRegion, regions, shownName, total, page, type Document, type Event, type Organisation, type Partnership,
  type Region,
} from "./data";
import { viewOf } from "./router";
import { Code, Dot, Platform, PLATFORMS, Sources, To, Web } from "./parts";
import { Table, type Col, type Filter } from "./table";
import { count, countryName, date, label, languageName, LEVELS } from "./words";

const known = (id: string) => (names.get(id) ?? []).map((n) => n.name).join(" ");
const list = (ids: string[]) => ids.map((id, i) => <span key={id}>{i > 0 && ", "}<To id={id} /></span>);

/** Says how much of a table the page holds, where that is not all. */
export function Held({ table }: { table: keyof typeof page.tables }) {
  const held = page.tables[table].rows;
  return held === total(table) ? null
    : <p class="note">This page holds {count(held)} of {count(total(table))} rows, those with most connections. The files of the release hold all.</p>;
}

export function Partnerships() {
  const rows = [...partnerships.values()];
  const columns: Col<Partnership>[] = [
    { key: "name", title: "Partnership", value: (p) => p.name, cell: (p) => <><span class="narrowed"><Dot platform={p.platform} /></span><a href={viewOf(p.partnership_id)}>{p.name}</a>{p.acronym && p.acronym !== p.name && <span class="muted"> {p.acronym}</span>}</> },
    { key: "platform", title: "Platform", minor: true, value: (p) => label("platform", p.platform), cell: (p) => <Platform of={p.platform} /> },
    { key: "kind", title: "Kind", minor: true, value: (p) => label("partnership", p.kind), cell: (p) => <Code of={p.kind} in="partnership" /> },
    { key: "leads", title: "Leads", minor: true, value: (p) => leadsOf(p.partnership_id).map(shownName).sort().join(", "), cell: (p) => list(leadsOf(p.partnership_id)) },
    { key: "members", title: "Members", number: true, value: (p) => memberCount(p.partnership_id) },
    { key: "launched", title: "Launched", minor: true, value: (p) => p.launched, cell: (p) => <span class="nowrap">{date(p.launched)}</span> },
    { key: "quotes", title: "Evidence", number: true, minor: true, value: (p) => evidence(p.partnership_id), cell: (p) => <Sources row={p.partnership_id} /> },
  ];
  const filters: Filter<Partnership>[] = [
    { key: "platform", label: "Platform", any: "All platforms", value: (p) => p.platform ?? "none", shown: (c) => c === "none" ? "No platform" : label("platform", c), order: [...PLATFORMS, "none"] },
    { key: "kind", label: "Kind", any: "All kinds", value: (p) => p.kind, shown: (c) => label("partnership", c) },
    { key: "s3", label: "Smart specialisation", any: "All", value: (p) => p.is_s3 === true ? "yes" : "no", shown: (c) => c === "yes" ? "S3 partnerships" : "Others", order: ["yes", "no"] },
    { key: "claims", label: "Sources", any: "All", value: (p) => conflicting(p.partnership_id).size ? "disagree" : null, shown: () => "Disagree" },
  ];
  return <><h1>Partnerships</h1>
    <p class="lede">Named collaborations: thematic platforms and partnerships, networks, communities, pilots, pacts and
      projects. Members are those in it as lead or member now, as far as sources say.</p>
    <Held table="partnerships" />
    <Table name="" caption="Partnerships" rows={rows} columns={columns} filters={filters} sort="-members" id={(p) => p.partnership_id}
      search={(p) => `${p.name} ${p.acronym ?? ""} ${known(p.partnership_id)} ${leadsOf(p.partnership_id).map(shownName).join(" ")}`} /></>;
}

const evidence = (row: string) => page.tables.evidence.rows ? (counted.get(row) ?? 0) : 0;
const counted = new Map<string, number>();
for (const rows of evidenceIn.values()) for (const e of rows) counted.set(e.row_id, (counted.get(e.row_id) ?? 0) + 1);

export function Regions() {
  const parts = (r: Region) => partsOfRegion.get(r.region_id)?.size ?? 0;
  const leads = (r: Region) => [...(partsOfRegion.get(r.region_id)?.values() ?? [])].filter((p) => p.roles.has("lead")).length;
  const columns: Col<Region>[] = [
    { key: "name", title: "Region", value: (r) => r.name_en ?? r.name, cell: (r) => <><a href={viewOf(r.region_id)}>{r.name_en ?? r.name}</a>{r.name_en && r.name_en !== r.name && <span class="muted"> {r.name}</span>}</> },
    { key: "nuts", title: "NUTS", value: (r) => r.nuts_code, cell: (r) => <code>{r.nuts_code}</code> },
    { key: "level", title: "Level", minor: true, value: (r) => r.nuts_level, cell: (r) => r.nuts_level === null ? "" : LEVELS[r.nuts_level] },
    { key: "country", title: "Country", minor: true, value: (r) => countryName(r.country_code) },
    { key: "partnerships", title: "Partnerships", number: true, value: parts },
    { key: "leads", title: "Leads", number: true, minor: true, value: leads },
    { key: "quotes", title: "Evidence", number: true, minor: true, value: (r) => evidence(r.region_id), cell: (r) => <Sources row={r.region_id} /> },
  ];
  const filters: Filter<Region>[] = [
    { key: "country", label: "Country", any: "All countries", value: (r) => r.country_code, shown: countryName },
    { key: "level", label: "Level", any: "All levels", value: (r) => r.nuts_level === null ? "none" : String(r.nuts_level), shown: (c) => LEVELS[Number(c)] ?? "Without a code", order: ["0", "1", "2", "3", "none"] },
    { key: "in", label: "Partnerships", any: "All regions", value: (r) => parts(r) ? "some" : "none", shown: (c) => c === "some" ? "In a partnership" : "In none", order: ["some", "none"] },
  ];
  return <><h1>Regions</h1>
    <p class="lede">Territories from countries to NUTS 3. A region's partnerships include those of the authority that acts for it.</p>
    <Held table="regions" />
    <Table name="" caption="Regions" rows={[...regions.values()]} columns={columns} filters={filters} sort="-partnerships" id={(r) => r.region_id}
      search={(r) => `${r.name} ${r.name_en ?? ""} ${r.nuts_code ?? ""} ${countryName(r.country_code)} ${known(r.region_id)}`} /></>;
}

export function Organisations() {
  const parts = (o: Organisation) => new Set((membershipsOf.get(o.organisation_id) ?? []).map((m) => m.partnership_id)).size;
  const columns: Col<Organisation>[] = [
    { key: "name", title: "Organisation", value: (o) => o.name, cell: (o) => <><a href={viewOf(o.organisation_id)}>{o.name}</a>{o.acronym && o.acronym !== o.name && <span class="muted"> {o.acronym}</span>}</> },
    { key: "kind", title: "Kind", value: (o) => label("organisation", o.kind), cell: (o) => <Code of={o.kind} in="organisation" /> },
    { key: "country", title: "Country", minor: true, value: (o) => countryName(country(o.organisation_id)) },
    { key: "region", title: "Region", minor: true, value: (o) => { const id = o.acts_for_region_id ?? o.region_id; return id && shownName(id); }, cell: (o) => { const id = o.acts_for_region_id ?? o.region_id; return id && <To id={id} />; } },
    { key: "partnerships", title: "Partnerships", number: true, value: parts },
    { key: "quotes", title: "Evidence", number: true, minor: true, value: (o) => evidence(o.organisation_id), cell: (o) => <Sources row={o.organisation_id} /> },
  ];
  const filters: Filter<Organisation>[] = [
    { key: "kind", label: "Kind", any: "All kinds", value: (o) => o.kind ?? "none", shown: (c) => c === "none" ? "Not stated" : label("organisation", c) },
    { key: "country", label: "Country", any: "All countries", value: (o) => country(o.organisation_id), shown: countryName },
  ];
  return <><h1>Organisations</h1>
    <p class="lede">Authorities, universities, clusters, companies, institutions and networks that documents name.</p>
    <Held table="organisations" />
    <Table name="" caption="Organisations" rows={[...organisations.values()]} columns={columns} filters={filters} sort="-partnerships" id={(o) => o.organisation_id}
      search={(o) => `${o.name} ${o.acronym ?? ""} ${countryName(o.country_code)} ${known(o.organisation_id)}`} /></>;
}

export function Events() {
  const columns: Col<Event>[] = [
    { key: "name", title: "Event", value: (e) => e.name, cell: (e) => <a href={viewOf(e.event_id)}>{e.name}</a> },
    { key: "starts", title: "Date", value: (e) => e.starts, cell: (e) => <span class="nowrap">{date(e.starts)}</span> },
    { key: "kind", title: "Kind", minor: true, value: (e) => label("event", e.kind), cell: (e) => <Code of={e.kind} in="event" /> },
    { key: "place", title: "Place", minor: true, value: (e) => [e.place, countryName(e.country_code)].filter(Boolean).join(", ") },
    { key: "mode", title: "Mode", minor: true, value: (e) => label("mode", e.mode), cell: (e) => <Code of={e.mode} in="mode" /> },
    { key: "people", title: "Named there", number: true, value: (e) => new Set((attendeesOf.get(e.event_id) ?? []).map((a) => a.participant_id)).size },
    { key: "quotes", title: "Evidence", number: true, minor: true, value: (e) => evidence(e.event_id), cell: (e) => <Sources row={e.event_id} /> },
  ];
  const filters: Filter<Event>[] = [
    { key: "kind", label: "Kind", any: "All kinds", value: (e) => e.kind ?? "none", shown: (c) => c === "none" ? "Not stated" : label("event", c) },
    { key: "year", label: "Year", any: "All years", value: (e) => e.starts && !e.starts.startsWith("XXXX") ? e.starts.slice(0, 4) : "none", shown: (c) => c === "none" ? "Year not given" : c },
    { key: "mode", label: "Mode", any: "All modes", value: (e) => e.mode, shown: (c) => label("mode", c) },
  ];
  return <><h1>Events</h1>
    <p class="lede">Meetings with their dates, places and those named as organisers, hosts, speakers or participants.</p>
    <Held table="events" />
    <Table name="" caption="Events" rows={[...events.values()]} columns={columns} filters={filters} sort="-starts" id={(e) => e.event_id}
      search={(e) => `${e.name} ${e.place ?? ""} ${countryName(e.country_code)} ${known(e.event_id)}`} /></>;
}

export function Documents() {
  const columns: Col<Document>[] = [
    { key: "title", title: "Document", value: (d) => d.title ?? d.path, cell: (d) => <a href={viewOf(`document:${d.document_id}`)}>{d.title ?? d.path}</a> },
    { key: "language", title: "Language", value: (d) => languageName(d.language) },
    { key: "url", title: "Address", minor: true, value: (d) => d.url, cell: (d) => d.url && <Web href={d.url}>{host(d.url)}</Web> },
    { key: "published", title: "Published", minor: true, value: (d) => d.published, cell: (d) => date(d.published) },
    { key: "characters", title: "Characters", number: true, minor: true, value: (d) => d.characters, cell: (d) => count(d.characters) },
    { key: "quotes", title: "Quotes", number: true, value: (d) => evidenceIn.get(d.document_id)?.length ?? 0, cell: (d) => count(evidenceIn.get(d.document_id)?.length ?? 0) },
  ];
  return <><h1>Sources</h1>
    <p class="lede">The documents that everything rests on, and registers of facts that were read at public addresses.</p>
    <Held table="documents" />
    <Table name="" caption="Documents" rows={[...documents.values()]} columns={columns} sort="-quotes" id={(d) => d.document_id}
      filters={[{ key: "language", label: "Language", any: "All languages", value: (d) => d.language, shown: languageName },
        { key: "status", label: "Status", any: "All", value: (d) => d.status, shown: (c) => c === "read" ? "Read" : "Set aside" }]}
      search={(d) => `${d.title ?? ""} ${d.path} ${d.url ?? ""}`} /></>;
}

const host = (url: string) => { try { return new URL(url).hostname.replace(/^www\./, ""); } catch { return url; } };
