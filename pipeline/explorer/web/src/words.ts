// Codes, dates and numbers in words. Names of languages and countries come from the browser.
import { page } from "./data";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
const PARTS: Record<string, string> = { 21: "spring", 22: "summer", 23: "autumn", 24: "winter", 33: "first quarter of",
  34: "second quarter of", 35: "third quarter of", 36: "fourth quarter of", 40: "first half of", 41: "second half of" };

/** An EDTF date as people write it: "8 March 2018", "spring 2023", "4 October, year not given". */
export function date(edtf: string | null): string {
  if (!edtf) return "";
  const inferred = edtf.endsWith("?");
  const [year, part, day] = edtf.replace("?", "").split("-");
  const middle = part === undefined ? "" : PARTS[part] ?? MONTHS[Number(part) - 1] ?? part;
  const written = [day ? String(Number(day)) : "", middle, year === "XXXX" ? "" : year].filter(Boolean).join(" ");
  const marks = [year === "XXXX" ? "year not given" : "", inferred ? "inferred" : ""].filter(Boolean).join(", ");
  return marks ? `${written} (${marks})` : written;
}

const number = new Intl.NumberFormat("en-GB");
export const count = (value: number): string => number.format(value);
export const plural = (value: number, word: string, many = `${word}s`): string =>
  `${count(value)} ${value === 1 ? word : many}`;

export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  return value < 1e6 ? `${(value / 1e3).toFixed(value < 1e4 ? 1 : 0)} kB` : `${(value / 1e6).toFixed(1)} MB`;
}

const countries = new Intl.DisplayNames(["en-GB"], { type: "region", fallback: "code" });
const languages = new Intl.DisplayNames(["en-GB"], { type: "language", fallback: "code" });
const tried = (names: Intl.DisplayNames, code: string | null): string => {
  if (!code) return "";
  try { return names.of(code) ?? code; } catch { return code; }
};
export const countryName = (code: string | null): string => tried(countries, code);
export const languageName = (code: string | null): string => tried(languages, code);

/** A code in words: "Industrial Modernisation" for a platform, "Thematic partnership" for a kind. */
export function label(vocabulary: string, code: string | null): string {
  if (!code) return "";
  if (vocabulary === "platform") return page.codes["platform"]?.[code] ?? code;
  const words = code.replaceAll("_", " ");
  return (words[0] ?? "").toUpperCase() + words.slice(1).replace(/\beu\b/, "EU");
}
export const meaning = (vocabulary: string, code: string | null): string =>
  (code && page.codes[vocabulary]?.[code]) || "";

export const COLUMNS: Record<string, string> = { as_of: "date of the statement", is_s3: "smart specialisation",
  url: "website", country_code: "country", region_id: "seat", acts_for_region_id: "territory it acts for",
  launched: "launch", ended: "end", starts: "start", ends: "end", role_text: "role in the source's words" };
export const columnName = (column: string | null): string =>
  column === null ? "the fact as a whole" : COLUMNS[column] ?? column.replaceAll("_", " ");

export const LEVELS = ["Country", "NUTS 1", "NUTS 2", "NUTS 3"];
/** Text as it is compared and searched: without case and accents. */
export const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
