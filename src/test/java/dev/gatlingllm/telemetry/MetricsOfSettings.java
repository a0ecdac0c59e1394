package dev.gatlingllm.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.timing.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The metrics of one call, as the settings send or show them. */
public final class MetricsOfSettings {

  /** Stands for the address of a collector. */
  public static final String COLLECTOR = "a collector";

  private MetricsOfSettings() {}

  /** What a collector gets: paths, a header and the attributes of the run. */
  public static Object exported(Map<String, String> settings) {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Map<String, String> here = new TreeMap<>(settings);
      here.replaceAll((key, value) -> value.equals(COLLECTOR) ? receiver.address() : value);
      printed(GivenSettings.of(here));
      return receiver.paths().isEmpty()
          ? List.of()
          : List.of(
              receiver.paths(), receiver.headers().getOrDefault("x-team", ""), receiver.resource());
    }
  }

  /** How long the exports are apart, and the counts before them, in nanoseconds. */
  public static Object interval(LlmConfig config) {
    List<Long> nanos = new ArrayList<>();
    ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(1) {
          @Override
          public ScheduledFuture<?> scheduleWithFixedDelay(
              Runnable task, long first, long pause, TimeUnit unit) {
            nanos.add(unit.toNanos(pause));
            return null;
          }
        };
    MetricsOfRun.begin(
            config.telemetry(),
            Map.of(),
            NanoClock.SYSTEM,
            new PrintStream(bytes(), false, UTF_8),
            threads)
        .close();
    threads.shutdownNow();
    return nanos;
  }

  /** What the console says, its port left out. */
  public static Object console(LlmConfig config) {
    return printed(config).replaceAll(":\\d+/", "/");
  }

  private static String printed(LlmConfig config) {
    ByteArrayOutputStream bytes = bytes();
    try (Telemetry telemetry =
        Telemetry.of(
            config.telemetry(),
            Map.of("service.name", "gatling-llm"),
            NanoClock.SYSTEM,
            new PrintStream(bytes, true, UTF_8))) {
      telemetry.started();
      telemetry.ended(CallFixture.call().record());
      telemetry.end();
      telemetry.awaitLastScrape();
    }
    return bytes.toString(UTF_8);
  }

  private static ByteArrayOutputStream bytes() {
    return new ByteArrayOutputStream();
  }
}
