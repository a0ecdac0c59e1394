package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Counts the connections of calls, in memory that has a bound. Confined to one thread. */
final class ConnectionTally {

  private final Sample tcp = Sample.unordered(Precision.OF_A_SLICE);
  private final Sample tls = Sample.unordered(Precision.OF_A_SLICE);
  private long opened;
  private long reused;
  private long closedOnReuse;

  ConnectionTally() {
    tcp.condense();
    tls.condense();
  }

  /** Adds a started call. */
  void add(CallRecord call) {
    CallRecord.Connection connection = call.connection();
    reused += connection.reused() ? 1 : 0;
    opened += connection.tcpNanos().isPresent() || connection.tlsNanos().isPresent() ? 1 : 0;
    add(tcp, connection.tcpNanos());
    add(tls, connection.tlsNanos());
    closedOnReuse +=
        call.outcome().failed() && call.error().contains(ConnectionCounts.CLOSED) ? 1 : 0;
  }

  void addAll(ConnectionTally other) {
    tcp.addAll(other.tcp);
    tls.addAll(other.tls);
    opened += other.opened;
    reused += other.reused;
    closedOnReuse += other.closedOnReuse;
  }

  private static void add(Sample sample, OptionalLong nanos) {
    if (nanos.isPresent()) {
      sample.add(nanos.getAsLong() / 1e6);
    }
  }

  /** Absent if no call says anything of its connection. */
  Optional<ConnectionCounts> result() {
    return opened + reused + closedOnReuse == 0
        ? Optional.empty()
        : Optional.of(
            new ConnectionCounts(opened, reused, median(tcp), median(tls), closedOnReuse));
  }

  private static OptionalDouble median(Sample sample) {
    return sample
        .values()
        .map(values -> OptionalDouble.of(values.percentile(Quantile.P50.percent())))
        .orElse(OptionalDouble.empty());
  }
}
