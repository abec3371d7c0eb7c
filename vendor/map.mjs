// The map of the Länder as plain shapes that a chart can draw: fewer points, the same border for both neighbours,
// lines to hatch each Land with, and where its label stands.
import polylabel from "polylabel";
import { feature } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify } from "topojson-simplify";

const SMALLEST_DETAIL = 8; // square units of the map; it is 586 wide
const SMALLEST_ISLAND = 12;
const HATCH_DISTANCE = 8;

// The key is the official number of the Land. A Land too small for its label has it outside: `label`, and a line to it.
const LAENDER = {
  "01": { id: "sh", short: "SH" },
  "02": { id: "hh", short: "HH", label: [142, 104] },
  "03": { id: "ni", short: "NI", inside: [228, 256] },
  "04": { id: "hb", short: "HB", label: [58, 152] },
  "05": { id: "nw", short: "NW" },
  "06": { id: "he", short: "HE" },
  "07": { id: "rp", short: "RP" },
  "08": { id: "bw", short: "BW" },
  "09": { id: "by", short: "BY" },
  10: { id: "sl", short: "SL", label: [58, 648] },
  11: { id: "be", short: "BE", label: [596, 212] },
  12: { id: "bb", short: "BB", inside: [499, 348] },
  13: { id: "mv", short: "MV" },
  14: { id: "sn", short: "SN" },
  15: { id: "st", short: "ST" },
  16: { id: "th", short: "TH" },
};

const rounded = ([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10];

// The paths hold nothing but "m", relative points and "z".
function ringsOf(path) {
  const rings = [];
  let [x, y] = [0, 0];
  for (const part of path.split("z").map((text) => text.trim()).filter(Boolean)) {
    if (!part.startsWith("m")) throw new Error(`Not a relative move: ${part.slice(0, 40)}`);
    const steps = part.slice(1).trim().split(/[\s,]+/).map(Number);
    const ring = [];
    for (let index = 0; index < steps.length; index += 2) {
      x += steps[index];
      y += steps[index + 1];
      ring.push([x, y]);
    }
    [x, y] = ring[0];
    rings.push([...ring, ring[0]]);
  }
  return rings;
}

function area(ring) {
  return Math.abs(
    ring.slice(1).reduce((sum, [x, y], index) => sum + ring[index][0] * y - x * ring[index][1], 0) / 2,
  );
}

function contains(ring, [x, y]) {
  let inside = false;
  for (let index = 1; index < ring.length; index += 1) {
    const [[x1, y1], [x2, y2]] = [ring[index - 1], ring[index]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

// Rings that lie in another ring are its holes: Berlin in Brandenburg, Bremen in Lower Saxony.
function polygonsOf(rings) {
  const bySize = [...rings].sort((one, other) => area(other) - area(one));
  const polygons = [];
  for (const ring of bySize) {
    const around = polygons.find(([outer]) => contains(outer, ring[0]));
    if (around) around.push(ring);
    else polygons.push([ring]);
  }
  return polygons;
}

// Diagonals x + y = n · distance, cut where they leave and enter the shape.
function hatching(polygons) {
  const rings = polygons.flat();
  const sums = rings.flat().map(([x, y]) => x + y);
  const lines = [];
  const first = Math.ceil(Math.min(...sums) / HATCH_DISTANCE) * HATCH_DISTANCE;
  for (let sum = first; sum < Math.max(...sums); sum += HATCH_DISTANCE) {
    const crossings = [];
    for (const ring of rings) {
      for (let index = 1; index < ring.length; index += 1) {
        const [[x1, y1], [x2, y2]] = [ring[index - 1], ring[index]];
        const [before, after] = [x1 + y1 - sum, x2 + y2 - sum];
        if (before < 0 !== after < 0) crossings.push(x1 + ((x2 - x1) * before) / (before - after));
      }
    }
    crossings.sort((one, other) => one - other);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      lines.push([rounded([crossings[index], sum - crossings[index]]), rounded([crossings[index + 1], sum - crossings[index + 1]])]);
    }
  }
  return lines;
}

export function mapOfGermany(svg) {
  const paths = Object.fromEntries([...svg.matchAll(/id="(\w+)"[^>]*?\sd="([^"]*)"/g)].map(([, id, path]) => [id, path]));
  const features = Object.entries(LAENDER).map(([code, { id }]) => {
    const rings = ringsOf(paths[id]);
    const largest = Math.max(...rings.map(area));
    const kept = rings.filter((ring) => area(ring) === largest || area(ring) > SMALLEST_ISLAND);
    return { type: "Feature", id: code, properties: {}, geometry: { type: "MultiPolygon", coordinates: polygonsOf(kept) } };
  });
  const shared = simplify(
    presimplify(topology({ laender: { type: "FeatureCollection", features } }, 6000)),
    SMALLEST_DETAIL,
  );
  return feature(shared, shared.objects.laender)
    .features.map(({ id, geometry }) => {
      const polygons = (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates)
        .map((rings) => rings.map((ring) => ring.map(rounded)).filter((ring) => ring.length > 3))
        .filter((rings) => rings.length);
      const main = [...polygons].sort(([one], [other]) => area(other) - area(one))[0];
      const { short, label, inside } = LAENDER[id];
      const middle = rounded(polylabel(main, 1));
      return {
        code: id,
        short,
        label: label ?? inside ?? middle,
        leader: label ? middle : null,
        shape: polygons,
        hatch: hatching(polygons),
      };
    })
    .sort((one, other) => one.code.localeCompare(other.code));
}
