// The address after "#": a path and a query, as in "#/partnership/solar-energy?evidence=…". Works without a server.
import { useEffect, useState } from "preact/hooks";

export interface Route { path: string[]; query: URLSearchParams }

const decoded = (part: string): string => {
  try { return decodeURIComponent(part); } catch { return part; }
};

export function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  return { path: path.split("/").filter(Boolean).map(decoded), query: new URLSearchParams(query) };
}

export function address(path: string[], query?: URLSearchParams | Record<string, string>): string {
  const asked = new URLSearchParams(query).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${asked ? `?${asked}` : ""}`;
}

/** Address of an entity's own view: `partnership:x` stands at `#/partnership/x`. */
export function viewOf(id: string): string {
  const at = id.indexOf(":");
  return address([id.slice(0, at), id.slice(at + 1)]);
}

/** This address with some of its query changed; empty values go away. */
export function changed(route: Route, values: Record<string, string | null>): string {
  const query = new URLSearchParams(route.query);
  for (const [key, value] of Object.entries(values)) {
    if (value) query.set(key, value); else query.delete(key);
  }
  return address(route.path, query);
}

/** Change the query without a new entry in the browser's history. */
export const adjust = (route: Route, values: Record<string, string | null>): void =>
  location.replace(changed(route, values));

export function useRoute(): Route {
  const [route, set] = useState(() => parse(location.hash));
  useEffect(() => {
    const follow = () => set(parse(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}
