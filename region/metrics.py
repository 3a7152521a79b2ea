"""What the region tells Prometheus: counts and times over all halls, nothing about anyone."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select

from region.store import Store
from region.tables import dead_event, projected, unknown_kind

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)


class Metrics:
    """The region's own registry, so that two regions in one process (as in tests) do not mix."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.registry = registry = CollectorRegistry()
        self.lines = Counter("antrean_region_lines", "New and repeated lines acknowledged", registry=registry)
        self.seconds = Histogram(
            "antrean_region_batch_seconds", "Time from a whole batch to its receipt", buckets=BUCKETS, registry=registry
        )
        self.refused = Counter("antrean_region_refused", "Requests refused, by code", ["code"], registry=registry)
        self._gauges = {
            name: Gauge(f"antrean_region_{name}", told, registry=registry)
            for name, told in (
                ("halls", "Halls that are held"),
                ("held_lines", "Lines that are held"),
                ("behind_lines", "Lines that are held and not projected yet"),
                ("forked_halls", "Halls under whose name another journal was offered"),
                ("dead_lines", "Lines that cannot be understood"),
                ("unknown_lines", "Lines of kinds and versions that nobody here knows"),
                ("newest_receipt_ms", "When a line was last received, in ms since 1970"),
            )
        }

    def took(self, lines: int, seconds: float) -> None:
        """Count a batch that was acknowledged."""
        self.lines.inc(lines)
        self.seconds.observe(seconds)

    def text(self) -> bytes:
        """Return the exposition text, what is held counted now."""
        for name, count in self._held().items():
            self._gauges[name].set(count)
        return generate_latest(self.registry)

    def _held(self) -> dict[str, int]:
        newest = {stream.hall: stream for stream in self._store.streams()}.values()
        with self._store.reading() as connection:
            rows = connection.execute(select(projected.c.hall, projected.c.epoch, projected.c.next)).all()
            reached = {(hall, epoch): next_ for hall, epoch, next_ in rows}
            dead = connection.execute(select(func.count()).select_from(dead_event)).scalar_one()
            unknown = connection.execute(select(func.coalesce(func.sum(unknown_kind.c.count), 0))).scalar_one()
        return {
            "halls": len(newest),
            "held_lines": sum(stream.next - 1 for stream in newest),
            "behind_lines": sum(stream.next - reached.get((stream.hall, stream.epoch), 1) for stream in newest),
            "forked_halls": sum(stream.forked_ms is not None for stream in newest),
            "dead_lines": int(dead),
            "unknown_lines": int(unknown),
            "newest_receipt_ms": max((stream.received_ms for stream in newest), default=0),
        }
