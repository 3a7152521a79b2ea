"""What the hall's pages add to the style of all pages: tabs, forms and the figures of now."""

HALL_STYLE = """
header form { display: inline-flex; }
header .who { display: inline-flex; align-items: center; padding: 0 8px; font-weight: 700; }
button.quiet { background: transparent; border-color: #b9cce4; color: #ffffff; }
.tabs { background: var(--card); border-bottom: 1px solid var(--line); overflow-x: auto; }
.tabs .wide { display: flex; gap: 4px; }
.tabs a { color: var(--ink); font-weight: 700; text-decoration: none; padding: 0 12px; min-height: 48px;
  display: inline-flex; align-items: center; border-bottom: 4px solid transparent; white-space: nowrap; }
.tabs a[aria-current] { border-bottom-color: var(--blue); color: var(--blue); }
.told { margin: 8px 0 16px; padding: 12px 16px; border-radius: 12px; font-weight: 700; }
.stale { opacity: .6; }
label { display: grid; gap: 4px; font-weight: 700; }
label small { color: var(--quiet); font-weight: 500; }
select, textarea { font: inherit; min-height: 48px; padding: 8px 16px; border-radius: 12px;
  border: 2px solid var(--quiet); background: var(--card); color: var(--ink); }
input, select { width: 100%; }
input[type=checkbox], input[type=radio] { width: 24px; min-height: 24px; accent-color: #0b5cad; flex: none; }
select:focus-visible, textarea:focus-visible, summary:focus-visible { outline: 4px solid #ffd54a; outline-offset: 2px; }
main form { display: grid; gap: 12px; max-width: 520px; }
main form.row { display: flex; flex-wrap: wrap; align-items: end; gap: 8px; max-width: none; }
main form.row label { flex: 1 1 160px; }
button.alarm { background: #c8102e; border-color: #c8102e; color: #ffffff; }
button.second { background: var(--card); color: var(--blue); border-color: var(--blue); }
details summary { min-height: 48px; display: flex; align-items: center; cursor: pointer; font-weight: 700;
  color: var(--blue); }
.lines { gap: 8px; }
details.hall { padding: 0 20px; }
details.hall[open] { padding-bottom: 20px; }
details.hall summary { color: var(--ink); list-style: none; }
.lines details.hall summary { display: grid; padding: 12px 0; gap: 4px 6px;
  grid-template-columns: 28px minmax(0, 13fr) minmax(0, 16fr) minmax(0, 14fr); }
details.hall summary::-webkit-details-marker { display: none; }
details.hall summary strong { grid-column: span 3; overflow-wrap: anywhere; }
.mark { border-radius: 999px; width: 28px; height: 28px; display: inline-flex; align-items: center;
  justify-content: center; font-weight: 800; }
.figure { font-weight: 800; white-space: nowrap; }
.mark + strong + .figure { grid-column: 2; }
.figure small { display: block; white-space: normal; color: var(--quiet); font-size: .75rem; font-weight: 500; }
@media (min-width: 900px) { .totals { display: grid; grid-auto-flow: column; grid-auto-columns: auto; } }
@media (max-width: 480px) {
  .totals { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px; }
  .total { padding: 12px; }
  .total:last-child:nth-child(odd) { grid-column: span 2; }
  .total dd { font-size: 1.375rem; }
}
.total dd small { font-size: .9375rem; color: var(--quiet); font-weight: 500; }
.way { margin: 0; padding: 8px 0; border-top: 1px solid var(--line); }
.way a { color: var(--blue); font-weight: 700; display: inline-flex; min-height: 40px; align-items: center; }
.way small { display: block; color: var(--quiet); }
fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 4px; flex: 1 1 100%; }
legend { font-weight: 700; padding: 0; }
.box { display: flex; align-items: center; gap: 12px; min-height: 48px; font-weight: 500; }
main form + form { margin-top: 16px; padding-top: 16px; border-top: 1px solid var(--line); }
.code { font-size: 2.5rem; font-weight: 800; letter-spacing: .1em; }
.alarms { list-style: none; margin: 0 0 24px; padding: 0; display: grid; gap: 8px; }
.alarms li { padding: 12px 16px; border-radius: 12px; font-weight: 700; overflow-wrap: anywhere; }
.alarms a { color: inherit; }
td a { color: var(--blue); font-weight: 700; display: inline-flex; min-height: 32px; min-width: 32px;
  align-items: center; }
.totals.figures { display: grid; grid-auto-flow: row; gap: 8px; margin: 24px 0;
  grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); }
.totals.figures .total { padding: 12px 16px; }
.totals.figures dd { font-size: 1.375rem; }
.report th, .report td { padding-right: 8px; font-size: .9375rem; }
.report th { font-size: .8125rem; }
.report td.text { min-width: 9rem; overflow-wrap: normal; }
.report caption { position: absolute; left: -999px; }
.table + .lead { margin-top: 16px; }
.meanings { margin: 0; }
.meanings dt { font-weight: 700; margin-top: 12px; }
.meanings dd { margin: 0; color: var(--quiet); max-width: 80ch; }
td.text { overflow-wrap: break-word; }
caption { text-align: left; color: var(--quiet); padding: 8px 0; }
"""

SETTINGS_STYLE = """
main .settings form { max-width: 720px; }
.settings form.hall { max-width: 720px; margin: 0 0 24px; }
fieldset { border: 1px solid var(--line); border-radius: 12px; margin: 0; padding: 12px 16px; display: grid; gap: 12px;
  min-width: 0; }
legend { font-weight: 700; padding: 0 8px; }
fieldset > small, .wrong { font-weight: 500; }
label input, label select, label textarea { font-weight: 500; }
.settings summary::before { content: '▸'; margin-right: 8px; }
.settings details[open] > summary::before { content: '▾'; }
label small.wrong, small.wrong, .wrong { color: var(--alarm); font-weight: 700; }
[aria-invalid] { border-color: var(--alarm); }
.grid { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 180px), 1fr)); }
.ticks { display: grid; gap: 0 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr)); }
.tick { display: flex; gap: 12px; align-items: center; min-height: 44px; font-weight: 500; }
.tick input { flex: none; }
input[type=color] { padding: 4px; max-width: 96px; }
input[type=file] { padding: 8px; }
textarea { width: 100%; resize: vertical; }
textarea.code, .settings pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .875rem; }
.settings pre { overflow-x: auto; background: var(--ground); padding: 12px; border-radius: 12px; margin: 0 0 16px; }
.ways { list-style: none; margin: 0; padding: 0; }
.ways li { display: flex; flex-direction: column; gap: 0 16px; justify-content: space-between;
  border-top: 1px solid var(--line); padding: 4px 0 8px; }
.ways li:first-child { border-top: 0; }
.ways a { color: var(--blue); font-weight: 700; min-height: 48px; display: inline-flex; gap: 8px; align-items: center;
  text-decoration: none; }
.ways small, .quiet { color: var(--quiet); }
.ways .count { background: var(--ground); color: var(--quiet); border-radius: 999px; padding: 0 10px;
  font-size: .875rem; }
.back a, .add { color: var(--blue); font-weight: 700; min-height: 48px; display: inline-flex; align-items: center; }
.add { border: 2px solid var(--blue); border-radius: 12px; padding: 0 16px; margin-top: 12px; text-decoration: none; }
.settings section.hall + form, .settings > form { margin: 0 0 16px; }
.changes { list-style: none; margin: 0; padding: 0; }
.changes li { display: grid; gap: 4px 16px; grid-template-columns: repeat(2, minmax(0, 1fr)); padding: 12px 0;
  border-top: 1px solid var(--line); }
.changes p { margin: 0; grid-column: 1 / -1; font-weight: 700; }
.changes code { display: block; color: var(--quiet); font-size: .8125rem; font-weight: 500; }
.changes small { display: block; color: var(--quiet); }
.changes div { white-space: pre-line; overflow-wrap: anywhere; }
@media (min-width: 720px) {
  .changes li { grid-template-columns: 2fr 1fr 1fr; }
  .changes p { grid-column: auto; }
  .ways li { flex-direction: row; align-items: center; }
}
.changes del { color: var(--alarm); }
.changes ins { color: var(--good); text-decoration: none; font-weight: 700; }
.mistakes { margin: 0 0 16px; padding-left: 20px; }
.settings a:focus-visible, .settings details:focus-visible { outline: 4px solid #ffd54a; outline-offset: 2px; }
"""
