// The evidence view: every quote behind a row, highlighted where it stands, and what other sources say instead.
import { useEffect, useRef } from "preact/hooks";
import { conflicting, documents, facts, page, shownName, sources, type Evidence } from "./data";
import { adjust, changed, viewOf, type Route } from "./router";
import { Confidence, Web } from "./parts";
import { columnName, count, label, languageName, meaning, plural } from "./words";

const AROUND = 110;

/** A row in words: "Lapland is member of Solar Energy". */
export function sentence(row: string): string {
  const m = facts.membership.get(row);
  if (m) return `${shownName(m.participant_id)} is ${m.role} of ${shownName(m.partnership_id)}`;
  const a = facts.attendance.get(row);
  if (a) return `${shownName(a.participant_id)} is ${a.role} of ${shownName(a.event_id)}`;
  const l = facts.link.get(row);
  if (l) return `${shownName(l.subject_id)} ${l.relation.replaceAll("_", " ")} ${shownName(l.object_id)}`;
  const item = facts.agenda.get(row);
  if (item) return `${label("agenda", item.kind)} ${item.position} of ${shownName(item.subject_id)}`;
  const f = facts.figure.get(row);
  if (f) return `${f.subject_id ? shownName(f.subject_id) : f.subject_text ?? ""}: ${count(f.value)} ${f.measure.replaceAll("_", " ")}`;
  return shownName(row);
}

export function Quote({ of }: { of: Evidence }) {
  const [, , text] = page.passages[of.passage]!;
  let from = Math.max(0, of.start - AROUND), to = Math.min(text.length, of.end + AROUND);
  while (from > 0 && from < of.start && /\S/.test(text[from - 1]!) && /\S/.test(text[from]!)) from++;
  while (to < text.length && to > of.end && /\S/.test(text[to]!) && /\S/.test(text[to - 1]!)) to--;
  const ends = to === text.length && /[.!?:…)]\s*$/.test(text);
  const language = documents.get(of.document_id)?.language ?? undefined;
  return (
    <blockquote lang={language} dir="auto" class={of.zone === "register" ? "register" : ""}>
      {from > 0 && "… "}{text.slice(from, of.start).trimStart()}
      <mark>{text.slice(of.start, of.end)}</mark>
      {text.slice(of.end, to).trimEnd()}{!ends && of.zone !== "register" && of.end < to && " …"}
    </blockquote>
  );
}

export function Source({ of }: { of: Evidence }) {
  const document = documents.get(of.document_id);
  const address = of.source_url ?? document?.url;
  return (
    <figure class="source">
      <Quote of={of} />
      <figcaption>
        <p class="origin"><a href={viewOf(`document:${of.document_id}`)}>{document?.title ?? of.document_id}</a>
          {address && <span class="address"><Web href={address} /></span>}</p>
        <ul class="marks">
          {document?.language && <li>{languageName(document.language)}</li>}
          <li title={meaning("zone", of.zone)}>{of.zone}</li>
          <li>rule “{of.rule}”</li>
          {of.inferred && <li class="inferred" title="Implied by the quote rather than said">inferred</li>}
          <li><Confidence value={of.confidence} /></li>
          <li>{of.page !== null ? `page ${of.page}, ` : ""}characters {count(of.start_offset)} to {count(of.end_offset)}</li>
        </ul>
      </figcaption>
    </figure>
  );
}

const sentenceCase = (words: string) => (words[0] ?? "").toUpperCase() + words.slice(1);

function Group({ row, column, within }: { row: string; column: string | null; within?: string }) {
  const found = sources(row, undefined, within).filter((e) => e.column_name === column);
  const values = [...new Set(found.map((e) => e.value))];
  const disputed = column !== null && conflicting(row).has(column);
  const chosen = found.find((e) => e.preferred)?.value ?? null;
  return (
    <section class={disputed ? "group disputed" : "group"}>
      <h3>{sentenceCase(columnName(column))}</h3>
      {disputed && <p class="note">Sources disagree. The dataset shows <strong>{chosen ?? "none of them"}</strong> and
        keeps the other claims: {values.filter((v) => v !== chosen && v !== null).join(", ")}.</p>}
      {values.map((value) => {
        const quotes = found.filter((e) => e.value === value);
        return <div class="claim" key={value ?? ""}>
          {value !== null && <p class="value"><strong>{value}</strong>{" "}
            <span class={value === chosen ? "badge chosen" : "badge"}>{value === chosen ? "shown" : "another claim"}</span>
          </p>}
          {quotes.map((e) => <Source key={`${e.document_id} ${e.start_offset} ${e.end_offset}`} of={e} />)}
        </div>;
      })}
    </section>
  );
}

export function EvidenceView({ route }: { route: Route }) {
  const row = route.query.get("evidence");
  const column = route.query.get("column");
  const dialog = useRef<HTMLDialogElement>(null);
  const within = route.query.get("within") ?? undefined;
  const close = () => adjust(route, { evidence: null, column: null, within: null });
  useEffect(() => {
    if (row && !dialog.current?.open) dialog.current?.showModal();
    if (!row && dialog.current?.open) dialog.current.close();
    if (dialog.current) dialog.current.scrollTop = 0;
  }, [row, column, within]);
  const found = row ? sources(row, undefined, within) : [];
  const columns = [...new Set(found.map((e) => e.column_name))]
    .sort((a, b) => Number(b === column) - Number(a === column) || Number(a !== null) - Number(b !== null));
  const shown = column ? columns.filter((c) => c === column) : columns;
  return (
    <dialog ref={dialog} class="evidence" aria-labelledby="evidence-title" onCancel={(e) => { e.preventDefault(); close(); }}
      onClick={(e) => { if (e.target === dialog.current) close(); }}>
      {row && <div class="sheet">
        <header>
          <p class="kicker">Evidence</p>
          <h2 id="evidence-title">{sentence(row)}</h2>
          <button type="button" class="close" onClick={close} aria-label="Close evidence">×</button>
          <p class="muted">{plural(found.length, "quote")} in {plural(new Set(found.map((e) => e.document_id)).size, "document")}
            {column && columns.length > 1 && <>; shown: {columnName(column)}. {" "}
              <a href={changed(route, { column: null })}>Show all</a></>}
            {within && sources(row).length > found.length && <>. {" "}
              <a href={changed(route, { within: null })}>Show those of other documents too</a></>}</p>
        </header>
        {shown.map((c) => <Group key={c ?? ""} row={row} column={c} within={within} />)}
        {!found.length && <p>This page holds no quote for this row; <code>evidence</code> in the release has all.</p>}
        <footer>
          <p>Quotes are verbatim and stand in the document at these characters. They remain quotations of their sources.</p>
          <p>Identifier: <code>{row}</code></p>
        </footer>
      </div>}
    </dialog>
  );
}
