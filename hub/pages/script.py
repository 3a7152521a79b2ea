"""The few lines of script of the hall's pages: they stay fresh, show the tab one is at, and ask before grave deeds.

Without it everything works but the page must be loaded again to be fresh.
"""

SCRIPT = """
const tab = document.querySelector('.tabs [aria-current]');
if (tab) tab.scrollIntoView({inline: 'center', block: 'nearest'});
const live = document.querySelector('[data-live]');
if (live && window.EventSource) {
  const source = new EventSource(live.dataset.live);
  source.onmessage = told => {
    if (!live.contains(document.activeElement) || document.activeElement.tagName === 'A') live.innerHTML = told.data;
    live.classList.remove('stale');
  };
  source.onerror = () => live.classList.add('stale');
  source.addEventListener('end', () => { source.close(); live.classList.add('stale'); });
}
document.addEventListener('submit', event => {
  const asked = event.target.dataset.ask;
  if (asked && !window.confirm(asked)) event.preventDefault();
});
"""
