package dev.gatlingllm.calibration;

import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.text.Figures;
import java.util.OptionalLong;

/** The measurement error in one line of the console. */
public final class MeasurementErrorText {

  private MeasurementErrorText() {}

  public static String of(MeasurementError error) {
    return Figures.fill(
        "measurement error at most (%d calls, %d at once, %.0f chunks/s): schedule delay %s, TTFT %s, inter-chunk latency %s",
        error.calls(),
        error.mostCallsAtOnce(),
        error.chunksPerSecond().orElse(0),
        text(error.scheduleDelay()),
        text(error.ttft()),
        text(error.interChunk()));
  }

  private static String text(MeasurementError.Spread spread) {
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

  /** Such as {@code connecting to HOST (5 times): TCP 0.3 ms, TLS 4.1 ms; medians, …}. */
  public static String of(NetworkLatency network) {
    String tls =
        network.tlsMillis().isPresent()
            ? Figures.fill(", TLS %.1f ms", network.tlsMillis().getAsDouble())
            : "";
    String failed = network.failed() == 0 ? "" : ", " + network.failed() + " failed";
    return Figures.fill(
        "connecting to %s (%d times): TCP %s%s%s; medians, subtracted from no latency",
        network.host(),
        network.tcpNanos().size() + network.failed(),
        network.tcpMillis().isPresent()
            ? Figures.fill("%.1f ms", network.tcpMillis().getAsDouble())
            : "not once",
        tls,
        failed);
  }
}
