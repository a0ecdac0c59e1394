package dev.gatlingllm.bench;

import static dev.gatlingllm.bench.MarkdownTable.number;

import java.io.IOException;
import java.util.List;

/** (c) How many chunks a second are still measured well. */
final class CapacityPart implements Part {

  private static final double MOST_GAP_ERROR_MILLIS = 5;
  private static final int FIRST_STREAMS = 400;
  private static final double STEP = 1.3;
  private static final int MOST_STREAMS = 4_000;

  @Override
  public String letter() {
    return "c";
  }

  @Override
  public String run() throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "(c) Capacity: most chunks a second with a p99 gap error below 5 ms",
            "Streams of 20 tok/s, three tenths more at each step, until the error is larger. The simulated"
                + " endpoint has the same cores.",
            List.of("path", "streams", "chunks/s", "p99 gap error, ms", "next step's p99, ms"));
    for (String path :
        List.of("azure-openai", "openai", "bedrock", "stock azure-openai", "stock bedrock")) {
      row(table, path);
    }
    return table.toString();
  }

  private static void row(MarkdownTable table, String path)
      throws IOException, InterruptedException {
    int best = 0;
    double chunks = Double.NaN;
    double error = Double.NaN;
    double next = Double.NaN;
    for (int streams = FIRST_STREAMS; streams <= MOST_STREAMS; streams = (int) (streams * STEP)) {
      StreamLoad.Result result = StreamLoad.brief(path, streams).run();
      next = ClientError.quantile(result.error().gap(), 0.99);
      if (!(next < MOST_GAP_ERROR_MILLIS)) {
        break;
      }
      best = streams;
      chunks = result.chunksPerSecond();
      error = next;
    }
    table.row(
        List.of(
            path,
            best == 0 ? "< " + FIRST_STREAMS : String.valueOf(best),
            number(0, chunks),
            number(2, error),
            number(2, next)));
  }
}
