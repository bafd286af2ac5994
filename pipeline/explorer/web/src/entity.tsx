// The view of one thing: its facts, its place on the map, whom it works with; each fact with its quotes.
import type { ComponentChildren } from "preact";
import {
  actingFor, agenda, attendancesFor, attendancesOf, attendeesOf, country, documents, entities, evidenceIn, events, figures, inside,
  isMember, linksFrom, linksTo, membersOf, membershipsOf, names, organisations, partnersOf, partnerships, partsOfRegion, programmes,
  regions, seatedIn, shownName, sources, territory, type Attendance, type Document, type Event, type Membership, type Organisation,
  type Partnership, type Programme, type Region,
} from "./data";
import { address, viewOf } from "./router";
import { Bar, Code, Fact, Platform, Sources, To, Web } from "./parts";
import { Europe, type Spot } from "./europe";
import { sentence } from "./evidence";
import { Table } from "./table";
import { count, countryName, date, label, languageName, LEVELS, meaning, plural } from "./words";

/** A fact with the quotes of its column; nothing where the release says nothing. */
function Stated({ row, column, term, value, children }: {
  row: string; column: string; term: string; value: unknown; children?: ComponentChildren;
}) {
  if (value === null || value === undefined || value === "") return null;
  return <Fact term={term}>{children ?? String(value)}{" "}<Sources row={row} column={column} of={`${term}: ${value}`} /></Fact>;
}

function Head({ kicker, id, title, children }: { kicker: ComponentChildren; id: string; title: string; children?: ComponentChildren }) {
  return <header class="head"><p class="kicker">{kicker}</p><h1>{title} <Sources row={id} of={title} /></h1>{children}</header>;
}

function Also({ id }: { id: string }) {
  const found = (names.get(id) ?? []).filter((n) => n.name !== entities.get(id)?.name);
  const shown = [...new Map(found.map((n) => [n.name, n])).values()];
  if (!shown.length) return null;
  return <details class="below"><summary>{plural(shown.length, "other name")}</summary>
    <ul class="names">{shown.map((n) => <li key={n.name} lang={n.language ?? undefined}>{n.name}
      <span class="muted"> {[languageName(n.language), label("name", n.kind).toLowerCase()].filter(Boolean).join(", ")}</span></li>)}</ul></details>;
}

function Linked({ id }: { id: string }) {
  const rows = [...(linksFrom.get(id) ?? []).map((l) => ({ l, other: l.object_id, words: l.relation.replaceAll("_", " ") })),
    ...(linksTo.get(id) ?? []).map((l) => ({ l, other: l.subject_id, words: { part_of: "contains", funded_by: "funds", succeeds: "is followed by", supports: "is supported by" }[l.relation] ?? l.relation }))];
  const relations = [...new Set(rows.map((r) => r.words))];
  return <>{relations.map((words) => <Fact key={words} term={words[0]!.toUpperCase() + words.slice(1)}>
    <ul class="plainlist">{rows.filter((r) => r.words === words).map((r) => <li key={r.l.link_id}><To id={r.other} />{" "}
      <Sources row={r.l.link_id} of={`${shownName(id)} ${words} ${shownName(r.other)}`} /></li>)}</ul></Fact>)}</>;
}

function Aims({ id }: { id: string }) {
  const rows = [...(agenda.get(id) ?? [])].sort((a, b) => a.position - b.position);
  const kinds = [...new Set(rows.map((r) => r.kind))];
  return <>{kinds.map((kind) => <section key={kind}><h2 title={meaning("agenda", kind)}>{label("agenda", kind)}s</h2>
    <ol class="aims">{rows.filter((r) => r.kind === kind).map((r) => <li key={r.agenda_id} lang={r.language ?? undefined}>{r.text}{" "}
      <Sources row={r.agenda_id} of={sentence(r.agenda_id)} /></li>)}</ol></section>)}</>;
}

function Figures({ id }: { id: string }) {
  const rows = figures.get(id) ?? [];
  if (!rows.length) return null;
  const words: Record<string, string> = { at_least: "at least ", at_most: "at most ", approximate: "about " };
  const measures = [...new Set(rows.map((f) => f.measure))].sort();
  return <section><h2>What sources count</h2><dl class="facts">{measures.map((measure) => {
    const same = rows.filter((f) => f.measure === measure).sort((a, b) => (a.as_of ?? "").localeCompare(b.as_of ?? "") || a.value - b.value);
    const differ = new Set(same.map((f) => f.value)).size > 1;
    return <Fact key={measure} term={label("measure", measure)}>
      <ul class="inline">{same.map((f) => <li key={f.figure_id}><strong>{words[f.qualifier ?? ""] ?? ""}{count(f.value)}</strong>
        {f.unit ? ` ${f.unit}` : ""}<span class="muted">{f.as_of ? ` as of ${date(f.as_of)}` : ""}</span>{" "}
        <Sources row={f.figure_id} of={sentence(f.figure_id)} /></li>)}</ul>
      {differ && <p class="differ">Sources give different numbers; each is kept with its date where one is given.</p>}
    </Fact>;
  })}</dl></section>;
}

function Identifier({ id }: { id: string }) {
  return <p class="muted small">Identifier <code>{id}</code>; in DuckDB: <code>SELECT * FROM sources_of('{id.replaceAll("'", "''")}');</code></p>;
}

function Attending({ rows, self }: { rows: Attendance[]; self: string }) {
  if (!rows.length) return null;
  return <section><h2>Events</h2>
    <Table name="e" caption={`Events of ${shownName(self)}`} rows={rows} id={(a) => a.attendance_id} sort="-date" columns={[
      { key: "event", title: "Event", value: (a) => shownName(a.event_id), cell: (a) => <To id={a.event_id} /> },
      { key: "date", title: "Date", value: (a) => events.get(a.event_id)?.starts ?? null, cell: (a) => date(events.get(a.event_id)?.starts ?? null) },
      { key: "role", title: "Role", value: (a) => label("attendance_role", a.role), cell: (a) => <><Code of={a.role} in="attendance_role" />{a.participant_id !== self && <> through <To id={a.participant_id} /></>}</> },
      { key: "quotes", title: "Evidence", number: true, value: (a) => sources(a.attendance_id).length, cell: (a) => <Sources row={a.attendance_id} of={sentence(a.attendance_id)} /> },
    ]} /></section>;
}

function PartnershipTable({ rows, self }: { rows: Membership[]; self: string }) {
  if (!rows.length) return null;
  return <section><h2>Partnerships</h2>
    <Table name="p" caption={`Partnerships of ${shownName(self)}`} rows={rows} id={(m) => m.membership_id} sort="name" columns={[
      { key: "name", title: "Partnership", value: (m) => shownName(m.partnership_id), cell: (m) => <To id={m.partnership_id} /> },
      { key: "platform", title: "Platform", minor: true, value: (m) => label("platform", partnerships.get(m.partnership_id)?.platform ?? null), cell: (m) => <Platform of={partnerships.get(m.partnership_id)?.platform ?? null} /> },
      { key: "role", title: "Role", value: (m) => label("role", m.role), cell: (m) => <><Code of={m.role} in="role" />{m.participant_id !== self && <span class="muted"> through <To id={m.participant_id} /></span>}</> },
      { key: "status", title: "Status", minor: true, value: (m) => label("status", m.status), cell: (m) => <Code of={m.status} in="status" /> },
      { key: "as", title: "As of", minor: true, value: (m) => m.as_of, cell: (m) => date(m.as_of) },
      { key: "quotes", title: "Evidence", number: true, value: (m) => sources(m.membership_id).length, cell: (m) => <Sources row={m.membership_id} of={sentence(m.membership_id)} /> },
    ]} /></section>;
}

export function PartnershipView({ of: p }: { of: Partnership }) {
  const id = p.partnership_id;
  const rows = membersOf.get(id) ?? [];
  const spots = new Map<string, Spot>();
  for (const m of [...rows].sort((a, b) => Number(a.role === "lead") - Number(b.role === "lead"))) {
    const region = territory(m.participant_id);
    if (!region || !isMember(m)) continue;
    spots.set(region.region_id, { region, size: m.role === "lead" ? 11 : 7.5, tone: `${p.platform ?? "none"} ${m.role}`,
      title: `${shownName(m.participant_id)}: ${m.role}`, label: m.role === "lead" ? shownName(region.region_id) : undefined });
  }
  const countries = new Set(rows.filter(isMember).map((m) => country(m.participant_id)).filter((c) => c !== null));
  return <>
    <Head id={id} title={p.name} kicker={<><a href="#/partnerships">Partnerships</a>{p.kind && <> · <Code of={p.kind} in="partnership" /></>}</>}>
      {p.acronym && p.acronym !== p.name && <p class="lede">{p.acronym}</p>}</Head>
    <div class="beside even">
      <div>
        <dl class="facts">
          <Stated row={id} column="platform" term="Platform" value={p.platform && label("platform", p.platform)}><Platform of={p.platform} /></Stated>
          <Stated row={id} column="kind" term="Kind" value={p.kind && label("partnership", p.kind)} />
          <Stated row={id} column="launched" term="Launched" value={date(p.launched)} />
          <Stated row={id} column="ended" term="Ended" value={date(p.ended)} />
          <Stated row={id} column="url" term="Website" value={p.url}><Web href={p.url ?? ""} /></Stated>
          <Fact term="Members">{count(new Set(rows.filter(isMember).map((m) => m.participant_id)).size)}
            {countries.size > 0 && <span class="muted"> from {plural(countries.size, "country", "countries")}</span>}</Fact>
          <Linked id={id} />
        </dl>
        <p class="actions"><a href={address(["network"], { node: id })}>Show in the network</a> <a href={address(["map"], { partnership: id })}>Show on the map</a></p>
      </div>
      {spots.size > 0 && <Europe spots={[...spots.values()]} summary={`Map of the ${plural(spots.size, "region")} that members of ${p.name} are from; the table below lists them.`} />}
    </div>
    <section><h2>Who is in it</h2>
      {rows.length ? <Table name="m" caption={`Participants of ${p.name}`} rows={rows} id={(m) => m.membership_id} sort="role"
        filters={[{ key: "role", label: "Role", any: "All roles", value: (m) => m.role, shown: (c) => label("role", c) },
          { key: "country", label: "Country", any: "All countries", value: (m) => country(m.participant_id), shown: countryName }]}
        columns={[
          { key: "name", title: "Participant", value: (m) => shownName(m.participant_id), cell: (m) => <To id={m.participant_id} /> },
          { key: "role", title: "Role", value: (m) => ["lead", "initiator", "member", "contributor"].indexOf(m.role), cell: (m) => <span class={`role ${m.role}`}><Code of={m.role} in="role" /></span> },
          { key: "region", title: "Region", minor: true, value: (m) => { const t = territory(m.participant_id); return t ? shownName(t.region_id) : null; }, cell: (m) => { const t = territory(m.participant_id); return t && t.region_id !== m.participant_id ? <To id={t.region_id} /> : t && <code>{t.nuts_code}</code>; } },
          { key: "country", title: "Country", minor: true, value: (m) => countryName(country(m.participant_id)) },
          { key: "status", title: "Status", minor: true, value: (m) => label("status", m.status), cell: (m) => <Code of={m.status} in="status" /> },
          { key: "since", title: "Since", minor: true, value: (m) => m.since, cell: (m) => date(m.since) },
          { key: "as", title: "As of", minor: true, value: (m) => m.as_of, cell: (m) => date(m.as_of) },
          { key: "quotes", title: "Evidence", number: true, value: (m) => sources(m.membership_id).length, cell: (m) => <Sources row={m.membership_id} of={sentence(m.membership_id)} /> },
        ]} /> : <p class="muted">No source says who is in it.</p>}
    </section>
    <Aims id={id} /><Figures id={id} />
    <Attending rows={attendancesOf.get(id) ?? []} self={id} /><PartnershipTable rows={membershipsOf.get(id) ?? []} self={id} />
    <Also id={id} /><Identifier id={id} />
  </>;
}

export function RegionView({ of: r }: { of: Region }) {
  const id = r.region_id;
  const parts = [...(partsOfRegion.get(id)?.values() ?? [])];
  const partners = partnersOf(id);
  const most = partners[0]?.shared.length ?? 1;
  const direct = membershipsOf.get(id) ?? [];
  const acting = actingFor.get(id) ?? [];
  const all = [...direct, ...acting.flatMap((o) => membershipsOf.get(o.organisation_id) ?? [])];
  const spots: Spot[] = [
    ...partners.map((p): Spot => ({ region: regions.get(p.region)!, size: 3 + 7 * Math.sqrt(p.shared.length / most), tone: "partner", title: `${shownName(p.region)}: ${plural(p.shared.length, "shared partnership")}` })),
    { region: r, size: 11, tone: "self", label: shownName(id), title: shownName(id) },
  ];
  const arcs = partners.slice(0, 40).map((p) => ({ from: r, to: regions.get(p.region)!, weight: 0.6 + (2.4 * p.shared.length) / most }));
  return <>
    <Head id={id} title={shownName(id)} kicker={<><a href="#/regions">Regions</a>{r.country_code && r.nuts_level !== 0 && <> · {countryName(r.country_code)}</>}</>}>
      {r.name !== shownName(id) && <p class="lede">{r.name}</p>}</Head>
    <div class="beside even">
      <div>
        <dl class="facts">
          {r.nuts_code && <Fact term="NUTS code"><code>{r.nuts_code}</code> <span class="muted">edition {r.nuts_edition}</span></Fact>}
          {r.nuts_level !== null && <Fact term="Level">{LEVELS[r.nuts_level]}</Fact>}
          {r.parent_id && <Fact term="Within"><To id={r.parent_id} /></Fact>}
          <Fact term="Partnerships">{count(parts.length)}<span class="muted"> {parts.filter((p) => p.roles.has("lead")).length ? `, ${parts.filter((p) => p.roles.has("lead")).length} as lead` : ""}</span></Fact>
          <Fact term="Partner regions">{count(partners.length)}</Fact>
          {acting.length > 0 && <Fact term="Acting for it"><ul class="inline">{acting.map((o) => <li key={o.organisation_id}><To id={o.organisation_id} /></li>)}</ul></Fact>}
          {(inside.get(id) ?? []).length > 0 && <Fact term="Contains"><ul class="inline">{inside.get(id)!.map((c) => <li key={c.region_id}><To id={c.region_id} /></li>)}</ul></Fact>}
        </dl>
        {parts.length > 0 && <p class="actions"><a href={address(["map"], { region: id })}>Show on the map</a> {direct.length > 0 && <a href={address(["network"], { node: id })}>Show in the network</a>}</p>}
        {partners.length > 0 && <section><h2>Shares most with</h2><ol class="ranks">{partners.slice(0, 8).map((p) => <li key={p.region} title={p.shared.map(shownName).join("; ")}>
          <To id={p.region} /><span>{p.shared.length}</span><Bar value={p.shared.length} of={most} /></li>)}</ol></section>}
      </div>
      {r.x !== null && <Europe spots={spots} arcs={arcs} selected={id} summary={`Map of ${shownName(id)} and the ${plural(partners.length, "region")} it shares partnerships with.`} />}
    </div>
    {all.length ? <PartnershipTable rows={all} self={id} /> : <p class="muted">No source read so far says that it is in a partnership. That is no proof that it is in none.</p>}
    <Attending rows={[...(attendancesOf.get(id) ?? []), ...(attendancesFor.get(id) ?? [])]} self={id} />
    {(seatedIn.get(id) ?? []).length > 0 && <section><h2>Organisations with their seat here</h2><ul class="inline">{seatedIn.get(id)!.map((o) => <li key={o.organisation_id}><To id={o.organisation_id} /></li>)}</ul></section>}
    <Figures id={id} /><Also id={id} /><Identifier id={id} />
  </>;
}

export function OrganisationView({ of: o }: { of: Organisation }) {
  const id = o.organisation_id;
  return <>
    <Head id={id} title={o.name} kicker={<><a href="#/organisations">Organisations</a>{o.kind && <> · <Code of={o.kind} in="organisation" /></>}</>}>
      {o.acronym && o.acronym !== o.name && <p class="lede">{o.acronym}</p>}</Head>
    <dl class="facts">
      <Stated row={id} column="kind" term="Kind" value={o.kind && label("organisation", o.kind)} />
      <Stated row={id} column="country_code" term="Country" value={countryName(country(id))} />
      <Stated row={id} column="region_id" term="Seat" value={o.region_id}><To id={o.region_id ?? ""} /></Stated>
      <Stated row={id} column="acts_for_region_id" term="Acts for" value={o.acts_for_region_id}><To id={o.acts_for_region_id ?? ""} /></Stated>
      {o.partnership_id && <Fact term="Is also"><To id={o.partnership_id} /></Fact>}
      <Stated row={id} column="url" term="Website" value={o.url}><Web href={o.url ?? ""} /></Stated>
      {o.ror_id && <Fact term="ROR"><code>{o.ror_id}</code></Fact>}
      {o.wikidata_id && <Fact term="Wikidata"><code>{o.wikidata_id}</code></Fact>}
    </dl>
    <PartnershipTable rows={membershipsOf.get(id) ?? []} self={id} /><Attending rows={[...(attendancesOf.get(id) ?? []), ...(attendancesFor.get(id) ?? [])]} self={id} />
    <Figures id={id} /><Also id={id} /><Identifier id={id} />
  </>;
}

export function EventView({ of: e }: { of: Event }) {
  const id = e.event_id;
  const rows = attendeesOf.get(id) ?? [];
  const span = e.ends && e.ends !== e.starts ? `${date(e.starts)} to ${date(e.ends)}` : date(e.starts);
  return <>
    <Head id={id} title={e.name} kicker={<><a href="#/events">Events</a>{e.kind && <> · <Code of={e.kind} in="event" /></>}</>} />
    <dl class="facts">
      <Stated row={id} column="starts" term="Date" value={span} />
      <Stated row={id} column="start_time" term="Time" value={[e.start_time, e.end_time].filter(Boolean).join(" to ")}>{[e.start_time, e.end_time].filter(Boolean).join(" to ")} {e.timezone}</Stated>
      <Stated row={id} column="mode" term="Mode" value={e.mode && label("mode", e.mode)} />
      <Stated row={id} column="place" term="Place" value={e.place} />
      <Stated row={id} column="country_code" term="Country" value={countryName(e.country_code)} />
      {e.region_id && <Fact term="Region"><To id={e.region_id} /></Fact>}
      <Stated row={id} column="edition" term="Edition" value={e.edition} />
      <Stated row={id} column="kind" term="Kind" value={e.kind && label("event", e.kind)} />
      <Linked id={id} />
    </dl>
    <section><h2>Who is named there</h2>{rows.length ? <Table name="a" caption={`Those named at ${e.name}`} rows={rows} id={(a) => a.attendance_id} sort="role" columns={[
      { key: "name", title: "Who", value: (a) => shownName(a.participant_id), cell: (a) => <To id={a.participant_id} /> },
      { key: "role", title: "Role", value: (a) => label("attendance_role", a.role), cell: (a) => <Code of={a.role} in="attendance_role" /> },
      { key: "for", title: "On behalf of", minor: true, value: (a) => a.on_behalf_of_id && shownName(a.on_behalf_of_id), cell: (a) => a.on_behalf_of_id && <To id={a.on_behalf_of_id} /> },
      { key: "status", title: "Status", minor: true, value: (a) => label("attendance_status", a.status) },
      { key: "quotes", title: "Evidence", number: true, value: (a) => sources(a.attendance_id).length, cell: (a) => <Sources row={a.attendance_id} of={sentence(a.attendance_id)} /> },
    ]} /> : <p class="muted">No source names anyone.</p>}</section>
    <Aims id={id} /><Figures id={id} /><Also id={id} /><Identifier id={id} />
  </>;
}

export function ProgrammeView({ of: p }: { of: Programme }) {
  const id = p.programme_id;
  return <>
    <Head id={id} title={p.name} kicker={<>Programme{p.kind && <> · <Code of={p.kind} in="programme" /></>}</>} />
    <dl class="facts">
      <Stated row={id} column="launched" term="Launched" value={date(p.launched)} /><Stated row={id} column="ended" term="Ended" value={date(p.ended)} />
      <Stated row={id} column="url" term="Website" value={p.url}><Web href={p.url ?? ""} /></Stated><Linked id={id} />
    </dl><Figures id={id} /><Also id={id} /><Identifier id={id} /></>;
}

const kindOf = (row: string) => row.slice(0, row.indexOf(":"));

export function DocumentView({ of: d }: { of: Document }) {
  const found = evidenceIn.get(d.document_id) ?? [];
  const rows = [...new Set(found.filter((e) => e.column_name === null || !entities.has(e.row_id)).map((e) => e.row_id))].filter((row) => !regions.has(row));
  return <>
    <header class="head"><p class="kicker"><a href="#/documents">Sources</a></p><h1>{d.title ?? d.path}</h1></header>
    <dl class="facts">
      {d.url && <Fact term="Address"><Web href={d.url} /></Fact>}
      {d.language && <Fact term="Language">{languageName(d.language)}</Fact>}
      {d.published && <Fact term="Published">{date(d.published)}</Fact>}
      <Fact term="File"><code>{d.path}</code></Fact>
      <Fact term="Length">{count(d.characters)} characters</Fact>
      <Fact term="Supports">{plural(found.length, "quote")} for {plural(new Set(found.map((e) => e.row_id)).size, "row")}</Fact>
      {d.licence && <Fact term="Licence">{d.licence}</Fact>}
      <Fact term="SHA-256"><code class="digest">{d.sha256}</code></Fact>
      {d.problem && <Fact term="Set aside">{d.problem}</Fact>}
    </dl>
    <section><h2>What it says</h2>
      <Table name="s" caption="Facts of this document" rows={rows} id={(row) => row} sort="kind" search={sentence}
        filters={[{ key: "kind", label: "Kind", any: "All kinds", value: kindOf, shown: (c) => label("", c) }]} columns={[
        { key: "fact", title: "Fact", value: sentence, cell: (row) => entities.has(row) ? <a href={viewOf(row)}>{sentence(row)}</a> : sentence(row) },
        { key: "kind", title: "Kind", minor: true, value: (row) => label("", kindOf(row)) },
        { key: "quotes", title: "Quotes here", number: true, value: (row) => sources(row, undefined, d.document_id).length,
          cell: (row) => <Sources row={row} of={sentence(row)} within={d.document_id} /> },
      ]} /></section>
  </>;
}

const VIEWS = {
  partnership: (id: string) => { const of = partnerships.get(id); return of && <PartnershipView key={id} of={of} />; },
  region: (id: string) => { const of = regions.get(id); return of && <RegionView key={id} of={of} />; },
  organisation: (id: string) => { const of = organisations.get(id); return of && <OrganisationView key={id} of={of} />; },
  event: (id: string) => { const of = events.get(id); return of && <EventView key={id} of={of} />; },
  programme: (id: string) => { const of = programmes.get(id); return of && <ProgrammeView key={id} of={of} />; },
  document: (id: string) => { const of = documents.get(id.slice("document:".length)); return of && <DocumentView key={id} of={of} />; },
};

export const isView = (kind: string): kind is keyof typeof VIEWS => Object.hasOwn(VIEWS, kind);

export function EntityView({ kind, slug }: { kind: keyof typeof VIEWS; slug: string }) {
  const id = `${kind}:${slug}`;
  return VIEWS[kind](id) || <><h1>Not on this page</h1><p><code>{id}</code> is not among the rows that this page holds. It may stand in
    the files of the release, or under another identifier in <code>redirects</code>.</p></>;
}
