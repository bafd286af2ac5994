// Partnerships and who is in them, as a network. The layout is computed the same way each time.
import { useMemo } from "preact/hooks";
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { country, entities, memberships, partnerships, shownName, territory, type Membership } from "./data";
import { adjust, useRoute, viewOf } from "./router";
import { Choice, Dot, PLATFORMS, Sources, To } from "./parts";
import { fitting } from "./labels";
import { useZoom } from "./zoom";
import { Table } from "./table";
import { count, countryName, label, plural } from "./words";

const WIDTH = 1200, HEIGHT = 860, LARGEST = 700;
interface Node extends SimulationNodeDatum { id: string; degree: number; kind: string }

function layout(rows: Membership[]) {
  const nodes = new Map<string, Node>();
  const node = (id: string, kind: string) => {
    const found = nodes.get(id) ?? { id, degree: 0, kind };
    nodes.set(id, found);
    found.degree++;
  };
  for (const m of rows) { node(m.partnership_id, "partnership"); node(m.participant_id, m.participant_kind); }
  const all = [...nodes.values()];
  const edges = rows.map((m) => ({ source: m.partnership_id, target: m.participant_id }));
  forceSimulation(all)
    .force("link", forceLink<Node, { source: string | Node; target: string | Node }>(edges).id((n) => n.id).distance(38).strength(0.35))
    .force("charge", forceManyBody<Node>().strength((n) => -60 - n.degree * 7).distanceMax(330))
    .force("x", forceX<Node>(WIDTH / 2).strength(0.055)).force("y", forceY<Node>(HEIGHT / 2).strength(0.085))
    .force("collide", forceCollide<Node>((n) => radius(n) + 3))
    .stop().tick(Math.max(60, Math.min(220, Math.round(60000 / all.length))));
  const xs = all.map((n) => n.x!), ys = all.map((n) => n.y!);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((WIDTH - 160) / Math.max(right - left, 1), (HEIGHT - 80) / Math.max(bottom - top, 1), 3);
  for (const n of all) {
    n.x = WIDTH / 2 + (n.x! - (left + right) / 2) * scale;
    n.y = HEIGHT / 2 + (n.y! - (top + bottom) / 2) * scale;
  }
  return nodes;
}

const radius = (n: Node) => (n.kind === "partnership" ? 5 + Math.sqrt(n.degree) * 1.9 : 3 + Math.sqrt(n.degree) * 1.1);

export function Network() {
  const route = useRoute();
  const asked = (key: string) => route.query.get(key) ?? "";
  const set = (key: string) => (value: string) => adjust(route, { [key]: value });
  const wanted = memberships.filter((m) => {
    const p = partnerships.get(m.partnership_id);
    if (!p || (asked("platform") === "none" ? p.platform !== null : asked("platform") && p.platform !== asked("platform"))) return false;
    return (!asked("role") || m.role === asked("role")) && (!asked("kind") || m.participant_kind === asked("kind"))
      && (!asked("of") || p.kind === asked("of"));
  });
  const rows = wanted.slice(0, LARGEST);
  const key = [asked("platform"), asked("role"), asked("kind"), asked("of")].join("|");
  const nodes = useMemo(() => layout(rows), [key]);
  const { svg, transform, by, home, unit } = useZoom(WIDTH, HEIGHT, key);
  const chosen = nodes.has(asked("node")) ? asked("node") : null;
  const mine = chosen ? rows.filter((m) => m.partnership_id === chosen || m.participant_id === chosen) : [];
  const near = new Set(mine.flatMap((m) => [m.partnership_id, m.participant_id]));
  const k = Math.sqrt(transform.k);
  const letters = (12 * unit) / transform.k;
  // On a small screen marks shrink less than the drawing does.
  const grown = Math.max(1, Math.sqrt(unit / 1.4)) / k;
  const all = [...nodes.values()].sort((a, b) => a.degree - b.degree);
  const named = [...all].reverse().filter((n) => (chosen ? near.has(n.id) : n.kind === "partnership" || transform.k > 2.5));
  const labels = fitting(named.sort((a, b) => Number(b.id === chosen) - Number(a.id === chosen)).slice(0, chosen ? 120 : Math.round((26 * transform.k * transform.k) / Math.max(1, unit / 1.4))).map((n) => ({
    id: n.id, text: short(shownName(n.id)), x: inside(n.x!, short(shownName(n.id)).length * letters * 0.29), y: n.y! - radius(n) * grown - letters * 0.4, size: letters, centred: true })));
  const options = [...all].map((n): [string, string] => [n.id, shownName(n.id)]).sort((a, b) => a[1].localeCompare(b[1], "en"));
  const kinds = [...new Set([...partnerships.values()].map((p) => p.kind).filter((c) => c !== null))].sort();
  const choose = (id: string) => set("node")(id === chosen ? "" : id);
  return (
    <>
      <h1>Network</h1>
      <p class="lede">Partnerships and those who are in them. A line is a membership; heavy lines are leads. Choose a
        partnership or participant to see who stands beside it.</p>
      <div class="filters">
        <Choice label="Platform" any="All platforms" value={asked("platform")} onChange={set("platform")}
          options={[...PLATFORMS.map((p): [string, string] => [p, label("platform", p)]), ["none", "No platform"]]} />
        <Choice label="Role" any="All roles" value={asked("role")} onChange={set("role")}
          options={["lead", "initiator", "member", "contributor"].map((r) => [r, label("role", r)])} />
        <Choice label="Partnerships" any="All kinds" value={asked("of")} onChange={set("of")} options={kinds.map((c) => [c, label("partnership", c)])} />
        <Choice label="Participants" any="Regions and bodies" value={asked("kind")} onChange={set("kind")}
          options={["region", "organisation", "partnership"].map((c) => [c, `${label("kind", c)}s`])} />
        <Choice label="Chosen" any="None" value={chosen ?? ""} options={options} onChange={set("node")} />
        <p class="found" role="status">{plural([...nodes.values()].filter((n) => partnerships.has(n.id)).length, "partnership")},{" "}
          {plural([...nodes.values()].filter((n) => !partnerships.has(n.id)).length, "participant")}, {plural(rows.length, "membership")}
          {wanted.length > rows.length && ` of ${count(wanted.length)}: narrow the filters to see the others`}</p>
      </div>
      <div class="beside">
        <figure class="drawing">
          <svg ref={svg} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} class="network zoomable" role="img"
            aria-label={`Network of ${plural(nodes.size, "partnership and participant", "partnerships and participants")}; the table below it says the same.`}>
            <g transform={transform.toString()}>
              {rows.map((m) => {
                const [a, b] = [nodes.get(m.partnership_id)!, nodes.get(m.participant_id)!];
                const lit = chosen !== null && (m.partnership_id === chosen || m.participant_id === chosen);
                return <line key={m.membership_id} x1={a.x} y1={a.y} x2={b.x} y2={b.y} stroke-width={(m.role === "lead" ? 2.2 : 0.9) / k}
                  class={`edge ${partnerships.get(m.partnership_id)?.platform ?? "none"} ${lit ? "lit" : ""} ${chosen && !lit ? "faint" : ""}`} />;
              })}
              {all.map((n) => {
                const tone = n.kind === "partnership" ? partnerships.get(n.id)?.platform ?? "none" : n.kind;
                const look = `node ${tone} ${n.id === chosen ? "chosen" : ""} ${chosen && !near.has(n.id) ? "faint" : ""}`;
                const r = radius(n) * grown;
                const title = <title>{`${shownName(n.id)}: ${plural(n.degree, "membership")}`}</title>;
                return n.kind === "organisation"
                  ? <rect key={n.id} x={n.x! - r * 0.85} y={n.y! - r * 0.85} width={r * 1.7} height={r * 1.7} class={look} stroke-width={1 / k} onClick={() => choose(n.id)}>{title}</rect>
                  : <circle key={n.id} cx={n.x} cy={n.y} r={r} class={look} stroke-width={1 / k} onClick={() => choose(n.id)}>{title}</circle>;
              })}
              {labels.map((l) => <text key={l.id} x={l.x} y={l.y} text-anchor="middle" font-size={l.size} stroke-width={l.size / 4}
                class={partnerships.has(l.id) ? "strong" : ""}>{l.text}</text>)}
            </g>
          </svg>
          <div class="zoom">
            <button type="button" onClick={() => by(1.6)} aria-label="Zoom in">+</button>
            <button type="button" onClick={() => by(1 / 1.6)} aria-label="Zoom out">−</button>
            <button type="button" onClick={home} aria-label="Show all of it">⤢</button>
          </div>
          <figcaption class="legend">
            {PLATFORMS.map((p) => <span key={p}><Dot platform={p} />{label("platform", p)}</span>)}
            <span><Dot platform="none" />other partnership</span>
            <span><span class="dot region" aria-hidden="true" />region</span>
            <span><span class="dot organisation" aria-hidden="true" />organisation</span>
          </figcaption>
        </figure>
        <aside>
          {chosen ? <>
            <h2><To id={chosen} /></h2>
            <p class="muted">{partnerships.has(chosen) ? label("partnership", partnerships.get(chosen)!.kind) : countryName(country(chosen))}</p>
            <ul class="plainlist">{mine.map((m) => {
              const other = m.partnership_id === chosen ? m.participant_id : m.partnership_id;
              return <li key={m.membership_id}>{partnerships.has(other) && <Dot platform={partnerships.get(other)!.platform} />}
                <button type="button" class="plain" onClick={() => choose(other)}>{shownName(other)}</button>{" "}
                <span class="muted">{m.role}</span>{" "}<Sources row={m.membership_id} of={`${shownName(m.participant_id)} in ${shownName(m.partnership_id)}`} /></li>;
            })}</ul>
          </> : <>
            <h2>Who connects most</h2>
            <ul class="plainlist">{[...all].reverse().filter((n) => !partnerships.has(n.id)).slice(0, 15).map((n) => <li key={n.id}>
              <button type="button" class="plain" onClick={() => choose(n.id)}>{shownName(n.id)}</button>{" "}<span class="muted">{n.degree}</span></li>)}</ul>
          </>}
        </aside>
      </div>
      <details class="below"><summary>The same as a table</summary>
        <Table name="t" caption="Memberships in the network" rows={chosen ? mine : rows} id={(m) => m.membership_id} sort="partnership"
          columns={[
            { key: "partnership", title: "Partnership", value: (m) => shownName(m.partnership_id), cell: (m) => <a href={viewOf(m.partnership_id)}>{shownName(m.partnership_id)}</a> },
            { key: "participant", title: "Participant", value: (m) => shownName(m.participant_id), cell: (m) => entities.has(m.participant_id) ? <a href={viewOf(m.participant_id)}>{shownName(m.participant_id)}</a> : shownName(m.participant_id) },
            { key: "role", title: "Role", value: (m) => m.role },
            { key: "region", title: "Region", minor: true, value: (m) => territory(m.participant_id)?.name_en ?? territory(m.participant_id)?.name ?? null },
            { key: "country", title: "Country", minor: true, value: (m) => countryName(country(m.participant_id)) },
          ]} />
      </details>
    </>
  );
}

/** Moves the middle of a label so that it does not leave the drawing. */
const inside = (x: number, half: number) => Math.min(Math.max(x, half + 6), WIDTH - half - 6);

const short = (text: string) => (text.length > 34 ? `${text.slice(0, 32).trimEnd()}…` : text);
