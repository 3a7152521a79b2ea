"""The style of all pages: the project's palette in light and dark, one column on a phone."""

STYLE = """
:root {
  --ground: #f6f8fb; --card: #ffffff; --ink: #0b1f3a; --quiet: #43556e; --line: #d6e2f0;
  --blue: #0b5cad; --good: #0f766e; --good-ground: #e3f3f1; --alarm: #c8102e; --alarm-ground: #fdecef;
  --note: #92400e; --note-ground: #fff4dc; --head: #0b1f3a; --shade: 0 1px 2px rgba(11, 31, 58, .08);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #071426; --card: #0b1f3a; --ink: #ffffff; --quiet: #b9cce4; --line: #24405f;
    --blue: #5aa9f0; --good: #2dd4bf; --good-ground: #0c3238; --alarm: #ff9aa9; --alarm-ground: #3d1420;
    --note: #ffd54a; --note-ground: #33301b; --head: #0b1f3a; --shade: none;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink); line-height: 1.5;
  font-family: "Plus Jakarta Sans", Inter, system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 8px; background: #ffffff; color: #0b1f3a; padding: 8px 16px; z-index: 1; }
.wide { max-width: 1040px; margin: 0 auto; padding: 0 16px; }
header { background: var(--head); color: #ffffff; }
header .wide { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; justify-content: space-between;
  padding-top: 16px; padding-bottom: 16px; }
.brand { margin: 0; font-size: 1.125rem; font-weight: 800; }
.brand span { display: block; font-size: .875rem; font-weight: 500; color: #d6e2f0; }
header nav { display: flex; gap: 4px; }
header nav a { color: #ffffff; min-width: 48px; min-height: 48px; padding: 0 12px; display: inline-flex;
  align-items: center; justify-content: center; border-radius: 12px; text-decoration: none; font-weight: 700; }
header nav a:hover { background: #10294b; }
header nav a[aria-current] { background: #ffffff; color: #0b1f3a; }
.stripe { height: 6px; background: linear-gradient(#c8102e 50%, #ffffff 50%); border-bottom: 1px solid var(--line);
  box-sizing: content-box; }
a:focus-visible { outline: 4px solid #ffd54a; outline-offset: 2px; }
main.wide { padding-top: 24px; padding-bottom: 48px; }
h1 { overflow-wrap: anywhere; font-size: clamp(1.5rem, 5vw, 2rem); font-weight: 800; line-height: 1.2; margin: 8px 0; }
.lead { color: var(--quiet); margin: 0 0 24px; max-width: 64ch; }
.totals, .halls { gap: 16px; padding: 0; margin: 0 0 32px; list-style: none; }
.totals { display: flex; flex-wrap: wrap; }
.halls { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); }
.total, .hall { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shade); }
.total { padding: 16px; flex: 1 1 150px; }
.total dt { color: var(--quiet); font-size: .875rem; }
.total dd { margin: 0; font-size: 1.75rem; font-weight: 800; line-height: 1.25; }
.hall { padding: 20px; overflow-wrap: anywhere; }
.hall h2 { margin: 0 0 8px; font-size: 1.25rem; font-weight: 800; }
.chips { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 12px; padding: 0; list-style: none; }
.chips li { padding: 4px 12px; border-radius: 999px; font-size: .875rem; font-weight: 700; }
.good { color: var(--good); background: var(--good-ground); }
.note { color: var(--note); background: var(--note-ground); }
.alarm { color: var(--alarm); background: var(--alarm-ground); }
.facts { margin: 0; }
.facts div { display: flex; flex-wrap: wrap; gap: 0 16px; justify-content: space-between; padding: 8px 0;
  border-top: 1px solid var(--line); }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; font-weight: 700; text-align: right; margin-left: auto; }
.facts small { display: block; color: var(--quiet); font-size: .875rem; font-weight: 500; }
.hash { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-weight: 500; }
.hall h2 a { color: var(--blue); text-decoration: none; min-height: 48px; display: inline-flex; align-items: center; }
section.hall { margin: 0 0 24px; }
.halls section.hall { margin: 0; }
.halls + section.hall { margin-top: -8px; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { color: var(--quiet); font-size: .875rem; font-weight: 500; }
th, td { padding: 8px 12px 8px 0; border-top: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
th { white-space: normal; overflow-wrap: normal; vertical-align: bottom; }
td.text { white-space: normal; min-width: 4.5rem; }
@media (max-width: 600px) {
  .acts thead { position: absolute; left: -999px; }
  .acts table, .acts tbody, .acts tr, .acts td { display: block; text-align: left; white-space: normal; }
  .acts tr { border-top: 1px solid var(--line); padding: 12px 0; }
  .acts td { border: 0; padding: 2px 0; }
  .acts td.text { font-weight: 700; }
  .acts td[data-label]:not(:has(form))::before { content: attr(data-label) ': '; color: var(--quiet); }
  .acts form { margin-top: 8px; }
}
.as-of form { display: inline-flex; }
form.hall { max-width: 420px; display: grid; gap: 12px; }
form p { margin: 0; padding: 8px 12px; border-radius: 12px; }
input, button { font: inherit; min-height: 48px; padding: 0 16px; border-radius: 12px; border: 2px solid var(--quiet);
  background: var(--card); color: var(--ink); }
button { background: #0b5cad; border-color: #0b5cad; color: #ffffff; font-weight: 700; }
input:focus-visible, button:focus-visible { outline: 4px solid #ffd54a; outline-offset: 2px; }
.empty { padding: 32px 20px; text-align: center; }
.empty p { margin: 8px auto 0; max-width: 52ch; color: var(--quiet); }
.as-of { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: center; color: var(--quiet); margin: 0; }
.as-of a { color: var(--blue); font-weight: 700; min-height: 48px; display: inline-flex; align-items: center; }
"""
