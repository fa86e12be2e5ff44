// Finishes a release of the page. Trunk has put it together around one module of WASM and its glue; here the linker's
// module is split into what everybody needs and what is fetched when it is needed (app/src/lazy.rs), each part is
// optimized, and both take the places of Trunk's own, names and hashes with them.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const folder = process.env.TRUNK_STAGING_DIR;
const target = process.env.CARGO_TARGET_DIR ?? "target";
const linked = join(target, "wasm32-unknown-unknown", "wasm-release", "postern-app.wasm");
const work = join(target, "finish");

// What the browsers understand that understand the page; the splitter drops the section that says so.
const FEATURES = [
  "bulk-memory", "bulk-memory-opt", "call-indirect-overlong", "multivalue", "mutable-globals",
  "nontrapping-float-to-int", "reference-types", "sign-ext",
].map((feature) => `--enable-${feature}`);
// Functions in the order of their names: what is alike then lies together, and compresses better. Rust puts the end
// of its stack, which is never reached, at the lowest addresses.
const OPTIMIZE = [
  "-Oz", "--low-memory-unused", "--one-caller-inline-max-function-size=20", "--reorder-functions-by-name",
  "--strip-debug", "--strip-producers",
];

// Kinds of what a module imports.
const [FUNCTION, GLOBAL] = [0, 3];

if (process.env.TRUNK_PROFILE === "release") finish();

function finish() {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  run("wasm-split-cli", linked, work, "--out-name", "postern-app", "--target", "web");
  // The parts look up each other's functions in the main module's own table.
  run("wasm-bindgen", join(work, "postern-app.wasm"), "--target", "web", "--no-typescript", "--keep-lld-exports",
    "--out-dir", work);

  const parts = new Map();
  for (const name of readdirSync(work).filter((name) => /^(split|chunk)_.*\.wasm$/.test(name))) {
    parts.set(name, put(name.replace(".wasm", ""), ".wasm", optimized(name)));
  }
  const [main, shortened] = withShortNames(optimized("postern-app_bg.wasm"));
  let glue = bundled();
  for (const [name, short] of shortened) glue = glue.replaceAll(new RegExp(`\\b${name}\\b`, "g"), () => short);
  const needed = languages(readFileSync(join(work, "__wasm_split.js"), "utf8"), parts);
  for (const [name, finished] of parts) glue = glue.replaceAll(name, finished);

  let page = readFileSync(join(folder, "index.html"), "utf8");
  page = replaced(page, /^postern-app-[0-9a-f]+_bg\.wasm$/, "_bg.wasm", main);
  page = replaced(page, /^postern-app-[0-9a-f]+\.js$/, ".js", glue);
  // boot.js knows the language before anything else does, and has its words fetched beside the module.
  const attributes = Object.entries(needed).map(([language, names]) => `data-${language}="${names.join(" ")}"`);
  const boot = /<script src="?boot\.js"?/;
  if (!boot.test(page)) throw new Error("index.html does not begin with boot.js");
  page = page.replace(boot, `$& ${attributes.join(" ")}`);
  writeFileSync(join(folder, "index.html"), page);
}

function run(program, ...words) {
  execFileSync(program, words, { stdio: ["ignore", "ignore", "inherit"] });
}

function optimized(name) {
  const [from, to] = [join(work, name), join(work, `optimized-${name}`)];
  run("wasm-opt", ...FEATURES, ...OPTIMIZE, from, "-o", to);
  return readFileSync(to);
}

// The glue and the loader of the parts as one file, without what nobody imports.
function bundled() {
  const glue = join(work, "postern-app.js");
  // The classes of streams, which Leptos' server functions export and no page of ours uses.
  writeFileSync(glue, readFileSync(glue, "utf8").replace(/^if \(Symbol\.dispose\) .*$/gm, ""));
  const bundle = buildSync({
    stdin: { contents: 'export { default } from "./postern-app.js";', resolveDir: work },
    bundle: true, write: false, format: "esm", minify: true, legalComments: "none", logLevel: "error", pure: ["FinalizationRegistry"],
  });
  return bundle.outputFiles[0].text;
}

// By language the parts that hold its words, its own first.
function languages(loader, parts) {
  const chunks = new Map([...loader.matchAll(/const (__chunk_\d+) = [^"]*"\.\/([^"]+)"/g)].map(([, name, file]) => [name, file]));
  const found = { en: "english", fa: "persian" };
  for (const [language, module] of Object.entries(found)) {
    const load = new RegExp(`__wasm_split_load_${module} = [^"]*"\\./([^"]+)"[^\\[]*\\[([^\\]]*)\\]`).exec(loader);
    if (!load) throw new Error(`no part holds the words of ${language}`);
    const files = [load[1], ...load[2].split(", ").filter(Boolean).map((chunk) => chunks.get(chunk))];
    found[language] = files.map((file) => parts.get(file));
  }
  return found;
}

function hash(contents) {
  return createHash("sha256").update(contents).digest("hex").slice(0, 16);
}

function put(stem, extension, contents) {
  const name = `${stem}-${hash(contents)}${extension}`;
  writeFileSync(join(folder, name), contents);
  return name;
}

// The page with a file of ours in the place of Trunk's.
function replaced(page, name, extension, contents) {
  const old = readdirSync(folder).find((found) => name.test(found));
  const integrity = (contents) => `sha384-${createHash("sha384").update(contents).digest("base64")}`;
  const before = integrity(readFileSync(join(folder, old)));
  if (!page.includes(before)) throw new Error(`index.html does not hold the hash of ${old}`);
  rmSync(join(folder, old));
  const stem = `postern-app-${hash(contents)}`;
  writeFileSync(join(folder, stem + extension), contents);
  return page.replaceAll(before, integrity(contents)).replaceAll(old, stem + extension);
}

// The module with short names for what it imports of its glue, and which became what: wasm-bindgen ends each in a hash,
// which does not compress (WebAssembly 2.0 §5.5.5, the import section).
function withShortNames(module) {
  const renamed = new Map();
  let at = 8;
  const number = () => {
    let value = 0, shift = 0, octet;
    do {
      octet = module[at++];
      value += (octet & 0x7f) * 2 ** shift;
      shift += 7;
    } while (octet & 0x80);
    return value;
  };
  while (module[at] !== 2) {
    at++;
    const length = number();
    at += length;
  }
  const begin = at++;
  const length = number();
  const end = at + length;
  const entries = [leb(number())];
  const name = () => {
    const length = number();
    return module.toString("utf8", at, (at += length));
  };
  while (at < end) {
    const [source, field] = [name(), name()];
    // The kind of what is imported and its type stay as they are.
    const behind = at;
    const kind = module[at++];
    if (kind === FUNCTION) number();
    else if (kind === GLOBAL) at += 2;
    else throw new Error(`the module imports ${field}, of kind ${kind}`);
    if (field.startsWith("__wb") && !renamed.has(field)) renamed.set(field, `$${renamed.size.toString(36)}`);
    entries.push(text(source), text(renamed.get(field) ?? field), module.subarray(behind, at));
  }
  const section = Buffer.concat(entries);
  return [Buffer.concat([module.subarray(0, begin + 1), leb(section.length), section, module.subarray(end)]), renamed];
}

function text(written) {
  return Buffer.concat([leb(Buffer.byteLength(written)), Buffer.from(written)]);
}

function leb(value) {
  const octets = [];
  do {
    octets.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(octets);
}
