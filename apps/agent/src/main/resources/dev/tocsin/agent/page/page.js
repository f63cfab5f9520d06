"use strict";
// The page asks its own agent and nobody else; every text from outside is set as text, never as markup.
const WORDS = {
  en: { alerts: "Alerts", flow: "Flow", latency: "Latency", graph: "Graph", rules: "Rules", sources: "Sources", deliveries: "Last deliveries", draw: "Draw", theme: "light or dark",
    none: "Nothing fires and nothing is pending.", ready: "ready", notReady: "not ready", gone: "no answer from the agent", firing: "firing", pending: "pending", since: "for", value: "value",
    received: "received", applied_durable: "applied, on disk", applied_undurable: "applied, not on disk", refused: "refused", in_flight: "in flight", ring: "ring filled", perSecond: "a second",
    holds: "received = applied + refused + in flight: it adds up.", broken: "received differs from applied + refused + in flight. This is a bug.", noLatency: "No alert has come this far yet.", noDeliveries: "No receiver was told anything yet.", more: "more",
    inactive: "inactive", recording: "recording", resolved: "resolved", ok: "ok", err: "failing", unknown: "unknown", down: "down", series: "series",
    alert: "alert", destination: "destination", took: "sample to answer", attempts: "attempts", result: "result", accepted: "accepted", undurable: "undurable", group: "group", rule: "rule", state: "state", last: "last run", health: "health",
    source: "source", up: "up", lastSample: "last sample", noData: "No data in this range.", count: "count", dependencies: "what it needs",
    sample_received: "sample → received", received_applied: "received → applied", applied_decided: "applied → decided", decided_handed: "decided → handed over", handed_answered: "handed over → answered", sample_handed: "sample → handed over", sample_answered: "sample → answered",
    why: "Why?", grid: "grid", stream: "stream", every: "every", lastSlot: "last slot", nextSlot: "next slot", trueSince: "true since", forOver: "for is over at", firedAtSlot: "fired at its slot", firedEarly: "fired between slots", beforeSlot: "before its slot", adopted: "taken over by the slot", toBeAdopted: "its slot is still to come", notFired: "has not fired", condition: "condition",
    values: "values", nothing: "nothing", notOfThis: "none of this alert", ofRange: "samples", stages: "stages", sample: "sample", decided: "decided", applied: "applied", handed: "handed over", answered: "answered", notKnown: "not known", told: "told", notTold: "no receiver has answered yet, or it was long ago", still_firing: "still firing", still_resolved: "still resolved" },
  zh: { alerts: "告警", flow: "数据流", latency: "延迟", graph: "图表", rules: "规则", sources: "来源", deliveries: "最近投递", draw: "绘制", theme: "浅色或深色",
    none: "没有触发中或待定的告警。", ready: "就绪", notReady: "未就绪", gone: "代理没有应答", firing: "触发中", pending: "待定", since: "已持续", value: "值",
    received: "已接收", applied_durable: "已应用并落盘", applied_undurable: "已应用未落盘", refused: "已拒绝", in_flight: "处理中", ring: "环形缓冲占用", perSecond: "每秒",
    holds: "已接收 = 已应用 + 已拒绝 + 处理中:账目相符。", broken: "已接收 与 已应用 + 已拒绝 + 处理中 不符,这是一个缺陷。", noLatency: "还没有告警到达这一步。", noDeliveries: "还没有向接收方投递。", more: "条未显示",
    inactive: "未触发", recording: "记录", resolved: "已恢复", ok: "正常", err: "失败", unknown: "未知", down: "离线", series: "条序列",
    alert: "告警", destination: "目的地", took: "样本到应答", attempts: "尝试", result: "结果", accepted: "已接受", undurable: "未落盘", group: "组", rule: "规则", state: "状态", last: "上次运行", health: "健康",
    source: "来源", up: "在线", lastSample: "最近样本", noData: "此范围内没有数据。", count: "数量", dependencies: "依赖",
    sample_received: "样本 → 接收", received_applied: "接收 → 应用", applied_decided: "应用 → 判定", decided_handed: "判定 → 发出", handed_answered: "发出 → 应答", sample_handed: "样本 → 发出", sample_answered: "样本 → 应答",
    why: "为什么?", grid: "网格时钟", stream: "流时钟", every: "每", lastSlot: "上一时隙", nextSlot: "下一时隙", trueSince: "自此成立", forOver: "for 到期", firedAtSlot: "在时隙触发", firedEarly: "在时隙之间触发", beforeSlot: "早于时隙", adopted: "已由时隙接管", toBeAdopted: "时隙尚未到来", notFired: "尚未触发", condition: "条件",
    values: "取值", nothing: "无", notOfThis: "没有属于此告警的", ofRange: "个样本", stages: "阶段", sample: "样本", decided: "判定", applied: "应用", handed: "发出", answered: "应答", notKnown: "未知", told: "已通知", notTold: "尚无接收方应答,或已过去很久", still_firing: "仍在触发", still_resolved: "仍已恢复" },
};
const STAGES = ["sample_answered", "sample_handed", "sample_received", "received_applied", "applied_decided", "decided_handed", "handed_answered"];
const COLOURS = ["#d9480f", "#1971c2", "#2b8a3e", "#9c36b5", "#e8a20c", "#0c8599", "#c2255c", "#5c940d", "#6741d9", "#868e96"];
const kept = { get: (k) => { try { return localStorage.getItem(k); } catch { return null; } }, set: (k, v) => { try { localStorage.setItem(k, v); } catch { /* private window */ } } };
let language = kept.get("language") || (navigator.language.startsWith("zh") ? "zh" : "en");
// What was chosen; until then the first stage that has figures.
let chosen = null;
// Overviews of the last seconds, oldest first: rates are told over them.
let past = [];
let shown = null;
const t = (word) => WORDS[language][word] || word;
const $ = (id) => document.getElementById(id);

function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  node.append(...children.filter((c) => c !== null));
  return node;
}
function svg(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
const labelText = (labels, without) => Object.entries(labels).filter(([k]) => !without.includes(k)).map(([k, v]) => `${k}="${v}"`).join(", ");
const number = (v) => { const n = Number(v); return !Number.isFinite(n) ? String(v) : n !== 0 && (Math.abs(n) >= 1e9 || Math.abs(n) < 1e-3) ? n.toExponential(3) : String(+n.toPrecision(6)); };
const grouped = (n) => Number(n).toLocaleString("en-US").replaceAll(",", "\u2009");
function duration(ms) {
  const s = ms / 1000;
  if (s < 0.001) return `${(ms * 1000).toFixed(0)} µs`;
  if (s < 1) return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
  if (s < 60) return `${s.toFixed(s < 10 ? 1 : 0)} s`;
  return s < 3600 ? `${Math.floor(s / 60)} m ${Math.floor(s % 60)} s` : `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} m`;
}
async function ask(path) {
  const answer = await fetch(path, { cache: "no-store" });
  return answer.json();
}

function spark(evidence) {
  const box = el("div", { class: "spark" });
  const finite = (read) => read.points.map(([x, y]) => [x, Number(y)]).filter((p) => Number.isFinite(p[1]));
  const points = evidence.map(finite).find((all) => all.length > 1);
  if (points) {
    const xs = points.map((p) => p[0]), ys = points.map((p) => p[1]);
    const x0 = Math.min(...xs), x1 = Math.max(...xs), y0 = Math.min(...ys), y1 = Math.max(...ys);
    const place = ([x, y]) => `${(200 * (x - x0) / (x1 - x0 || 1)).toFixed(1)},${(46 - 42 * (y - y0) / (y1 - y0 || 1)).toFixed(1)}`;
    const line = svg("polyline", { points: points.map(place).join(" "), fill: "none", stroke: "var(--mark)", "stroke-width": 1.5, "vector-effect": "non-scaling-stroke" });
    box.append(svg("svg", { viewBox: "0 0 200 50", preserveAspectRatio: "none", role: "img" }, line));
  }
  evidence.slice(0, 3).forEach((read) => {
    const last = read.points.length ? ` → ${number(read.points.at(-1)[1])}` : "";
    box.append(el("div", { class: "mono dim" }, `${read.labels.__name__ || ""}{${labelText(read.labels, ["__name__", "job"])}}${last}`));
  });
  if (evidence.length > 3) box.append(el("div", { class: "dim" }, `+ ${evidence.length - 3}`));
  return box;
}
// The alert that is explained, and what is shown of it.
let opened = { key: null, node: null };
const keyOf = (a) => JSON.stringify(a.labels);
async function explain(a) {
  const labels = Object.entries(a.labels).filter(([k]) => k !== "alertname").map(([k, v]) => `&label=${encodeURIComponent(`${k}=${v}`)}`).join("");
  const answer = await ask(`api/tocsin/v1/explain?alert=${encodeURIComponent(a.labels.alertname || "")}${labels}`).catch(() => ({ error: t("gone") }));
  return answer.explained && answer.explained.length ? explained(answer.explained[0]) : el("p", { class: "bad mono" }, answer.error || t("notKnown"));
}
function explained(one) {
  const at = (ms) => ms ? new Date(ms).toLocaleTimeString(language === "zh" ? "zh-CN" : "en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hour12: false }) : t("notKnown");
  const after = (ms, before) => ms && before ? `${at(ms)} (+${duration(Math.max(0, ms - before))})` : at(ms);
  const grid = one.grid, stream = one.stream, s = one.stages;
  const slots = `${t("every")} ${duration(grid.intervalMs)} · ${t("lastSlot")} ${at(grid.lastSlotMs)} · ${t("nextSlot")} ${at(grid.nextSlotMs)} · ${t("trueSince")} ${at(grid.activeAtMs)} · ${t("forOver")} ${at(grid.dueAtMs)}`;
  const ahead = grid.intervalMs - (((stream.firedAtMs - grid.lastSlotMs) % grid.intervalMs) + grid.intervalMs) % grid.intervalMs;
  const early = `${t("firedEarly")} ${at(stream.firedAtMs)}, ${duration(ahead)} ${t("beforeSlot")}; ${stream.adoptedAtMs ? `${t("adopted")} ${at(stream.adoptedAtMs)}` : t("toBeAdopted")}`;
  const fired = !stream.firedAtMs ? t("notFired") : stream.early ? early : `${t("firedAtSlot")} ${at(stream.firedAtMs)}`;
  const clocks = [[t("rule"), `${one.rule.group} · ${one.rule.file}`], [t("condition"), el("code", {}, one.threshold || one.rule.query)], [t("grid"), slots], [t("stream"), fired]];
  const element = (e) => el("div", { class: "mono" }, `${e.labels.__name__ || ""}{${labelText(e.labels, ["__name__"])}} = ${number(e.value)}${e.samples ? ` (${e.samples} ${t("ofRange")})` : ""}`);
  const values = one.values.map((v) => [el("code", { style: `padding-left:${v.depth}rem` }, v.expression), v.problem ? el("span", { class: "bad" }, v.problem) : v.elements.length ? el("div", {}, ...v.elements.map(element), v.fitting > v.elements.length ? `+ ${v.fitting - v.elements.length}` : null) : el("span", { class: "dim" }, t(v.total ? "notOfThis" : "nothing"))]);
  const stages = [[t("sample"), at(s.sampleMs)], [t("received"), after(s.receivedMs, s.sampleMs)], [t("applied"), after(s.appliedMs, s.receivedMs)], [t("decided"), after(s.decidedMs, s.appliedMs)]];
  const told = one.deliveries.map((d) => [`${d.destination} (${t(d.kind)})`, after(d.handedMs, d.decidedMs), after(d.answeredMs, d.handedMs), (d.accepted ? t("accepted") : d.reason) + (d.undurable ? ` (${t("undurable")})` : "")]);
  const receivers = told.length ? table([t("told"), t("handed"), t("answered"), t("result")], told) : el("p", { class: "dim" }, t("notTold"));
  return el("div", {}, table(["", ""], clocks), table([`${t("values")} · ${at(one.judgedMs)}`, ""], values), ...(stream.firedAtMs ? [table([t("stages"), ""], stages), receivers] : []));
}
async function toggle(a) {
  if (String(getSelection())) return;
  const key = keyOf(a);
  opened = opened.key === key ? { key: null, node: null } : { key, node: el("p", { class: "dim" }, "…") };
  alerts(shown);
  if (opened.key !== key) return;
  const node = await explain(a);
  if (opened.key === key) { opened.node = node; alerts(shown); }
}
// A click on it says why it is there; the button is for those who have no mouse.
function whole(a, article) {
  const open = opened.key === keyOf(a);
  const button = el("button", { type: "button", class: "why", "aria-expanded": String(open), "data-key": keyOf(a) }, t("why"));
  article.append(button);
  if (open) { const box = el("div", { class: "explain scroll" }, opened.node); box.onclick = (e) => e.stopPropagation(); article.append(box); }
  article.onclick = () => toggle(a);
  return article;
}
function alerts(view) {
  const focused = document.activeElement && document.activeElement.dataset.key;
  const hidden = view.alertCounts.firing + view.alertCounts.pending - view.alerts.length;
  $("alert-list").replaceChildren(...(view.alerts.length ? view.alerts.map((a) => whole(a, el("article", { class: `alert ${a.state}` },
    el("div", {}, el("b", {}, a.labels.alertname || ""), el("span", { class: `pill ${a.state}` }, t(a.state)), el("span", { class: "dim" }, ` ${t("since")} ${duration(view.nowMs - a.activeAtMs)} · ${t("value")} ${number(a.value)}`)),
    spark(a.evidence),
    el("div", {}, a.annotations.summary || a.annotations.description || ""),
    el("div", { class: "mono dim" }, `{${labelText(a.labels, ["alertname"])}}`, el("br"), a.query))))
    : [el("div", { class: "empty" }, t("none"))]), ...(hidden > 0 ? [el("p", { class: "dim" }, `+ ${grouped(hidden)} ${t("more")}`)] : []));
  if (focused) document.querySelectorAll("button.why").forEach((b) => { if (b.dataset.key === focused) b.focus(); });
}
function tile(name, value, note) { return el("div", { class: "tile" }, el("span", { class: "dim" }, name), el("strong", {}, value), el("span", { class: "dim" }, note || "\u00a0")); }
function flow(view) {
  const f = view.flow, refused = Object.values(f.refused).reduce((a, b) => a + b, 0);
  const before = past[0];
  const rate = (key) => before && view.nowMs > before.nowMs ? `${grouped(Math.round((f[key] - before.flow[key]) * 1000 / (view.nowMs - before.nowMs)))} ${t("perSecond")}` : "";
  $("flow-numbers").replaceChildren(
    tile(t("received"), grouped(f.received), rate("received")), tile(t("applied_durable"), grouped(f.applied_durable), rate("applied_durable")), tile(t("applied_undurable"), grouped(f.applied_undurable), rate("applied_undurable")),
    tile(t("refused"), grouped(refused), Object.entries(f.refused).map(([k, v]) => `${k} ${grouped(v)}`).join(", ")), tile(t("in_flight"), grouped(f.in_flight), `${t("ring")} ${Math.round(100 * f.ring_fill)} %`));
  const holds = f.received === f.applied_durable + f.applied_undurable + refused + f.in_flight;
  $("identity").textContent = t(holds ? "holds" : "broken");
  $("identity").className = holds ? "dim" : "bad";
  $("dependencies").replaceChildren(el("div", { class: "scroll" }, table([t("dependencies"), t("state"), ""], view.dependencies.map((d) => [d.name, el("span", { class: d.ok ? "good" : "bad" }, d.ok ? t("ok") : "✕"), d.reason]))));
  const ok = view.dependencies.every((d) => d.ok);
  $("status").textContent = t(ok ? "ready" : "notReady");
  $("status").className = `pill ${ok ? "good" : "bad"}`;
  $("about").textContent = `${view.host} · ${view.version} · ${duration(view.nowMs - view.startedMs)} · ${grouped(view.series)} ${t("series")}`;
}
// A head or a cell that is `{ n: text }` is a figure.
function table(heads, rows) {
  const cell = (name) => (c) => c && c.n !== undefined ? el(name, { class: "n" }, c.n) : el(name, {}, c);
  return el("table", {}, el("thead", {}, el("tr", {}, ...heads.map(cell("th")))), el("tbody", {}, ...rows.map((r) => el("tr", {}, ...r.map(cell("td"))))));
}
// Pictures are as wide as their place, so that their letters are as large as the others.
const room = (place, least) => Math.max(least, Math.floor(place.clientWidth) || least);
function latency(view) {
  const stage = chosen || STAGES.find((s) => view.latency[s].count) || STAGES[0];
  $("stages").replaceChildren(...STAGES.map((s) => { const b = el("button", { type: "button", role: "tab", "aria-selected": String(s === stage) }, t(s)); b.onclick = () => { chosen = s; latency(shown); }; return b; }));
  const h = view.latency[stage];
  if (!h || !h.count) { $("histogram").replaceChildren(el("div", { class: "empty" }, t("noLatency"))); } else {
    const width = room($("histogram"), 300), height = 150, step = width / h.buckets.length, top = Math.max(...h.buckets.map((b) => b[1]));
    const picture = svg("svg", { viewBox: `0 0 ${width} ${height + 22}`, width: "100%", role: "img" });
    const every = Math.ceil(52 / step);
    h.buckets.forEach(([upper, count], i) => {
      const tall = count ? Math.max(2, height * count / top) : 0;
      const bar = svg("rect", { x: i * step + 1, y: height - tall, width: Math.max(1, step - 2), height: tall, fill: "var(--bar)" });
      bar.append(svg("title", {}, `≤ ${duration(upper)}: ${count}`));
      picture.append(bar);
      if (i % every === 0) picture.append(svg("text", { x: i || every === 1 ? i * step + step / 2 : 0, y: height + 15, "text-anchor": i || every === 1 ? "middle" : "start" }, duration(upper)));
    });
    picture.append(svg("line", { x1: 0, x2: width, y1: height, y2: height, class: "axis" }));
    $("histogram").replaceChildren(el("p", { class: "dim" }, `${t("count")} ${grouped(h.count)} · P50 ${duration(h.p50Ms)} · P99 ${duration(h.p99Ms)} · max ${duration(h.maxMs)}`), picture);
  }
  const rows = view.deliveries.slice(-20).reverse().map((d) => [`${d.labels.alertname || ""} (${t(d.kind) })`, d.destination, { n: d.tookMs >= 0 ? duration(d.tookMs) : "–" }, { n: String(d.attempts) }, (d.accepted ? t("accepted") : d.reason) + (d.undurable ? ` (${t("undurable")})` : "")]);
  $("deliveries").replaceChildren(rows.length ? table([t("alert"), t("destination"), { n: t("took") }, { n: t("attempts") }, t("result")], rows) : el("div", { class: "empty" }, t("noDeliveries")));
}
function rules(groups, nowMs) {
  const rows = groups.flatMap((g) => g.rules.map((r) => [g.name, r.name, el("code", {}, r.query), el("span", { class: r.state || "" }, t(r.state || r.type)), { n: duration(Math.max(0, nowMs - Date.parse(g.lastEvaluation))) }, el("span", { class: r.health === "err" ? "bad" : "good" }, r.health === "err" ? r.lastError : t(r.health))]));
  $("rule-list").replaceChildren(table([t("group"), t("rule"), "PromQL", t("state"), { n: t("last") }, t("health")], rows));
}
function sources(targets, nowMs) {
  $("source-list").replaceChildren(table([t("source"), t("up"), { n: t("lastSample") }, ""], targets.map((s) => [`${s.scrapePool} ${labelText(s.labels, [])}`, el("span", { class: s.health === "up" ? "good" : "bad" }, t(s.health)), { n: duration(Math.max(0, nowMs - Date.parse(s.lastScrape))) }, s.lastError])));
}

async function draw() {
  const plot = $("plot"), seconds = Number($("range").value), end = Date.now() / 1000, step = Math.max(1, Math.round(seconds / 300));
  const answer = await ask(`api/v1/query_range?query=${encodeURIComponent($("expression").value)}&start=${end - seconds}&end=${end}&step=${step}`).catch(() => ({ status: "error", error: t("gone") }));
  if (answer.status !== "success") { plot.replaceChildren(el("p", { class: "bad mono" }, answer.error)); return; }
  const series = answer.data.result.slice(0, COLOURS.length * 2).map((r) => ({ metric: r.metric, points: r.values.map(([x, y]) => [x, Number(y)]).filter((p) => Number.isFinite(p[1])) })).filter((s) => s.points.length);
  if (!series.length) { plot.replaceChildren(el("div", { class: "empty" }, t("noData"))); return; }
  const ys = series.flatMap((s) => s.points.map((p) => p[1])), low = Math.min(...ys), high = Math.max(...ys), margin = (high - low || Math.abs(high) || 1) * 0.06;
  const y0 = low - margin, y1 = high + margin, width = room(plot, 300), height = 260, left = 66;
  const x = (v) => left + (width - left) * (v - (end - seconds)) / seconds, y = (v) => height - height * (v - y0) / (y1 - y0);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height + 24}`, width: "100%", role: "img" });
  for (let i = 0; i <= 4; i++) { const v = y0 + (y1 - y0) * i / 4; picture.append(svg("line", { x1: left, x2: width, y1: y(v), y2: y(v), class: "axis" }), svg("text", { x: left - 6, y: Math.min(height, Math.max(10, y(v) + 4)), "text-anchor": "end" }, number(+v.toPrecision(4)))); }
  const marks = width < 600 ? 2 : 5;
  for (let i = 0; i <= marks; i++) { const v = end - seconds + seconds * i / marks; picture.append(svg("text", { x: x(v), y: height + 17, "text-anchor": i === 0 ? "start" : i === marks ? "end" : "middle" }, new Date(v * 1000).toLocaleTimeString(language === "zh" ? "zh-CN" : "en-GB"))); }
  series.forEach((s, i) => { const line = svg("polyline", { points: s.points.map((p) => `${x(p[0]).toFixed(1)},${y(p[1]).toFixed(1)}`).join(" "), fill: "none", stroke: COLOURS[i % COLOURS.length], "stroke-width": 1.6 }); line.append(svg("title", {}, labelText(s.metric, []))); picture.append(line); });
  const legend = series.map((s, i) => el("div", { class: "mono" }, el("span", { style: `color:${COLOURS[i % COLOURS.length]}` }, "━ "), `${s.metric.__name__ || ""}{${labelText(s.metric, ["__name__"])}} ${number(s.points.at(-1)[1])}`));
  plot.replaceChildren(picture, ...legend);
}

function words() {
  document.documentElement.lang = language;
  document.querySelectorAll("[data-t]").forEach((n) => { n.textContent = t(n.dataset.t); });
  document.querySelectorAll("[data-t-title]").forEach((n) => { n.title = t(n.dataset.tTitle); });
  $("language").textContent = language === "en" ? "中文" : "English";
}
async function refresh() {
  if (document.hidden) return;
  try {
    const [view, ruleAnswer, targetAnswer] = await Promise.all([ask("api/tocsin/v1/overview"), ask("api/v1/rules?exclude_alerts=true"), ask("api/v1/targets?state=active")]);
    if (shown && shown.startedMs !== view.startedMs) past = [];
    if (shown && shown.startedMs === view.startedMs) past.push(shown);
    while (past.length > 1 && view.nowMs - past[1].nowMs >= 5000) past.shift();
    shown = view;
    alerts(view); flow(view); latency(view); rules(ruleAnswer.data.groups, view.nowMs); sources(targetAnswer.data.activeTargets, view.nowMs);
    document.title = `${view.alertCounts.firing || ""} Tocsin`.trim();
  } catch {
    $("status").textContent = t("gone");
    $("status").className = "pill bad";
  }
}
$("language").onclick = () => { language = language === "en" ? "zh" : "en"; kept.set("language", language); words(); opened = { key: null, node: null }; if (shown) { alerts(shown); flow(shown); latency(shown); } refresh(); draw(); };
$("theme").onclick = () => { const dark = getComputedStyle(document.documentElement).getPropertyValue("--ground").trim() === "#161513"; document.documentElement.dataset.theme = dark ? "light" : "dark"; kept.set("theme", dark ? "light" : "dark"); };
$("query").onsubmit = (e) => { e.preventDefault(); draw(); };
// The links in notifications lead here, in Prometheus's form.
const linked = new URLSearchParams(location.search).get("g0.expr");
if (linked) { $("expression").value = linked; location.hash = "graph"; }
if (kept.get("theme")) document.documentElement.dataset.theme = kept.get("theme");
words();
refresh().then(draw);
setInterval(refresh, 1000);
setInterval(() => { if (!document.hidden) draw(); }, 10000);
