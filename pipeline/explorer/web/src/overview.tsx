// The first view: what this is, how large, how right, and ways in.
import { documents, isMember, memberships, page, partial, partnerships, partsOfRegion, regions, shownName, total } from "./data";
import { address, viewOf } from "./router";
import { Bar, Dot, PLATFORMS } from "./parts";
import { Europe, type Spot } from "./europe";
import { Accuracy, Cite } from "./about";
import { count, date, label, plural } from "./words";

export function Overview() {
  const ranked = [...partsOfRegion].map(([id, parts]) => ({ region: regions.get(id)!, size: parts.size, leads: [...parts.values()].filter((p) => p.roles.has("lead")).length }))
    .sort((a, b) => b.size - a.size || shownName(a.region.region_id).localeCompare(shownName(b.region.region_id)));
  const most = ranked[0]?.size ?? 0;
  const spots: Spot[] = ranked.map((r, i) => ({ region: r.region, size: 4 + 17 * Math.sqrt(r.size / Math.max(most, 8)),
    title: `${shownName(r.region.region_id)}: ${plural(r.size, "partnership")}`, label: i < 9 ? shownName(r.region.region_id) : undefined }));
  const countries = new Set(ranked.map((r) => r.region.country_code).filter((c) => c !== null));
  const languages = new Set([...documents.values()].map((d) => d.language).filter((l) => l !== null));
  const byPlatform = [...PLATFORMS, null].map((platform) => {
    const all = [...partnerships.values()].filter((p) => p.platform === platform);
    const ids = new Set(all.map((p) => p.partnership_id));
    return { platform, size: all.length, members: memberships.filter((m) => isMember(m) && ids.has(m.partnership_id)).length };
  });
  const largest = Math.max(...byPlatform.map((p) => p.size));
  const numbers: [string, number, string][] = [
    ["partnerships", total("partnerships"), "#/partnerships"], ["memberships", total("memberships"), "#/network"],
    ["regions", total("regions"), "#/regions"], ["organisations", total("organisations"), "#/organisations"],
    ["events", total("events"), "#/events"], ["quotes behind them", total("evidence"), "#/documents"],
  ];
  return <>
    <div class="hero">
      <div>
        <p class="kicker">Open data · release {page.release.version} · {date(page.release.date)}</p>
        <h1>Who works with whom in Europe’s smart specialisation</h1>
        <p class="lede">Which regions and organisations lead and join which S3 partnerships, platforms and networks, what
          they set out to do, when, and where they met. <strong>Every fact has the quote it rests on.</strong></p>
        <p class="calls"><a class="call" href="#/partnerships">Browse partnerships</a><a class="call quiet" href="#/data">Get the data</a></p>
        <form class="find" role="search" onSubmit={(e) => { e.preventDefault(); location.hash = address(["search"], { q: String(new FormData(e.currentTarget).get("q") ?? "") }); }}>
          <label><span>Find a region, partnership, organisation or event</span>
            <span class="row"><input type="search" name="q" placeholder="Lapland, Solar Energy, ECRN …" /><button type="submit">Find</button></span></label>
        </form>
      </div>
      <a class="picture" href="#/map">
        <Europe plain spots={spots} summary={`Open the map: ${plural(ranked.length, "region")} in partnerships.`} />
      </a>
    </div>
    <ul class="numbers">{numbers.map(([word, value, to]) => <li key={word}><a href={to}><strong>{count(value)}</strong><span>{word}</span></a></li>)}</ul>
    {partial.length > 0 && <p class="note">The release is larger than a page can hold: tables, map and network here show the most
      connected part ({partial.map((t) => `${count(page.tables[t].rows)} of ${count(total(t))} ${t}`).join(", ")}). The files hold everything.</p>}
    <div class="columns">
      <section><h2>Platforms</h2>
        <ul class="ranks wide">{byPlatform.map((p) => <li key={p.platform ?? "none"}>
          <a href={address(["partnerships"], { platform: p.platform ?? "none" })}><Dot platform={p.platform} />{p.platform ? label("platform", p.platform) : "No thematic platform"}</a>
          <span>{p.size}</span><Bar value={p.size} of={largest} tone={p.platform ?? "none"} />
        </li>)}</ul>
        <p class="muted">Partnerships by platform; {plural(countries.size, "country", "countries")} have a region in one.</p>
      </section>
      <section><h2>Regions in most partnerships</h2>
        <ol class="ranks">{ranked.slice(0, 8).map((r) => <li key={r.region.region_id}><a href={viewOf(r.region.region_id)}>{shownName(r.region.region_id)}</a>
          <span>{r.size}{r.leads > 0 && <small class="muted"> ({r.leads} as lead)</small>}</span><Bar value={r.size} of={most} /></li>)}</ol>
      </section>
      <section><h2>How to read it</h2>
        <ul class="points">
          <li><strong>Quotes.</strong> The mark <span class="sources example">❝ 2</span> opens the quotes behind a fact, with document, place and confidence.</li>
          <li><strong>Disagreement.</strong> <span class="sources disputed example">≠ 3</span> means that sources say different things. All claims are kept.</li>
          <li><strong>Absence.</strong> The dataset says what its documents say. It is no census: a region that is missing from a partnership may well be in it.</li>
          <li><strong>Languages.</strong> Documents were read in {plural(languages.size, "language")}; quotes stay in theirs.</li>
        </ul>
      </section>
    </div>
    <Accuracy />
    <Cite />
  </>;
}
