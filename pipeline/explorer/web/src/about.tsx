// Accuracy, citation and licence; downloads with digests and code to paste.
import { useState } from "preact/hooks";
import { memberCount, page, partnerships, total } from "./data";
import { bytes, count, date, plural } from "./words";

const percent = (value: number | null) => (value === null ? "–" : `${Math.round(value * 100)}%`);

export function Accuracy() {
  const found = page.accuracy;
  if (!found) return null;
  return <section id="accuracy"><h2>How right it is</h2>
    <p class="narrow">Measured on {plural(found.documents, "document")} in {plural(found.languages, "language")} that no rule was written from. Of what is
      published about a kind, precision says how much is right; recall says how much of what the documents state was found.
      Rows of the registers are not read from prose and not part of these figures.</p>
    <div class="scroll" role="region" aria-label="Accuracy" tabIndex={0}><table class="accuracy">
      <caption class="hidden">Accuracy by kind</caption>
      <thead><tr><th scope="col">Kind</th><th scope="col" class="number">Precision</th><th scope="col" class="number">Recall</th>
        <th scope="col">F1 with 95% interval</th><th scope="col" class="number minor">Annotated</th></tr></thead>
      <tbody>{Object.entries(found.kinds).map(([kind, s]) => <tr key={kind}><th scope="row">{kind}</th>
        <td class="number">{percent(s.precision)}</td><td class="number">{percent(s.recall)}</td>
        <td><span class="interval"><span class="track" aria-hidden="true">
          {s.f1_interval && <span class="range" style={{ left: `${s.f1_interval[0] * 100}%`, width: `${(s.f1_interval[1] - s.f1_interval[0]) * 100}%` }} />}
          {s.f1 !== null && <span class="point" style={{ left: `${s.f1 * 100}%` }} />}</span>
          <span>{s.f1?.toFixed(2) ?? "–"}{s.f1_interval && <small class="muted"> ({s.f1_interval[0].toFixed(2)} to {s.f1_interval[1].toFixed(2)})</small>}</span></span></td>
        <td class="number minor">{count(s.annotated)}</td></tr>)}</tbody>
    </table></div>
    <p class="muted narrow">Names are read more surely than statements about them. Where a relation matters, read its quote, and do not take a
      missing one for a no. {found.calibration_error !== null && `The confidence of a row is off by ${found.calibration_error.toFixed(2)} on average.`}</p>
  </section>;
}

const CITATION = () => `S3 partnerships: a dataset of smart specialisation partnerships with evidence. Release ${page.release.version}, ${date(page.release.date)}. CC BY 4.0.`;

export function Cite() {
  return <section class="columns two" id="cite">
    <div><h2>How to cite</h2><Copy text={CITATION()} /><p class="muted">Identifiers of rows are stable from release to release and can be cited with it.</p></div>
    <div><h2>Licence</h2><p>Data: <strong>CC BY 4.0</strong>. Code: Apache-2.0. Quotes remain quotations of their sources and are not covered by the data licence.</p>
      <ul class="small muted attributions">{page.release.attribution.map((line) => <li key={line}>{line}</li>)}<li>Country outlines: Natural Earth, public domain.</li></ul></div>
  </section>;
}

/** Text to take along; without the clipboard (some browsers on a file's page) it is selected instead. */
export function Copy({ text }: { text: string }) {
  const [done, set] = useState("");
  const copy = async (button: HTMLButtonElement) => {
    try { await navigator.clipboard.writeText(text); set("Copied"); } catch {
      getSelection()?.selectAllChildren(button.parentElement!.querySelector("pre")!);
      set("Selected: press Ctrl+C");
    }
    setTimeout(() => set(""), 2500);
  };
  return <div class="code"><pre tabIndex={0}>{text}</pre>
    <button type="button" onClick={(e) => void copy(e.currentTarget)}>{done || "Copy"}</button><span class="hidden" role="status">{done}</span></div>;
}

const CODE: [string, string, string][] = [
  ["DuckDB", "Open the one file in any DuckDB client, from this folder.",
    "-- duckdb s3_partnerships.duckdb\nSELECT platform, name, leads, members\nFROM s3_partnerships\nORDER BY members DESC;\n\n-- who says so?\nSELECT column_name, value, quote, url\nFROM sources_of('EXAMPLE');"],
  ["pandas", "pip install pandas pyarrow",
    'import pandas as pd\n\nmembers = pd.read_csv("csv/flat_memberships.csv")\nleads = members[members["role"] == "lead"]\nprint(leads[["partnership", "participant", "nuts_code", "quote"]])\n\n# with types: pd.read_parquet("parquet/memberships.parquet")'],
  ["R", "Base R reads the CSV; the package arrow reads Parquet.",
    'members <- read.csv("csv/flat_memberships.csv", encoding = "UTF-8", na.strings = "")\nsort(table(members$partnership), decreasing = TRUE)[1:10]\n\n# library(arrow); read_parquet("parquet/memberships.parquet")'],
  ["Spreadsheet", "Names, codes and the best quote in one row.",
    `1. ${page.release.files["s3_partnerships.xlsx"] ? "Open s3_partnerships.xlsx at the sheet flat_memberships." :
      "Open csv/flat_memberships.csv (or import it: UTF-8, comma)."}\n2. Keep columns of dates as text: 2023-21 is spring 2023.\n3. Filter partnership, participant or role;\n   quote and url say where each row stands.`],
];

export function Data() {
  const files = Object.entries(page.release.files);
  const group = (title: string, note: string, wanted: (name: string) => boolean) => {
    const rows = files.filter(([name]) => wanted(name));
    return rows.length > 0 && <section key={title}><h2>{title}</h2><p class="muted">{note}</p>
      <div class="scroll" role="region" aria-label={title} tabIndex={0}><table class="files"><caption class="hidden">{title}</caption>
        <thead><tr><th scope="col">File</th><th scope="col" class="number">Rows</th><th scope="col" class="number">Size</th><th scope="col">SHA-256</th></tr></thead>
        <tbody>{rows.map(([name, f]) => <tr key={name}><th scope="row"><a href={name.split("/").map(encodeURIComponent).join("/")} download>{name}</a></th>
          <td class="number">{f.rows === null ? "" : count(f.rows)}</td><td class="number nowrap">{f.bytes === undefined ? <span class="muted">varies</span> : bytes(f.bytes)}</td>
          <td>{f.sha256 ? <code class="digest">{f.sha256}</code> : f.tables_sha256 ? <><code class="digest">{f.tables_sha256}</code> <span class="muted">of its tables: the container's own bytes differ from build to build</span></> : ""}</td></tr>)}</tbody>
      </table></div></section>;
  };
  // The partnership with most members, for the second query.
  const example = [...partnerships.keys()].sort((a, b) => memberCount(b) - memberCount(a))[0] ?? "partnership:…";
  const flat = (name: string) => /(\.duckdb|\.xlsx|flat_\w+\.csv)$/.test(name);
  const known = (name: string) => flat(name) || /^(csv|parquet|queries)\//.test(name);
  return <>
    <h1>Get the data</h1>
    <p class="lede">{plural(Object.keys(page.totals).length, "table")}, {count(Object.values(page.totals).reduce((a, b) => a + b, 0))} rows; {count(total("evidence"))} of
      them quotes. The same data in each format; <a href="README.md">README.md</a> explains every column.</p>
    <section><h2>Use it</h2><div class="codes">{CODE.map(([title, note, text]) => <div key={title}><h3>{title}</h3><p class="muted">{note}</p><Copy text={text.replace("EXAMPLE", example)} /></div>)}</div></section>
    {group("To begin with", "One database with all tables and views, and flat tables for a spreadsheet.", flat)}
    {group("Questions answered", "Queries for the DuckDB file, with their answers, and a notebook.", (name) => name.startsWith("queries/"))}
    {group("Parquet", "Typed, for pandas, Polars, R, Arrow and Spark.", (name) => name.startsWith("parquet/"))}
    {group("CSV", "UTF-8, comma, text quoted; empty is null.", (name) => name.startsWith("csv/") && !flat(name))}
    {group("About the data", "Dictionary, quality and descriptions for machines.", (name) => !known(name))}
    <p class="muted"><a href="manifest.json" download>manifest.json</a> lists every file of the release with its digest, this page too.</p>
    <Cite />
  </>;
}
