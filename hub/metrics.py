"""What the hub tells Prometheus: counts and times, nothing about anyone."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 1.0)


class Metrics:
    """The hub's own registry, so that two hubs in one process (as in tests) do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.commands = Counter(
            "antrean_commands",
            "Commands answered, by command and status",
            ["command", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "antrean_command_seconds", "Time from request to durable answer", buckets=BUCKETS, registry=self.registry
        )
        self.listeners = Gauge("antrean_feed_listeners", "Connections to the feed", registry=self.registry)
        self.seq = Gauge("antrean_journal_seq", "Newest line of the journal", registry=self.registry)
        self.batches = Gauge("antrean_journal_commits", "Group commits since the start", registry=self.registry)
        self.stopped = Gauge("antrean_stopped", "1 after a write has failed", registry=self.registry)

    def count(self, command: str, status: int, seconds: float) -> None:
        """Count a command that was answered durably."""
        self.commands.labels(command, str(status)).inc()
        self.seconds.observe(seconds)

    def text(self) -> bytes:
        """Return the exposition text."""
        return generate_latest(self.registry)
