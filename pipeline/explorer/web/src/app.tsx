// The page: heading, the view that the address asks for, and the evidence over it.
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { entities, names, page, partnerships, regions, type Kind } from "./data";
import { adjust, useRoute, viewOf, type Route } from "./router";
import { Dot } from "./parts";
import { Overview } from "./overview";
import { Documents, Events, Organisations, Partnerships, Regions } from "./lists";
import { EntityView, isView } from "./entity";
import { EvidenceView } from "./evidence";
import { MapView } from "./mapview";
import { Network } from "./network";
import { Data } from "./about";
import { countryName, date, folded, label, plural } from "./words";
import "./style.css";

const NAV: [string, string][] = [["partnerships", "Partnerships"], ["regions", "Regions"], ["organisations", "Organisations"],
  ["events", "Events"], ["map", "Map"], ["network", "Network"], ["documents", "Sources"], ["data", "Get the data"]];
const OF: Record<string, string> = { partnership: "partnerships", region: "regions", organisation: "organisations", event: "events", document: "documents" };

function Search({ route }: { route: Route }) {
  const asked = route.query.get("q") ?? "";
  const words = folded(asked).split(/\s+/).filter(Boolean);
  const found = words.length === 0 ? [] : [...entities.values()].map((e) => {
    const all = [e.name, regions.get(e.entity_id)?.nuts_code ?? "", ...(names.get(e.entity_id) ?? []).map((n) => n.name)];
    const hit = all.find((text) => words.every((w) => folded(text).includes(w)));
    const first = hit === undefined ? 9 : folded(hit) === words.join(" ") ? 0 : folded(hit).startsWith(words[0]!) ? 1 : 2;
    return { e, hit, first };
  }).filter((f) => f.hit !== undefined).sort((a, b) => a.first - b.first || b.e.mentions - a.e.mentions);
  const kinds: [Kind, string][] = [["partnership", "Partnerships"], ["region", "Regions"], ["organisation", "Organisations"], ["event", "Events"], ["programme", "Programmes"]];
  return <>
    <h1>Search</h1>
    <div class="filters"><label class="choice grow"><span>Find a region, partnership, organisation or event, by any of its names</span>
      <input type="search" value={asked} onInput={(e) => adjust(route, { q: e.currentTarget.value })} /></label>
      <p class="found" role="status">{words.length ? `${plural(found.length, "match", "matches")}` : ""}</p></div>
    {kinds.map(([kind, title]) => {
      const rows = found.filter((f) => f.e.entity_kind === kind);
      return rows.length > 0 && <section key={kind}><h2>{title} <span class="muted">{rows.length}</span></h2>
        <ul class="hits">{rows.slice(0, 25).map(({ e, hit }) => <li key={e.entity_id}>
          {kind === "partnership" && <Dot platform={partnerships.get(e.entity_id)?.platform ?? null} />}
          <a href={viewOf(e.entity_id)}>{regions.get(e.entity_id)?.name_en ?? e.name}</a>
          <span class="muted"> {[hit !== e.name ? hit : "", countryName(regions.get(e.entity_id)?.country_code ?? null), label("platform", partnerships.get(e.entity_id)?.platform ?? null)].filter(Boolean).join(" · ")}</span></li>)}</ul>
        {rows.length > 25 && <p class="muted">and {rows.length - 25} more</p>}</section>;
    })}
  </>;
}

function View({ route }: { route: Route }) {
  const [first = "", ...rest] = route.path;
  switch (first) {
    case "": return <Overview />;
    case "partnerships": return <Partnerships />;
    case "regions": return <Regions />;
    case "organisations": return <Organisations />;
    case "events": return <Events />;
    case "documents": return <Documents />;
    case "map": return <MapView />;
    case "network": return <Network />;
    case "data": return <Data />;
    case "search": return <Search route={route} />;
  }
  if (isView(first)) return <EntityView kind={first} slug={rest.join("/")} />;
  return <><h1>No such page</h1><p><a href="#/">To the overview</a></p></>;
}

function App() {
  const route = useRoute();
  const path = route.path.join("/");
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    const title = main.current?.querySelector("h1")?.textContent?.replace(/[❝≠] \d+/, "").trim();
    document.title = path ? `${title} · S3 partnerships` : `S3 partnerships ${page.release.version}`;
    if (before.current !== path) { scrollTo(0, 0); main.current?.focus({ preventScroll: true }); }
    before.current = path;
    document.documentElement.dataset["ready"] = path || "overview";
  }, [path]);
  const at = OF[route.path[0] ?? ""] ?? route.path[0];
  return <>
    <a class="skip" href="#main" onClick={(e) => { e.preventDefault(); main.current?.focus(); }}>Skip to the content</a>
    <header class="top"><div class="inner">
      <a class="brand" href="#/"><span class="mark" aria-hidden="true"><i /><i /><i /><i /></span>S3 partnerships</a>
      <nav aria-label="Main"><ul>{NAV.map(([key, text]) => <li key={key}><a href={`#/${key}`} aria-current={at === key ? "page" : undefined}>{text}</a></li>)}
        <li><a href="#/search" class="loupe" aria-current={at === "search" ? "page" : undefined}>Search</a></li></ul></nav>
    </div></header>
    <main id="main" ref={main} tabIndex={-1} class={path ? "" : "home"}><View route={route} /></main>
    <footer class="bottom"><div class="inner">
      <p><strong>S3 partnerships</strong> {page.release.version}, {date(page.release.date)}. Data CC BY 4.0, quotes are quotations of their sources.</p>
      <p><a href="#/data">Files and code</a> · <a href="README.md">Data dictionary</a> · <a href="manifest.json">Manifest</a></p>
    </div></footer>
    <EvidenceView route={route} />
  </>;
}

const app = document.getElementById("app")!;
app.replaceChildren();
render(<App />, app);
