// Brings what the portal ships of others' works for browsers and charts to the versions locked beside this file:
//
//     npm ci --ignore-scripts --prefix vendor && node vendor/update.mjs      (make vendor)
//
// The scripts go to static/vendor with their licences, the map to reporting/charts, the checksums of all of it to
// vendor/SHA256SUMS. The same locked packages give the same bytes.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import esbuild from "esbuild";

import { mapOfGermany } from "./map.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const packages = join(here, "node_modules");
const written = [];

function target(path) {
  written.push(path);
  return join(root, path);
}

function licenceOf(name) {
  const folder = join(packages, name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} comes without its licence.`);
  return readFileSync(join(folder, file), "utf8").trim();
}

function versionOf(name) {
  return JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")).version;
}

async function bundleVega() {
  const built = await esbuild.build({
    absWorkingDir: here,
    entryPoints: ["vega.js"],
    outfile: target("static/vendor/vega.min.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none", // the licences are beside it, whole
    metafile: true,
  });
  const [{ inputs }] = Object.values(built.metafile.outputs);
  const names = Object.entries(inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    .filter(Boolean);
  const texts = [...new Set(names)].sort().map((name) => `${name} ${versionOf(name)}\n\n${licenceOf(name)}`);
  writeFileSync(target("static/vendor/vega.LICENSES"), `${texts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`);
}

function copyHtmx() {
  copyFileSync(join(packages, "htmx.org/dist/htmx.min.js"), target("static/vendor/htmx.min.js"));
  copyFileSync(join(packages, "htmx.org/LICENSE"), target("static/vendor/htmx.LICENSE"));
}

function drawMap() {
  const folder = join(packages, "@svg-maps/germany");
  const map = mapOfGermany(readFileSync(join(folder, "germany.svg"), "utf8"));
  writeFileSync(target("reporting/charts/germany.json"), `${JSON.stringify(map)}\n`);
  copyFileSync(join(folder, "LICENSE.md"), target("reporting/charts/germany.LICENSE.md"));
}

function recordChecksums() {
  const lines = written
    .filter((path) => existsSync(join(root, path)))
    .sort()
    .map((path) => `${createHash("sha256").update(readFileSync(join(root, path))).digest("hex")}  ${path}`);
  writeFileSync(join(here, "SHA256SUMS"), `${lines.join("\n")}\n`);
}

await bundleVega();
copyHtmx();
drawMap();
recordChecksums();
