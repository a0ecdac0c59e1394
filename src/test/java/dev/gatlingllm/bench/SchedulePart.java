package dev.gatlingllm.bench;

import static dev.gatlingllm.bench.MarkdownTable.number;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.record.CallRecord;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** (d) How exactly calls start when they are meant to. */
final class SchedulePart implements Part {

  private static final List<Integer> RATES = List.of(60, 600, 6_000, 60_000);
  private static final int SECONDS = 30;

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
                + " s, calls of 2 tokens; rate from the first to the last start.",
            List.of("asked, rpm", "rate error", "lag p50 / p99 / max, ms", "calls", "missed"));
    for (int rate : RATES) {
      row(table, rate);
    }
    return table.toString();
  }

  private static void row(MarkdownTable table, int rate) throws IOException, InterruptedException {
    try (SimulatorProcess simulator =
            SimulatorProcess.start(
                "--time-to-first-token=5", "--tokens-per-second=1000", "--recorded-calls=0");
        GatlingRun gatling =
            GatlingRun.start(
                simulator,
                List.of(
                    "llm.load.rpm=" + rate,
                    "llm.load.duration=" + SECONDS + "s",
                    "llm.profile.contextTokens=40",
                    "llm.profile.maxTokens=2"))) {
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
      double[] lags =
          gatling.calls().stream()
              .filter(call -> call.times().start().isPresent())
              .mapToDouble(
                  call -> (call.times().start().getAsLong() - call.times().arrival()) / 1e6)
              .sorted()
              .toArray();
      JsonNode overall = gatling.summary().at("/overall");
      table.row(
          List.of(
              String.valueOf(rate),
              number(3, error) + " %",
              number(2, ClientError.quantile(lags, 0.5))
                  + " / "
                  + number(2, ClientError.quantile(lags, 0.99))
                  + " / "
                  + number(2, ClientError.quantile(lags, 1)),
              overall.at("/started").asText(),
              overall.at("/missed").asText()));
    }
  }
}
