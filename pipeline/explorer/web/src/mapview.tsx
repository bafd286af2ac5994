// Regions on the map by the number of their partnerships, and the partners of the one that is chosen.
import { isMember, memberships, partnersOf, partnerships, partsOfRegion, regions, shownName, sources } from "./data";
import { adjust, useRoute, viewOf } from "./router";
import { Bar, Choice, Dot, PLATFORMS, Sources } from "./parts";
import { Europe, type Spot } from "./europe";
import { countryName, label, plural } from "./words";

export function MapView() {
  const route = useRoute();
  const asked = (key: string) => route.query.get(key) ?? "";
  const set = (key: string) => (value: string) => adjust(route, { [key]: value });
  const fits = (id: string) => {
    const p = partnerships.get(id);
    return p !== undefined && (!asked("platform") || p.platform === asked("platform")) && (!asked("partnership") || id === asked("partnership"));
  };
  const counted = [...partsOfRegion].map(([id, parts]) => ({
    region: regions.get(id)!,
    parts: [...parts.values()].filter((p) => fits(p.partnership) && (!asked("role") || p.roles.has(asked("role")))),
  })).filter((r) => r.parts.length).sort((a, b) => b.parts.length - a.parts.length || shownName(a.region.region_id).localeCompare(shownName(b.region.region_id)));
  const most = counted[0]?.parts.length ?? 0;
  const chosen = regions.has(asked("region")) ? asked("region") : null;
  const among = new Set(memberships.filter((m) => isMember(m) && fits(m.partnership_id)).map((m) => m.partnership_id));
  const partners = chosen ? partnersOf(chosen, among) : [];
  const near = new Set(partners.map((p) => p.region));
  const spots: Spot[] = counted.map(({ region, parts }, i) => ({
    region, size: 4 + 17 * Math.sqrt(parts.length / Math.max(most, 8)),
    title: `${shownName(region.region_id)}: ${plural(parts.length, "partnership")}`,
    faint: chosen !== null && region.region_id !== chosen && !near.has(region.region_id),
    label: region.region_id === chosen || (!chosen && i < 24) ? shownName(region.region_id) : undefined,
  }));
  const from = chosen ? regions.get(chosen)! : null;
  const arcs = from ? partners.map((p) => ({ from, to: regions.get(p.region)!, weight: 0.8 + p.shared.length * 0.8 })) : [];
  const options = [...partnerships.values()].filter((p) => !asked("platform") || p.platform === asked("platform"))
    .map((p): [string, string] => [p.partnership_id, p.name]).sort((a, b) => a[1].localeCompare(b[1], "en"));
  const parts = chosen ? [...(partsOfRegion.get(chosen)?.values() ?? [])].filter((p) => fits(p.partnership)) : [];
  const countries = new Set(counted.map((r) => r.region.country_code)).size;
  return (
    <>
      <h1>Map</h1>
      <p class="lede">Regions by the number of partnerships that they lead or are members of, themselves or through the
        authority that acts for them. Choose one to see its partners.</p>
      <div class="filters">
        <Choice label="Platform" any="All platforms" value={asked("platform")} options={PLATFORMS.map((p) => [p, label("platform", p)])} onChange={set("platform")} />
        <Choice label="Role" any="Leads and members" value={asked("role")} options={[["lead", "Leads"], ["member", "Members"]]} onChange={set("role")} />
        <Choice label="Partnership" any="All partnerships" value={asked("partnership")} options={options} onChange={set("partnership")} />
        <Choice label="Region" any="None chosen" value={chosen ?? ""} options={counted.map((r): [string, string] => [r.region.region_id, shownName(r.region.region_id)]).sort((a, b) => a[1].localeCompare(b[1], "en"))} onChange={set("region")} />
        <p class="found" role="status">{plural(counted.length, "region")} in {plural(countries, "country", "countries")}</p>
      </div>
      <div class="beside">
        <Europe zoomable spots={spots} arcs={arcs} selected={chosen} onSelect={(id) => set("region")(id === chosen ? "" : id)}
          summary={`Map of Europe: ${plural(counted.length, "region")} with circles as large as the number of their partnerships; the list beside it says the same.`} />
        <aside>
          {chosen ? <>
            <h2><a href={viewOf(chosen)}>{shownName(chosen)}</a></h2>
            <p class="muted">{countryName(regions.get(chosen)!.country_code)} · {plural(parts.length, "partnership")} · {plural(partners.length, "partner region")}</p>
            <ul class="plainlist">{parts.map((p) => {
              const row = p.rows.find((m) => sources(m.membership_id).length);
              return <li key={p.partnership}><Dot platform={partnerships.get(p.partnership)!.platform} />
                <a href={viewOf(p.partnership)}>{shownName(p.partnership)}</a>{" "}
                <span class="muted">{[...p.roles].sort().join(", ")}</span>{" "}{row && <Sources row={row.membership_id} of={`${shownName(chosen)} in ${shownName(p.partnership)}`} />}</li>;
            })}</ul>
            {partners.length > 0 && <><h3>Shares most with</h3>
              <ol class="ranks">{partners.slice(0, 10).map((p) => <li key={p.region}>
                <a href={viewOf(p.region)}>{shownName(p.region)}</a><span>{p.shared.length}</span><Bar value={p.shared.length} of={partners[0]!.shared.length} /></li>)}</ol></>}
          </> : <>
            <h2>Most partnerships</h2>
            <ol class="ranks">{counted.slice(0, 20).map((r) => <li key={r.region.region_id}>
              <button type="button" class="plain" onClick={() => set("region")(r.region.region_id)}>{shownName(r.region.region_id)}</button>
              <span>{r.parts.length}</span><Bar value={r.parts.length} of={most} /></li>)}</ol>
            {counted.length > 20 && <p class="muted">and {counted.length - 20} more; all stand in <a href="#/regions">regions</a>.</p>}
          </>}
        </aside>
      </div>
      <p class="muted small">Circles stand at a representative point of each region,
        not over its area. Country outlines: Natural Earth, public domain.</p>
    </>
  );
}
