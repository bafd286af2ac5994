// The map of Europe with regions as circles. Places beyond the frame (outermost regions) are listed at its edge.
import { page, type Region } from "./data";
import { fitting } from "./labels";
import { useZoom } from "./zoom";

export interface Spot { region: Region; size: number; tone?: string; label?: string; title: string; faint?: boolean }
const { width, height, union, others, borders } = page.map;

export function placed(region: Region): boolean {
  return region.x !== null && region.y !== null && region.x >= 0 && region.x <= width && region.y >= 0 && region.y <= height;
}

export function Europe({ spots, arcs = [], selected, onSelect, summary, zoomable, plain }: {
  spots: Spot[]; arcs?: { from: Region; to: Region; weight: number }[]; selected?: string | null;
  onSelect?: (id: string) => void; summary: string; zoomable?: boolean; plain?: boolean;
}) {
  const { svg, transform, by, home, unit } = useZoom(width, height);
  const drawn = spots.filter((s) => placed(s.region)).sort((a, b) => b.size - a.size);
  const away = spots.filter((s) => s.region.x !== null && !placed(s.region));
  const nowhere = spots.filter((s) => s.region.x === null);
  const k = transform.k;
  // On a small screen circles shrink less than the map does.
  const grown = Math.max(1, Math.sqrt(unit));
  const letters = (12 * unit) / k;
  const labels = fitting(drawn.filter((s) => s.label).sort((a, b) => Number(b.region.region_id === selected) - Number(a.region.region_id === selected) || b.size - a.size)
    .map((s) => ({ id: s.region.region_id, text: s.label!, x: s.region.x! + (s.size * grown + 4) / Math.sqrt(k), y: s.region.y! + letters / 3, size: letters })));
  const circle = (s: Spot, x: number, y: number) => (
    <circle key={s.region.region_id} cx={x} cy={y} r={(s.size * grown) / Math.sqrt(k)} stroke-width={1 / k}
      class={`spot ${s.tone ?? ""} ${s.region.region_id === selected ? "chosen" : ""} ${s.faint ? "faint" : ""} ${onSelect ? "live" : ""}`}
      onClick={onSelect && (() => onSelect(s.region.region_id))}><title>{s.title}</title></circle>
  );
  return (
    <figure class="drawing">
      <svg ref={svg} viewBox={`0 0 ${width} ${height}`} class={zoomable ? "europe zoomable" : "europe"} role="img" aria-label={summary}>
        <g transform={zoomable ? transform.toString() : undefined}>
          <path d={others} class="others" />
          <path d={union} class="union" />
          <path d={borders} class="borders" stroke-width={0.8 / k} />
          {arcs.filter((a) => placed(a.from) && placed(a.to)).map((a) => (
            <path key={a.from.region_id + a.to.region_id} d={arc(a.from, a.to)} class="arc" stroke-width={a.weight / Math.sqrt(k)} />
          ))}
          {drawn.map((s) => circle(s, s.region.x!, s.region.y!))}
          {labels.map((l) => <text key={l.id} x={l.x} y={l.y} font-size={l.size} stroke-width={l.size / 4}>{l.text}</text>)}
        </g>
        {away.length > 0 && <g class="away">
          {away.slice(0, 8).map((s, i) => <g key={s.region.region_id}>
            {circle({ ...s, size: Math.min(s.size, 9) }, 24, 205 + i * 22)}
            <text x={40} y={210 + i * 22} font-size={14}>{s.region.name_en ?? s.region.name}</text>
          </g>)}
        </g>}
      </svg>
      {zoomable && <div class="zoom">
        <button type="button" onClick={() => by(1.6)} aria-label="Zoom in">+</button>
        <button type="button" onClick={() => by(1 / 1.6)} aria-label="Zoom out">−</button>
        <button type="button" onClick={home} aria-label="Show all of it">⤢</button>
      </div>}
      {!plain && nowhere.length > 0 && <figcaption class="muted">Without a place on the map: {nowhere.map((s) => s.region.name_en ?? s.region.name).join(", ")}.</figcaption>}
    </figure>
  );
}

function arc(from: Region, to: Region): string {
  const [dx, dy] = [to.x! - from.x!, to.y! - from.y!];
  const [mx, my] = [from.x! + dx / 2 - dy * 0.16, from.y! + dy / 2 + dx * 0.16];
  return `M${from.x},${from.y}Q${mx.toFixed(1)},${my.toFixed(1)} ${to.x},${to.y}`;
}
