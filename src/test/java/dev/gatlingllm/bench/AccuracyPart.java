package dev.gatlingllm.bench;

import static dev.gatlingllm.bench.MarkdownTable.number;

import java.io.IOException;
import java.util.List;

/** (a) How far measured times are from true ones. */
final class AccuracyPart implements Part {

  private static final List<Integer> STREAMS = List.of(10, 100, 300, 1_000);

  @Override
  public String letter() {
    return "a";
  }

  @Override
  public String run() throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "(a) Accuracy: measured − true",
            "Streams of 20 tok/s, one token in a chunk; simulated endpoint in a process of its own."
                + " 20 s, from half a minute after the last stream was opened; at *first seconds*"
                + " 8 s, from 3 s after. Milliseconds: p50 / p99 / max.",
            List.of("path", "streams", "TTFT error", "gap error", "calls", "gaps"));
    for (String path : List.of("azure-openai", "openai", "bedrock")) {
      for (int streams : STREAMS) {
        row(table, path, StreamLoad.steady(path, streams));
      }
    }
    for (String path : List.of("stock azure-openai", "stock bedrock")) {
      row(table, path, StreamLoad.steady(path, 100));
    }
    for (String path : List.of("azure-openai", "bedrock")) {
      row(table, path + ", first seconds", StreamLoad.firstSeconds(path, 300));
    }
    return table.toString();
  }

  private static void row(MarkdownTable table, String name, StreamLoad load)
      throws IOException, InterruptedException {
    ClientError error = load.run().error();
    table.row(
        List.of(
            name,
            String.valueOf(load.streams()),
            triple(error.ttft(), 2),
            triple(error.gap(), 3),
            String.valueOf(error.ttft().length),
            String.valueOf(error.gap().length)));
  }

  private static String triple(double[] ascending, int decimals) {
    return number(decimals, ClientError.quantile(ascending, 0.5))
        + " / "
        + number(decimals, ClientError.quantile(ascending, 0.99))
        + " / "
        + number(decimals, ClientError.quantile(ascending, 1));
  }
}
