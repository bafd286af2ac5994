// Small pieces that every view uses. All text goes through the renderer as text: no markup is ever made from data.
import type { ComponentChildren } from "preact";
import { conflicting, entities, shownName, sources } from "./data";
import { changed, useRoute, viewOf } from "./router";
import { columnName, label, meaning, plural } from "./words";

export const PLATFORMS = ["agri_food", "energy", "industrial_modernisation", "blue_economy"];

export function Dot({ platform }: { platform: string | null }) {
  return <span class={`dot ${platform ?? "none"}`} aria-hidden="true" />;
}

export function Platform({ of }: { of: string | null }) {
  return of ? <span class="platform"><Dot platform={of} />{label("platform", of)}</span> : null;
}

export function Code({ of, in: vocabulary }: { of: string | null; in: string }) {
  return of ? <span title={meaning(vocabulary, of)}>{label(vocabulary, of)}</span> : null;
}

/** A link to an entity's view; plain text for what the page does not hold. */
export function To({ id, children }: { id: string; children?: ComponentChildren }) {
  const shown = children ?? shownName(id);
  return entities.has(id) ? <a href={viewOf(id)}>{shown}</a> : <>{shown}</>;
}

/** A link to the web, only for addresses of the web; anything else is shown as text. */
export function Web({ href, children }: { href: string; children?: ComponentChildren }) {
  const safe = /^https?:\/\//i.test(href);
  return safe ? <a class="web" href={href} rel="noopener noreferrer external" target="_blank">{children ?? href}</a>
    : <>{children ?? href}</>;
}

/** Opens the quotes behind a row, or behind one of its columns. Nothing where there are none. */
export function Sources({ row, column, of, within }: { row: string; column?: string; of?: string; within?: string }) {
  const route = useRoute();
  const found = sources(row, column, within);
  if (!found.length) return null;
  const disputed = column === undefined ? conflicting(row).size > 0 : conflicting(row).has(column);
  const what = of ?? (column === undefined ? shownName(row) : columnName(column));
  const spoken = `${plural(found.length, "quote")} for ${what}${disputed ? "; sources disagree" : ""}`;
  return (
    <a class={disputed ? "sources disputed" : "sources"} aria-label={spoken} title={spoken}
      href={changed(route, { evidence: row, column: column ?? null, within: within ?? null })}>
      <span aria-hidden="true">{disputed ? "≠ " : "❝ "}{found.length}</span>
    </a>
  );
}

export function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  return <div class="fact"><dt>{term}</dt><dd>{children}</dd></div>;
}

export function Confidence({ value }: { value: number }) {
  return (
    <span class="confidence" title="The chance that the claim is right, as measured for its rule">
      <span class="bar" aria-hidden="true"><span style={{ width: `${Math.round(value * 100)}%` }} /></span>
      confidence {value.toFixed(2)}
    </span>
  );
}

/** A bar whose length compares a number with the largest of its list. */
export function Bar({ value, of, tone }: { value: number; of: number; tone?: string }) {
  return <span class="meter" aria-hidden="true">
    <span class={tone ?? ""} style={{ width: `${of ? (100 * value) / of : 0}%` }} />
  </span>;
}

export function Choice({ label: text, value, options, any, onChange }: {
  label: string; value: string; options: [string, string][]; any: string; onChange: (value: string) => void;
}) {
  return (
    <label class="choice"><span>{text}</span>
      <select value={value} onChange={(e) => onChange(e.currentTarget.value)}>
        <option value="">{any}</option>
        {options.map(([code, shown]) => <option key={code} value={code}>{shown}</option>)}
      </select>
    </label>
  );
}
