"use strict";
const $ = (id) => document.getElementById(id);
const data = JSON.parse($("data").textContent);
const items = data.items;
const media = $("media");
const CAPTION = { edit: "edit", suggestion: "suggestion", remark: "remark" };
const DECIDED = { "": "open", accept: "accepted", reject: "rejected" };
const store = `tidytranscript ${data.text}`;

const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const shown = (text) => (text === "" || text.trim() ? text : text.includes("\n") ? "¶" : "␣");
const quoted = (text) => `“${text.trim() || shown(text)}”`;
const clock = (ms) => {
  const s = Math.floor(ms / 1000);
  const two = (n) => String(n).padStart(2, "0");
  return (s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}` : Math.floor(s / 60)) + `:${two(s % 60)}`;
};

// Decisions, as they were made before on this page, or in the file that the page was made with.

const kept = (() => {
  try { return JSON.parse(localStorage.getItem(store)) || {}; } catch { return {}; }
})();
const key = (item) => `${data.rules[item.rule].name} ${item.changes[0][0]} ${item.changes[0][1]}`;
for (const item of items) if (!item.state && kept[key(item)]) item.state = kept[key(item)];

function remember() {
  const made = {};
  for (const item of items) if (item.state) made[key(item)] = item.state;
  try { localStorage.setItem(store, JSON.stringify(made)); } catch { /* a page in a file may have no store */ }
}

// Rows

const speakerColour = (speaker) => (speaker === null ? "" : ` style="--speaker: var(--s${speaker % 8})"`);
// The name of a finding begins with what is to be seen of it, so that it can be called by that.
const spoken = (item, seen) => {
  const more = item.changes.slice(1).map(([, , old, put]) => [old && `${quoted(old)} out`, put && `${quoted(put)} in`].filter(Boolean).join(", "));
  return `${[seen, ...more].join("; ")}: ${data.rules[item.rule].name}, ${CAPTION[item.kind]}. ${item.reason}`;
};

function sourceHtml(parts) {
  return parts.map((part) => {
    if (typeof part === "string") return escape(part);
    const [i, n] = part;
    const item = items[i];
    const first = n <= 0;
    const pieces = n < 0 ? [] : [["del", shown(item.changes[n][2])], ["ins", shown(item.changes[n][3])]].filter(([, text]) => text);
    const mark = item.kind === "remark" ? "⚑" : "?";
    const what = n < 0 ? mark : pieces.map(([tag, text]) => `<${tag}>${escape(text)}</${tag}>`).join(" ");
    const seen = n < 0 ? mark : pieces.map(([, text]) => text).join(" ");
    const role = first ? ` role="button" tabindex="-1" aria-label="${escape(spoken(item, seen))}"` : ` aria-hidden="true"`;
    return `<span class="f ${item.kind}" data-i="${i}"${role}>${what}</span>`;
  }).join("");
}

function resultHtml(parts) {
  return parts.map((part) =>
    typeof part === "string" ? escape(part) : part[1] < 0 ? "" : `<span class="r" data-r="${part[0]},${part[1]}"></span>`).join("");
}

const rowOf = [];
let speakerBefore;
$("rows").innerHTML = data.rows.map(([ms, speaker, , parts], number) => {
  for (const part of parts) if (typeof part !== "string" && rowOf[part[0]] === undefined) rowOf[part[0]] = number;
  const turn = speaker !== speakerBefore;
  speakerBefore = speaker;
  const name = speaker === null ? "" : data.speakers[speaker] || "unknown";
  const time = ms === null ? "" : media
    ? `<button type="button" class="time" data-ms="${ms}" aria-label="Play from ${clock(ms)}">▸ ${clock(ms)}</button>`
    : `<span class="time">${clock(ms)}</span>`;
  return `<section class="row${turn ? " turn" : ""}" id="row${number}"${speakerColour(speaker)}>` +
    `<div class="who">${turn && name ? `<b>${escape(name)}</b>` : ""}${time}</div>` +
    `<p class="text source">${sourceHtml(parts)}</p><p class="text result">${resultHtml(parts)}</p></section>`;
}).join("");

const spansOf = items.map(() => []);
for (const span of $("rows").querySelectorAll("[data-i]")) spansOf[span.dataset.i].push(span);
const resultsOf = items.map(() => []);
for (const span of $("rows").querySelectorAll("[data-r]")) {
  const [i, n] = span.dataset.r.split(",");
  resultsOf[i].push([span, items[i].changes[n]]);
}

const isDone = (item) => (item.kind === "edit" ? item.state !== "reject" : item.kind === "suggestion" && item.state === "accept");

function draw(i) {
  const item = items[i];
  for (const span of spansOf[i]) {
    span.classList.toggle("accept", item.state === "accept");
    span.classList.toggle("reject", item.state === "reject");
    span.setAttribute("aria-description", DECIDED[item.state]);
  }
  for (const [span, [, , old, put]] of resultsOf[i]) {
    span.textContent = isDone(item) ? put : old;
    span.classList.toggle("put", isDone(item) && put.trim() !== "");
    span.classList.toggle("kept", !isDone(item) && item.kind === "edit" && old.trim() !== "");
  }
}

// Which findings are shown

const count = (list) => list.length.toLocaleString("en");
data.rules.forEach((rule, number) => {
  const n = items.filter((item) => item.rule === number).length;
  $("rule").add(new Option(`${rule.name} (${n})`, number));
});
data.speakers.forEach((name, number) => $("speaker").add(new Option(name || "unknown", number)));

let visible = [];
let chosen = -1;

function fits(item, i) {
  const speaker = data.rows[rowOf[i]]?.[1];
  const status = $("status").value;
  return ($("kind").value === "" || item.kind === $("kind").value)
    && ($("rule").value === "" || item.rule === Number($("rule").value))
    && ($("speaker").value === "" || speaker === Number($("speaker").value))
    && (status === "all" || item.state === status)
    && item.sure >= Number($("from").value) - 1e-9 && item.sure <= Number($("to").value) + 1e-9;
}

function filter() {
  visible = [];
  const rows = new Set();
  items.forEach((item, i) => {
    const fit = fits(item, i);
    if (fit) { visible.push(i); rows.add(rowOf[i]); }
    for (const span of spansOf[i]) span.classList.toggle("dim", !fit);
  });
  const only = $("only").checked;
  document.querySelectorAll(".row").forEach((row, number) => { row.hidden = only && !rows.has(number); });
  $("none").hidden = visible.length > 0 || items.length === 0;
  if (!visible.includes(chosen)) choose(visible[0] ?? -1, false);
  tell();
}

function tell() {
  const of = (state) => items.filter((item) => item.state === state);
  $("counts").textContent = items.length
    ? `${visible.length.toLocaleString("en")} of ${count(items)} findings shown; ${count(of("accept"))} accepted, ${count(of("reject"))} rejected. Level ${data.level}.`
    : `Nothing was found. Level ${data.level}.`;
}

// One finding

function choose(i, focus = true) {
  for (const span of spansOf[chosen] || []) { span.removeAttribute("aria-current"); span.tabIndex = -1; }
  chosen = i;
  const item = items[i];
  for (const id of ["accept", "reject", "previous", "next", "all-accept", "all-reject"]) $(id).disabled = !item;
  if (!item) { $("what").innerHTML = "<p>No finding is chosen.</p>"; return; }
  for (const span of spansOf[i]) span.setAttribute("aria-current", "true");
  const span = spansOf[i][0];
  if (span) {
    span.tabIndex = 0;
    if (focus) { span.focus({ preventScroll: true }); span.scrollIntoView({ block: "center" }); }
  }
  describe();
}

function describe() {
  const item = items[chosen];
  const rule = data.rules[item.rule];
  const changes = item.changes.map(([, , old, put]) => {
    if (old === put) return "";
    return (old && `<span class="f edit"><del>${escape(shown(old))}</del></span> `) + (put ? `<span class="r put">${escape(shown(put))}</span>` : "<span>out</span>");
  }).filter(Boolean).join(", ");
  const place = `line ${item.place[0]}, column ${item.place[1]}${item.ms === null ? "" : `, at ${clock(item.ms)}`}`;
  $("what").innerHTML = `<p><b>${escape(rule.name)}</b> · ${CAPTION[item.kind]} · sure ${item.sure.toFixed(2)} · ${place} · <b>${DECIDED[item.state]}</b></p>`
    + `<p>${changes ? `${changes}: ` : ""}${escape(item.reason)}</p><p class="about">${escape(rule.about)}</p>`;
  $("accept").setAttribute("aria-pressed", item.state === "accept");
  $("reject").setAttribute("aria-pressed", item.state === "reject");
  $("accept").disabled = item.kind === "remark";
  $("reject").textContent = item.kind === "remark" ? "Dismiss" : "Reject";
}

function decide(list, state) {
  let made = 0;
  for (const i of list) {
    if (state === "accept" && items[i].kind === "remark") continue;
    items[i].state = state;
    draw(i);
    made += 1;
  }
  remember();
  $("live").textContent = made === 1 ? `${data.rules[items[list[0]].rule].name}: ${DECIDED[state]}` : `${made} findings ${DECIDED[state]}`;
  if (chosen >= 0) describe();
  tell();
}

function step(by) {
  if (!visible.length) return;
  const at = visible.indexOf(chosen);
  choose(visible[(at + by + visible.length) % visible.length]);
}

const toggle = (state) => { if (chosen >= 0) decide([chosen], items[chosen].state === state ? "" : state); };

// Decisions as a file

function decisions() {
  const made = [];
  for (const item of items) {
    if (!item.state) continue;
    for (const [start, end, old, put] of item.changes) {
      made.push({ decision: item.state, rule: data.rules[item.rule].name, start, end, old, new: put });
    }
  }
  return { schema: data.schema, file: data.file, text: data.text, decisions: made };
}

function exported() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(decisions(), null, 2) + "\n"], { type: "application/json" }));
  link.download = `${data.file}.decisions.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  $("live").textContent = `${decisions().decisions.length} decisions exported`;
}

async function load(file) {
  let given;
  try { given = JSON.parse(await file.text()); } catch { given = {}; }
  if (given?.schema !== data.schema || given.text !== data.text || !Array.isArray(given.decisions)) {
    $("live").textContent = "";
    alert(`${file.name} holds no decisions on this text.`);
    return;
  }
  const places = new Map(given.decisions.map((one) => [`${one.rule} ${one.start} ${one.end}`, one.decision]));
  items.forEach((item, i) => {
    for (const [start, end] of item.changes) {
      const found = places.get(`${data.rules[item.rule].name} ${start} ${end}`);
      if (found) { item.state = found; draw(i); }
    }
  });
  remember();
  filter();
}

// The timeline: speakers below, findings above, by time where there are times, else by place

const SVG = "http://www.w3.org/2000/svg";
const placed = data.duration > 0;
const share = (ms, start) => Math.min(1, placed ? (ms ?? 0) / data.duration : start / Math.max(1, data.length));
const xs = data.rows.map(([ms, , start]) => share(ms, start));

function timeline() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 1000 46");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${data.speakers.length} speakers and ${items.length} findings`);
  const rect = (x, y, width, height, fill) => {
    const made = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x, y, width, height })) made.setAttribute(name, value);
    made.style.fill = fill;
    svg.append(made);
  };
  rect(0, 34, 1000, 12, "var(--line)");
  for (let i = 0; i < data.rows.length;) {
    let j = i;
    while (j < data.rows.length && data.rows[j][1] === data.rows[i][1]) j += 1;
    const end = j < data.rows.length ? xs[j] : 1;
    if (data.rows[i][1] !== null) rect(xs[i] * 1000, 34, Math.max(0.5, (end - xs[i]) * 1000), 12, `var(--s${data.rows[i][1] % 8})`);
    i = j;
  }
  const bins = Array.from({ length: 250 }, () => ({ edit: 0, suggestion: 0, remark: 0 }));
  items.forEach((item) => { bins[Math.min(249, Math.floor(share(item.ms, item.changes[0][0]) * 250))][item.kind] += 1; });
  const most = Math.max(1, ...bins.map((bin) => bin.edit + bin.suggestion + bin.remark));
  bins.forEach((bin, number) => {
    let y = 32;
    for (const [kind, fill] of [["edit", "var(--gone)"], ["suggestion", "var(--maybe)"], ["remark", "var(--remark)"]]) {
      const height = (bin[kind] / most) * 30;
      if (height) { y -= height; rect(number * 4, y, 3.2, height, fill); }
    }
  });
  $("timeline").append(svg);
  $("timeline").title = placed ? `0:00 to ${clock(data.duration)}` : "from the beginning to the end of the text";
}

$("timeline").addEventListener("click", (event) => {
  const box = $("timeline").getBoundingClientRect();
  const at = (event.clientX - box.left) / box.width;
  let row = 0;
  while (row + 1 < xs.length && xs[row + 1] <= at) row += 1;
  $(`row${row}`)?.scrollIntoView({ block: "center" });
});

// The recording

function play(ms) {
  if (!media || ms === null || ms === undefined) return;
  media.currentTime = ms / 1000;
  media.play()?.catch(() => { $("live").textContent = "The recording cannot be played here."; });
}

if (media) {
  let lit = null;
  media.addEventListener("timeupdate", () => {
    const ms = media.currentTime * 1000;
    let row = -1;
    while (row + 1 < data.rows.length && (data.rows[row + 1][0] ?? Infinity) <= ms) row += 1;
    const now = row < 0 ? null : $(`row${row}`);
    if (now !== lit) { lit?.classList.remove("playing"); now?.classList.add("playing"); lit = now; }
  });
}

// Mouse and keys

$("rows").addEventListener("click", (event) => {
  const time = event.target.closest("button.time");
  if (time) { play(Number(time.dataset.ms)); return; }
  const span = event.target.closest(".f");
  if (span) { choose(Number(span.dataset.i)); play(items[span.dataset.i].ms); }
});
$("rows").addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === " ") && event.target.matches(".f")) { event.preventDefault(); toggle("reject"); }
});
$("previous").onclick = () => step(-1);
$("next").onclick = () => step(1);
$("accept").onclick = () => toggle("accept");
$("reject").onclick = () => toggle("reject");
$("all-accept").onclick = () => { decide(visible, "accept"); };
$("all-reject").onclick = () => { decide(visible, "reject"); };
$("export").onclick = exported;
$("load").onchange = () => { if ($("load").files[0]) load($("load").files[0]); $("load").value = ""; };
$("help-open").onclick = () => $("help").showModal();
$("filters").addEventListener("input", filter);
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("script").addEventListener("change", () => document.body.classList.toggle("script", $("script").checked));

const KEYS = {
  j: () => step(1), k: () => step(-1), a: () => toggle("accept"), r: () => toggle("reject"),
  u: () => { if (chosen >= 0) decide([chosen], ""); },
  p: () => { if (media && !media.paused) media.pause(); else play(items[chosen]?.ms); },
  s: () => { $("script").click(); }, e: exported, "?": () => $("help").showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (event.target.matches("input:not([type=checkbox]), select, audio, video")) return;
  const done = KEYS[event.key];
  if (done) { event.preventDefault(); done(); }
});

const dark = matchMedia("(prefers-color-scheme: dark)");
const theme = (is) => { document.documentElement.dataset.theme = is ? "dark" : "light"; };
dark.addEventListener("change", () => theme(dark.matches));
$("theme").onclick = () => theme(document.documentElement.dataset.theme !== "dark");
theme(dark.matches);

items.forEach((_, i) => draw(i));
timeline();
choose(items.length ? 0 : -1, false);
filter();
