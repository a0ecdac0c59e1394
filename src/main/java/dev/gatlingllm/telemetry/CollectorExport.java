package dev.gatlingllm.telemetry;

import dev.gatlingllm.config.TelemetryConfig;
import dev.gatlingllm.secret.Redaction;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.timing.NanoClock;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * Sends the metrics to a collector. One that does not take them never holds the load: an export is
 * not begun while the one before is under way, and the first that fails is told on the console,
 * with what to do. Confined to one thread, but for what the exporter's threads report.
 */
final class CollectorExport {

  private static final long PAUSE_MILLIS = 250;

  private final String address;
  private final MetricExporter exporter;
  private final MetricsReader reader;
  private final NanoClock clock;
  private final PrintStream console;
  private CompletableResultCode latest = CompletableResultCode.ofSuccess();
  private long exports;
  private long failed;
  private boolean warned;

  CollectorExport(
      String address,
      MetricExporter exporter,
      MetricsReader reader,
      NanoClock clock,
      PrintStream console) {
    this.address = address;
    this.exporter = exporter;
    this.reader = reader;
    this.clock = clock;
    this.console = console;
  }

  /** Sends that the run has begun; waits for the answer, at most so long. */
  void first(long millis) {
    begin();
    latest.join(millis, TimeUnit.MILLISECONDS);
  }

  /** Begins an export, unless the one before has not ended. */
  void send() {
    if (latest.isDone()) {
      begin();
    }
  }

  private synchronized void begin() {
    exports++;
    CompletableResultCode result = export();
    latest = result;
    result.whenComplete(
        () -> {
          if (!result.isSuccess()) {
            failed(result.getFailureThrowable());
          }
        });
  }

  private CompletableResultCode export() {
    try {
      return exporter.export(reader.collect());
    } catch (RuntimeException e) {
      return CompletableResultCode.ofExceptionalFailure(e);
    }
  }

  private synchronized void failed(Throwable cause) {
    failed++;
    if (!warned) {
      warned = true;
      say(
          "metrics did not reach the collector at "
              + address
              + ": "
              + why(cause)
              + ". The run goes on, and so do the exports. Check "
              + TelemetryConfig.ENDPOINT
              + " (OTLP over HTTP, as a rule port 4318) and "
              + TelemetryConfig.HEADERS);
    }
  }

  /**
   * Sends the totals, as often as it takes and the time allows, and says what failed.
   *
   * @param deadline of the clock; an export under way is given up then
   */
  void last(long deadline) throws InterruptedException {
    join(deadline);
    begin();
    join(deadline);
    while (!latest.isSuccess() && left(deadline) > PAUSE_MILLIS) {
      Thread.sleep(PAUSE_MILLIS);
      begin();
      join(deadline);
    }
    boolean whole = latest.isSuccess();
    synchronized (this) {
      if (!whole && !latest.isDone()) {
        failed(new HttpTimeoutException("no answer"));
      }
      warned = true;
      if (failed > 0) {
        say(
            failed
                + " of "
                + Count.of(exports, "export")
                + " of metrics failed; "
                + (whole
                    ? "the last one brought the totals of the run"
                    : "the collector does not have the totals of the run, summary.json has them"));
      }
    }
  }

  private void join(long deadline) {
    latest.join(Math.max(0, left(deadline)), TimeUnit.MILLISECONDS);
  }

  private long left(long deadline) {
    return TimeUnit.NANOSECONDS.toMillis(deadline - clock.nanos());
  }

  /** What a person can act on; never what the collector said, which may quote a header. */
  static String why(Throwable cause) {
    if (cause instanceof HttpExportException http && http.failedWithResponse()) {
      return "it answered HTTP " + http.getResponse().getStatusCode();
    }
    Throwable root = cause;
    while (root != null && root.getCause() != null) {
      if (root instanceof ConnectException) {
        break;
      }
      root = root.getCause();
    }
    if (root instanceof HttpTimeoutException) {
      return "no answer within " + OtlpExporter.TIMEOUT.toSeconds() + " s";
    }
    if (root instanceof ConnectException) {
      return "no connection";
    }
    return root == null
        ? "the export failed"
        : Redaction.line(root.getClass().getSimpleName() + ": " + root.getMessage());
  }

  private void say(String line) {
    console.println("[llm] " + line);
  }

  void close() {
    exporter.shutdown();
  }
}
