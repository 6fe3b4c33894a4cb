"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const ORDER = ["remove", "deprecate", "hide", "unknown", "keep"], STEP = 100;
const state = { sort: "v", down: false, verdicts: new Set(), object: "", text: "" };
const rows = data.rows, body = at("rows"), status = at("status"), more = at("on"), way = at("way"), by = at("by");
rows.forEach((row, place) => { row.place = place; row.z = row.z || {}; row.find = [row.o + "." + row.n, row.l, row.v, row.u, row.w, row.t, (row.f || []).map((one) => one[1]).join(" ")].join("\n").toLowerCase(); });
const known = { s: (row) => row.s, r: (row) => row.r, n: (row) => row.o + "." + row.n, v: (row) => ORDER.indexOf(row.v), d: (row) => row.d || null, w: (row) => row.w, u: (row) => row.u };
let chosen = rows, shown = 0;

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
function bar(share) {
  const inner = make("i");
  inner.style.width = `${share * 100}%`;
  return make("span", { class: "track", "aria-hidden": "true" }, inner);
}
function line(row) {
  const button = make("button", { type: "button", class: "open", "aria-expanded": "false" }, `${row.o}.${row.n}`);
  const name = make("th", { scope: "row", role: "rowheader", class: "c0" }, button);
  if (row.l !== row.n) name.append(make("div", { class: "dim" }, row.l));
  const filled = make("td", { role: "cell", class: "c1" }, make("div", { class: "fill" }, make("span", {}, row.p), ...(row.s === null ? [] : [bar(row.s)])));
  const cell = (place, head, text) => make("td", { role: "cell", class: `c${place}${text ? "" : " gone"}`, "data-head": head }, text);
  const verdict = make("td", { role: "cell", class: `c6 ${row.v}` }, make("span", { class: "verdict" }, row.v));
  const line = make("tr", { role: "row" }, name, filled, cell(2, recent, row.q === "-" ? "" : row.q), cell(3, "Last write", row.d), cell(4, "By", row.w), cell(5, "Used by", row.u), verdict);
  button.addEventListener("click", () => toggle(button, line, row));
  return line;
}
const recent = document.querySelector("th[data-key=r]").textContent.trim();
function toggle(button, line, row) {
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) return line.nextElementSibling.remove();
  const list = make("dl");
  const say = (head, ...parts) => { if (parts.length) list.append(make("dt", {}, head), make("dd", {}, ...parts)); };
  const lines = (texts) => texts.map((text) => make("p", {}, text));
  say("Why", ...lines(row.y.map((one) => data.texts[one])));
  say("Not known", ...lines(row.k.map((one) => data.texts[one])));
  say("Figure", data.texts[row.e]);
  if (row.t) say("Type", row.t);
  for (const [severity, code, message, mend, standing] of row.f || []) say(`${severity} ${code}${standing === "new" ? "" : ` (${standing})`}`, make("p", {}, message), make("p", {}, make("b", {}, "Mend: "), data.texts[mend]));
  for (const [kind, users] of Object.entries(row.z)) say(`Used by ${kind}`, users.map((one) => one.slice(one.indexOf("/") + 1)).join(", "));
  const counts = (pairs, extra) => { const all = [...pairs, ...(extra ? [["not listed", extra]] : [])], most = Math.max(...all.map((one) => one[1]), 1); return make("div", { class: "values" }, ...all.flatMap(([value, count]) => [make("span", {}, value), bar(count / most), make("span", { class: "dim" }, count.toLocaleString("en"))])); };
  if (row.a || row.x) say("Listed values", counts(row.a || [], row.x));
  if (row.g) say("Values in records", counts(row.g));
  if (row.m) say("Values in records", `not shown: ${row.m}`);
  if (row.i) say("Last written by", counts(row.i));
  if (row.b) say("By record type", make("div", { class: "values" }, ...row.b.flatMap(([name, records, filled]) => [make("span", {}, name), bar(records ? filled / records : 0), make("span", { class: "dim" }, `${filled.toLocaleString("en")} of ${records.toLocaleString("en")}`)])));
  if (row.h) say("Trend", spark(row.h));
  const cell = make("td", { colspan: "7", role: "cell" }, list);
  line.after(make("tr", { class: "more", role: "row" }, cell));
}
function spark(points) {
  const space = "http://www.w3.org/2000/svg", picture = document.createElementNS(space, "svg"), drawn = document.createElementNS(space, "polyline");
  picture.setAttribute("viewBox", "0 0 96 24"); picture.setAttribute("class", "spark"); picture.setAttribute("role", "img"); picture.setAttribute("aria-label", "share filled over the audits");
  drawn.setAttribute("points", points); picture.append(drawn);
  return picture;
}
function compare(one, two) {
  const key = known[state.sort], left = key(one), right = key(two);
  if (left === null || right === null) return left === right ? one.place - two.place : left === null ? 1 : -1;
  const order = typeof left === "number" ? left - right : left < right ? -1 : left > right ? 1 : 0;
  return (state.down ? -order : order) || one.place - two.place;
}
function next() {
  const part = document.createDocumentFragment(), end = Math.min(shown + STEP, chosen.length);
  for (; shown < end; shown++) part.append(line(chosen[shown]));
  body.append(part);
  more.hidden = shown >= chosen.length;
  more.textContent = `Show ${Math.min(STEP, chosen.length - shown)} more`;
}
function show() {
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  chosen = rows.filter((row) => (!state.verdicts.size || state.verdicts.has(row.v)) && (!state.object || row.o === state.object) && words.every((word) => row.find.includes(word)));
  if (!(state.sort === "v" && !state.down)) chosen.sort(compare);
  body.replaceChildren();
  shown = 0;
  next();
  status.textContent = chosen.length === rows.length ? `${rows.length.toLocaleString("en")} fields` : `${chosen.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} fields`;
  for (const head of document.querySelectorAll("#fields th[aria-sort]")) head.setAttribute("aria-sort", head.dataset.key === state.sort ? (state.down ? "descending" : "ascending") : "none");
  by.value = state.sort;
  way.textContent = state.down ? "Descending" : "Ascending";
}
function sort(key) { state.down = key === state.sort && !state.down; state.sort = key; show(); }
for (const head of document.querySelectorAll("#fields th[data-key] button")) head.addEventListener("click", () => sort(head.closest("th").dataset.key));
for (const chip of document.querySelectorAll(".chips button")) chip.addEventListener("click", () => {
  const verdict = chip.dataset.verdict, on = !state.verdicts.has(verdict);
  if (on) state.verdicts.add(verdict); else state.verdicts.delete(verdict);
  chip.setAttribute("aria-pressed", String(on));
  show();
});
const choose = at("object");
for (const name of data.objects) choose.append(make("option", { value: name }, name));
choose.addEventListener("change", () => { state.object = choose.value; show(); });
for (const link of document.querySelectorAll("[data-object]")) link.addEventListener("click", () => { state.object = choose.value = link.dataset.object; show(); at("list").scrollIntoView(); choose.focus({ preventScroll: true }); });
at("find").addEventListener("input", (event) => { state.text = event.target.value; show(); });
by.addEventListener("change", () => { state.sort = by.value; state.down = false; show(); });
way.addEventListener("click", () => { state.down = !state.down; show(); });
more.addEventListener("click", () => { const first = shown; next(); const rest = body.querySelectorAll(".open"); if (rest[first]) rest[first].focus(); });
addEventListener("beforeprint", () => { while (shown < chosen.length) next(); });
at("tools").hidden = false;
show();
