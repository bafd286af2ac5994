// Draws the map of Europe once: outlines of Natural Earth, projected, as SVG paths in ../europe.json.
import { readFileSync, writeFileSync } from "node:fs";
import { geoAzimuthalEqualArea, geoPath } from "d3-geo";
import { merge, mesh } from "topojson-client";

const WIDTH = 1000, HEIGHT = 945, CENTRE = [10, 52], SCALE = 1490, ORIGIN = [425, 515];
// The 27 member states by their ISO 3166-1 number; outlines of all others are drawn in a quieter tone.
const UNION = new Set(("040 056 100 191 196 203 208 233 246 250 276 300 348 372 380 428 440 442 470 528 616 620 642 " +
  "703 705 724 752").split(" "));

const world = JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json", "utf8"));
const countries = world.objects.countries.geometries;
const projection = geoAzimuthalEqualArea().rotate([-CENTRE[0], -CENTRE[1]]).scale(SCALE).translate(ORIGIN)
  .clipAngle(60).clipExtent([[0, 0], [WIDTH, HEIGHT]]).precision(0.4);
const path = geoPath(projection).digits(1);
const draw = (geometry) => simplified(path(geometry) ?? "");

// Points nearer than half a unit to the last are not seen: rings shrink to a third, islets of a unit vanish.
function simplified(d) {
  return d.split(/(?=M)/).map((ring) => {
    const closed = ring.endsWith("Z");
    const points = ring.slice(1).replace("Z", "").split("L").map((p) => p.split(",").map(Number));
    const kept = points.filter((p, i) => i === 0 || i === points.length - 1 || far(p, points, i));
    const xs = kept.map((p) => p[0]), ys = kept.map((p) => p[1]);
    const span = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
    if (closed && (kept.length < 3 || span < 1.5)) return "";
    return relative(kept) + (closed ? "Z" : "");
  }).join("");
}

let last;
function far(point, points, index) {
  if (index === 1) last = points[0];
  if (Math.hypot(point[0] - last[0], point[1] - last[1]) < 0.6) return false;
  last = point;
  return true;
}

function relative(points) {
  const tenths = points.map((p) => p.map((c) => Math.round(c * 10)));
  return tenths.map(([x, y], i) => i === 0 ? `M${x / 10},${y / 10}`
    : `l${(x - tenths[i - 1][0]) / 10},${(y - tenths[i - 1][1]) / 10}`).join("");
}

// Natural Earth draws who holds a place, not whose it is: the Union counts all of Cyprus in and draws no line at Crimea.
const member = (country) => UNION.has(country.id) || country.properties.name === "N. Cyprus";
const disputed = (a, b) => [a, b].some((c) => c.properties.name === "N. Cyprus" || c.id === "196") ||
  [a, b].every((c) => c.id === "643" || c.id === "804");
const places = [[25.7, 66.5], [-9.1, 38.7], [33.4, 35.2], [4.35, 50.85], [24.75, 42.15]];
const drawn = {
  source: "Natural Earth 1:50m, public domain, through world-atlas",
  width: WIDTH, height: HEIGHT, centre: CENTRE, scale: SCALE, origin: ORIGIN,
  union: draw(merge(world, countries.filter(member))),
  others: draw(merge(world, countries.filter((country) => !member(country)))),
  borders: draw(mesh(world, world.objects.countries, (a, b) => a !== b && !disputed(a, b))),
  // Places as this projection draws them: the tests hold the pipeline's own projection against them.
  places: places.map((p) => [...p, ...projection(p).map((c) => Math.round(c * 100) / 100)]),
};
writeFileSync("../europe.json", JSON.stringify(drawn, null, 1) + "\n");
