package dev.gatlingllm.telemetry;

import dev.gatlingllm.config.TelemetryConfig;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.timing.NanoClock;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of a run, sent to a collector or kept for Prometheus while it goes on. Only calls of
 * the load count: neither warm-up nor calibration is told. Safe for use by many threads.
 */
public interface Telemetry extends AutoCloseable {

  /** The attribute of the run that names it: that of its folder. */
  String RUN_ID = "gatling_llm.run.id";

  /** The attribute of a run that is a share of a load, such as {@code 1/3}. */
  String SHARE = "gatling_llm.share";

  /** Nobody wants any. */
  Telemetry OFF =
      new Telemetry() {
        @Override
        public void address(Optional<URI> server) {}

        @Override
        public void started() {}

        @Override
        public void ended(CallRecord call) {}

        @Override
        public void unsent(CallRecord call) {}

        @Override
        public void end() {}

        @Override
        public void awaitLastScrape() {}

        @Override
        public void close() {}
      };

  /**
   * The metrics that the settings ask for. Nothing of OpenTelemetry is loaded if they ask for none.
   * Waits for a collector's first answer, at most a second.
   *
   * @param about the attributes of the run, by their names
   * @param clock for the bound of the last export
   * @throws dev.gatlingllm.config.ConfigurationException if the port cannot be listened on
   */
  static Telemetry of(
      TelemetryConfig config, Map<String, String> about, NanoClock clock, PrintStream console) {
    return config.isOn() ? MetricsOfRun.begin(config, about, clock, console) : OFF;
  }

  /**
   * Refuses settings by which nothing could be fetched.
   *
   * @throws dev.gatlingllm.config.ConfigurationException if the port cannot be listened on now
   */
  static void check(TelemetryConfig config) {
    if (config.scrape().isPresent()) {
      MetricsEndpoint.require(config.scrape().get());
    }
  }

  /** Names the server that all calls of the run go to; empty if there are several. */
  void address(Optional<URI> server);

  /** A call is about to be sent. Returns at once. */
  void started();

  /** A call that was sent has ended. Returns at once. */
  void ended(CallRecord call);

  /** A record was made of a call that was not sent. Returns at once. */
  void unsent(CallRecord call);

  /**
   * The load is over: sends the totals, within 5 s. The endpoint goes on to serve them. What comes
   * later is not counted.
   */
  void end();

  /** Waits until the totals were fetched, at most as long as the settings say. */
  void awaitLastScrape();

  /** Closes the endpoint. */
  @Override
  void close();
}
