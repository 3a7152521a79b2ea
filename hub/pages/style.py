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
input[type=checkbox], input[type=radio] { width: 24px; min-height: 24px; accent-color: #0b5cad; }
select:focus-visible, textarea:focus-visible, summary:focus-visible { outline: 4px solid #ffd54a; outline-offset: 2px; }
main form { display: grid; gap: 12px; max-width: 520px; }
main form.row { display: flex; flex-wrap: wrap; align-items: end; gap: 8px; max-width: none; }
main form.row label { flex: 1 1 160px; }
button.alarm { background: #c8102e; border-color: #c8102e; color: #ffffff; }
button.second { background: var(--card); color: var(--blue); border-color: var(--blue); }
details summary { min-height: 48px; display: flex; align-items: center; cursor: pointer; font-weight: 700;
  color: var(--blue); }
td.text { overflow-wrap: break-word; }
caption { text-align: left; color: var(--quiet); padding: 8px 0; }
"""
