// Minifies the glue between page and WASM, which trunk's own minifier cannot read. Trunk runs this on the finished
// page, when the document holds the glue's hash already: the new one takes its place.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";

const folder = process.env.TRUNK_STAGING_DIR;
if (process.env.TRUNK_PROFILE === "release") {
  const glue = readdirSync(folder).find((name) => /^postern-app-[0-9a-f]+\.js$/.test(name));
  const written = readFileSync(join(folder, glue), "utf8");
  const minified = transformSync(written, { format: "esm", minify: true, legalComments: "none" }).code;
  writeFileSync(join(folder, glue), minified);

  const integrity = (text) => `sha384-${createHash("sha384").update(text).digest("base64")}`;
  const document = join(folder, "index.html");
  const page = readFileSync(document, "utf8");
  if (!page.includes(integrity(written))) {
    throw new Error(`${document} does not hold the hash of ${glue}`);
  }
  writeFileSync(document, page.replaceAll(integrity(written), integrity(minified)));
}
