// A table that sorts, filters and pages; its state stands in the address, so that a filtered view can be sent on.
import type { ComponentChildren } from "preact";
import { adjust, useRoute } from "./router";
import { Choice } from "./parts";
import { count, folded } from "./words";

type Value = string | number | null;
export interface Col<T> {
  key: string; title: string; value: (row: T) => Value; cell?: (row: T) => ComponentChildren;
  /** Numbers stand right; `minor` columns are left out on narrow screens. */
  number?: boolean; minor?: boolean;
}
export interface Filter<T> {
  key: string; label: string; any: string; value: (row: T) => string | string[] | null; shown?: (code: string) => string;
  /** In the order of these codes; else by name. */
  order?: string[];
}
const PAGE = 50;

function compared(a: Value, b: Value): number {
  if (a === null || a === "" || b === null || b === "") return Number(a === null || a === "") - Number(b === null || b === "");
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
}

/** CSV for spreadsheets: text that would run as a formula gets an apostrophe before it. */
function save<T>(caption: string, columns: Col<T>[], rows: T[]): void {
  const cell = (value: Value) => {
    if (value === null || typeof value === "number") return String(value ?? "");
    return `"${value.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
  };
  const lines = [columns.map((c) => cell(c.title)), ...rows.map((row) => columns.map((c) => cell(c.value(row))))];
  const address = URL.createObjectURL(new Blob(["\ufeff", lines.map((l) => l.join(",")).join("\r\n")], { type: "text/csv" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: `${caption.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function Table<T>({ name, caption, rows, columns: offered, filters = [], search, sort, id }: {
  /** Stands before the keys of this table in the address; tables of one view need different ones. */
  name: string; caption: string; rows: T[]; columns: Col<T>[]; filters?: Filter<T>[];
  search?: (row: T) => string; sort?: string; id: (row: T) => string;
}) {
  const route = useRoute();
  // A column of which no row says anything is left out.
  const columns = offered.filter((c, i) => i === 0 || rows.some((row) => { const v = c.value(row); return v !== null && v !== ""; }));
  const asked = (key: string) => route.query.get(name + key) ?? "";
  const set = (key: string, value: string) => adjust(route, { [name + key]: value, [`${name}page`]: null });
  const words = folded(asked("q")).split(/\s+/).filter(Boolean);
  const valueOf = (filter: Filter<T>, row: T) => [filter.value(row)].flat().filter((v) => v !== null);
  const found = rows.filter((row) =>
    filters.every((f) => !asked(f.key) || valueOf(f, row).includes(asked(f.key))) &&
    (!words.length || !search || words.every((word) => folded(search(row)).includes(word))));
  const order = asked("sort") || sort || "";
  const column = columns.find((c) => c.key === order.replace("-", ""));
  const direction = order.startsWith("-") ? -1 : 1;
  if (column) {
    const keys = new Map(found.map((row) => [row, [column.value(row), columns[0]!.value(row)] as const]));
    found.sort((a, b) => {
      const [[left, first], [right, second]] = [keys.get(a)!, keys.get(b)!];
      const empty = [left, right].some((v) => v === null || v === "");
      return (empty ? 1 : direction) * compared(left, right) || compared(first, second);
    });
  }
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const at = Math.min(Math.max(1, Number(asked("page")) || 1), pages);
  const shown = found.slice((at - 1) * PAGE, at * PAGE);
  const filtered = words.length > 0 || filters.some((f) => asked(f.key));
  const cleared = Object.fromEntries([...filters.map((f) => name + f.key), `${name}q`, `${name}page`].map((k) => [k, null]));
  return (
    <div class="tabular">
      {(search || filters.length > 0) && (
        <div class="filters">
          {search && <label class="choice grow"><span>Find</span>
            <input type="search" value={asked("q")} placeholder="name, code, country …"
              onInput={(e) => set("q", e.currentTarget.value)} /></label>}
          {filters.map((f) => {
            const codes = [...new Set(rows.flatMap((row) => valueOf(f, row)))];
            const options = codes.map((code): [string, string] => [code, f.shown?.(code) ?? code]);
            options.sort((a, b) => f.order ? f.order.indexOf(a[0]) - f.order.indexOf(b[0]) : a[1].localeCompare(b[1], "en"));
            return <Choice key={f.key} label={f.label} any={f.any} value={asked(f.key)} options={options}
              onChange={(value) => set(f.key, value)} />;
          })}
          <p class="found" role="status">
            {found.length === rows.length ? count(rows.length) : `${count(found.length)} of ${count(rows.length)}`}
            {" shown"}
            {filtered && <button type="button" class="plain" onClick={() => adjust(route, cleared)}>Clear filters</button>}
          </p>
        </div>
      )}
      <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
        <table>
          <caption class="hidden">{caption}</caption>
          <thead><tr>
            {columns.map((c) => (
              <th key={c.key} scope="col" class={`${c.number ? "number" : ""} ${c.minor ? "minor" : ""}`}
                aria-sort={column === c ? (direction > 0 ? "ascending" : "descending") : undefined}>
                <button type="button" onClick={() => set("sort", column === c ? (direction > 0 ? `-${c.key}` : c.key) :
                  c.number ? `-${c.key}` : c.key)}>
                  {c.title}<span aria-hidden="true" class="arrow">{column === c ? (direction > 0 ? "↑" : "↓") : ""}</span>
                </button>
              </th>
            ))}
          </tr></thead>
          <tbody>
            {shown.map((row) => <tr key={id(row)}>
              {columns.map((c, i) => {
                const cell = c.cell ? c.cell(row) : c.value(row);
                const look = `${c.number ? "number" : ""} ${c.minor ? "minor" : ""}`;
                return i ? <td key={c.key} class={look}>{cell}</td> : <th key={c.key} scope="row" class={look}>{cell}</th>;
              })}
            </tr>)}
            {!shown.length && <tr><td colSpan={columns.length} class="nothing">Nothing fits these filters.</td></tr>}
          </tbody>
        </table>
      </div>
      {search && found.length > 0 && <p class="take"><button type="button" class="plain" onClick={() => save(caption, columns, found)}>
        Save {found.length === rows.length ? "this table" : `these ${count(found.length)} rows`} for a spreadsheet (CSV)</button></p>}
      {pages > 1 && <nav class="pages" aria-label={`Pages of ${caption}`}>
        <button type="button" disabled={at === 1} onClick={() => adjust(route, { [`${name}page`]: String(at - 1) })}>Previous</button>
        <span>Page {at} of {pages}</span>
        <button type="button" disabled={at === pages} onClick={() => adjust(route, { [`${name}page`]: String(at + 1) })}>Next</button>
      </nav>}
    </div>
  );
}
