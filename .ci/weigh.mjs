// Prints what each crate costs in the page's WASM: octets of code, and their share of the whole.
// usage: node .ci/weigh.mjs MODULE.wasm   (a module whose functions still have names; `make weigh` makes one)
import { readFileSync } from "node:fs";

const octets = readFileSync(process.argv[2]);
const { bodies, imports, names, data } = read(octets);
const weights = new Map();
bodies.forEach((size, index) => add(crateOf(names.get(imports + index) ?? ""), size));
add("(data: texts and tables)", data);

const total = [...weights.values()].reduce((sum, size) => sum + size, 0);
console.log(`${"crate".padEnd(34)} ${"octets".padStart(9)} ${"share".padStart(7)}`);
for (const [crate, size] of [...weights].sort((a, b) => b[1] - a[1]).filter(([, size]) => size * 200 > total)) {
  console.log(`${crate.padEnd(34)} ${String(size).padStart(9)} ${((100 * size) / total).toFixed(1).padStart(6)} %`);
}
console.log(`${"all".padEnd(34)} ${String(total).padStart(9)}`);

function add(crate, size) {
  weights.set(crate, (weights.get(crate) ?? 0) + size);
}

// `<alloc::vec::Vec<T> as Trait>::method`, `<T as tachys::Render>::build`, `postern_shared::spf::parse`: who wrote it.
// Of our own the module too, for there the decisions are ours.
function crateOf(name) {
  const path = name.replace(/\[[0-9a-f]+\]/g, "").replace(/^(?:<[A-Z] as )?[<&*\s(\[]*(?:mut |dyn )*/, "");
  const [crate, module] = path.split(/::|[<>\s,]/);
  if (!/^[a-z_][a-z0-9_]*$/.test(crate)) return "(without a name)";
  return /^postern_/.test(crate) && module ? `${crate}::${module}` : crate;
}

// Sizes of the functions, how many are imported, names by index, and octets of data (the binary format of WebAssembly).
function read(octets) {
  let at = 8;
  const found = { bodies: [], imports: 0, names: new Map(), data: 0 };
  while (at < octets.length) {
    const id = octets[at++];
    const length = number();
    const end = at + length;
    if (id === 2) countImports();
    else if (id === 10) readBodies();
    else if (id === 11) found.data = length;
    else if (id === 0 && text() === "name") readNames(end);
    at = end;
  }
  return found;

  function number() {
    let value = 0, shift = 0, octet;
    do {
      octet = octets[at++];
      value += (octet & 0x7f) * 2 ** shift;
      shift += 7;
    } while (octet & 0x80);
    return value;
  }
  function text() {
    const length = number();
    at += length;
    return octets.toString("utf8", at - length, at);
  }
  function countImports() {
    for (let left = number(); left > 0; left--) {
      text();
      text();
      const kind = octets[at++];
      if (kind === 0) found.imports++;
      if (kind === 1) at++;
      if (kind === 3) at += 2;
      else if (kind === 0) number();
      else limits();
    }
  }
  function limits() {
    const flags = octets[at++];
    number();
    if (flags & 1) number();
  }
  function readBodies() {
    for (let left = number(); left > 0; left--) {
      const size = number();
      found.bodies.push(size);
      at += size;
    }
  }
  function readNames(end) {
    while (at < end) {
      const kind = octets[at++];
      const last = number() + at;
      if (kind === 1) {
        for (let left = number(); left > 0; left--) {
          const index = number();
          found.names.set(index, text());
        }
      }
      at = last;
    }
  }
}
