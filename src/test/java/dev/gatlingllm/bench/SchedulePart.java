package dev.gatlingllm.bench;

import static dev.gatlingllm.bench.MarkdownTable.number;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.record.CallRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** (d) How exactly calls start when they are meant to. */
final class SchedulePart implements Part {

  private static final List<Integer> RATES = List.of(60, 600, 6_000, 60_000);
  private static final int SECONDS = 90;
  private static final int LAST_SECONDS = 30;
  private static final String LONG_WARM_UP = "25s";

  @Override
  public String letter() {
    return "d";
  }

  @Override
  public String run() throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "(d) Schedule: lag and rate error",
            "The main job for "
                + SECONDS
                + " s on a warm endpoint, calls of 2 tokens; rate from the first to the last start."
                + " *Long warm-up*: `llm.warmUp.atLeast="
                + LONG_WARM_UP
                + "`.",
            List.of(
                "asked, rpm",
                "rate error",
                "lag p50 / p99 / max, ms",
                "p99 of the last " + LAST_SECONDS + " s",
                "calls",
                "dropped"));
    for (int rate : RATES) {
      row(table, String.valueOf(rate), rate, List.of());
    }
    row(
        table,
        "6000, long warm-up",
        6_000,
        List.of("llm.warmUp.atLeast=" + LONG_WARM_UP, "llm.warmUp.atMost=" + LONG_WARM_UP));
    return table.toString();
  }

  private static void row(MarkdownTable table, String name, int rate, List<String> settings)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(settings);
    all.addAll(
        List.of(
            "llm.load.rpm=" + rate,
            "llm.load.duration=" + SECONDS + "s",
            "llm.profile.contextTokens=40",
            "llm.profile.maxTokens=2"));
    try (SimulatorProcess simulator =
            SimulatorProcess.start("--ttft=5ms", "--tokensPerSecond=1000", "--recordedCalls=0");
        GatlingRun gatling = WarmEndpoint.startOn(simulator, all)) {
      gatling.awaitEnd();
      long[] starts =
          gatling.calls().stream()
              .map(CallRecord::times)
              .map(CallRecord.Times::start)
              .filter(OptionalLong::isPresent)
              .mapToLong(OptionalLong::getAsLong)
              .sorted()
              .toArray();
      double minutes = (starts[starts.length - 1] - starts[0]) / 60e9;
      double error = 100 * ((starts.length - 1) / minutes / rate - 1);
      long lastFrom = starts[starts.length - 1] - Duration.ofSeconds(LAST_SECONDS).toNanos();
      double[] lags = lags(gatling.calls(), Long.MIN_VALUE);
      double[] last = lags(gatling.calls(), lastFrom);
      JsonNode overall = gatling.summary().at("/overall");
      table.row(
          List.of(
              name,
              number(3, error) + " %",
              number(2, ClientError.quantile(lags, 0.5))
                  + " / "
                  + number(2, ClientError.quantile(lags, 0.99))
                  + " / "
                  + number(2, ClientError.quantile(lags, 1)),
              number(2, ClientError.quantile(last, 0.99)),
              overall.at("/started").asText(),
              overall.at("/dropped").asText()));
    }
  }

  /** In milliseconds, ascending, of calls that started after an instant. */
  private static double[] lags(List<CallRecord> calls, long fromNanos) {
    return calls.stream()
        .map(CallRecord::times)
        .filter(times -> times.start().isPresent() && times.start().getAsLong() > fromNanos)
        .mapToDouble(times -> (times.start().getAsLong() - times.arrival()) / 1e6)
        .sorted()
        .toArray();
  }
}
