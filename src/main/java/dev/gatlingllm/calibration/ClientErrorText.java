package dev.gatlingllm.calibration;

import dev.gatlingllm.record.ClientError;
import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.text.Figures;
import java.util.OptionalLong;

/** The client's error in one line of the console. */
public final class ClientErrorText {

  private ClientErrorText() {}

  public static String of(ClientError error) {
    return Figures.fill(
        "client error at most (%d calls, %d at once, %.0f chunks/s): lag %s, TTFT %s, gap %s",
        error.calls(),
        error.mostCallsAtOnce(),
        error.chunksPerSecond().orElse(0),
        text(error.lag()),
        text(error.ttft()),
        text(error.gap()));
  }

  private static String text(ClientError.Spread spread) {
    return "p50 "
        + millis(spread.p50Nanos())
        + " p99 "
        + millis(spread.p99Nanos())
        + " max "
        + millis(spread.maxNanos())
        + " ms";
  }

  private static String millis(OptionalLong nanos) {
    return nanos.isPresent() ? Figures.fill("%.2f", nanos.getAsLong() / 1e6) : "-";
  }

  /** Such as {@code connections to HOST (5): TCP 0.3 ms, TLS 4.1 ms (medians); …}. */
  public static String of(NetworkLatency network) {
    String tls =
        network.tlsMillis().isPresent()
            ? Figures.fill(", TLS %.1f ms", network.tlsMillis().getAsDouble())
            : "";
    String failed = network.failed() == 0 ? "" : ", " + network.failed() + " failed";
    return Figures.fill(
        "connecting to %s (%d times): TCP %s%s%s; told apart, subtracted from nothing",
        network.host(),
        network.tcpNanos().size() + network.failed(),
        network.tcpMillis().isPresent()
            ? Figures.fill("%.1f ms", network.tcpMillis().getAsDouble())
            : "not once",
        tls,
        failed);
  }
}
