package dev.gatlingllm.bench;

import static dev.gatlingllm.bench.MarkdownTable.number;

import java.io.IOException;
import java.util.List;

/** (f) Heap and direct memory per open stream. */
final class MemoryPart implements Part {

  @Override
  public String letter() {
    return "f";
  }

  @Override
  public String run() throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "(f) Memory per stream",
            "Heap after a collection and direct buffers, less what the client used before the load,"
                + " per open stream; heap of 2 GiB.",
            List.of("path", "streams open", "KiB per stream", "calls lost"));
    for (String path : List.of("azure-openai", "openai", "bedrock")) {
      for (int streams : List.of(1_000, 10_000)) {
        ManyStreams.Result result = new ManyStreams(path, streams).run();
        table.row(
            List.of(
                path,
                String.valueOf(result.open()),
                number(1, result.bytesPerStream() / 1024),
                String.valueOf(result.lost())));
      }
    }
    return table.toString();
  }
}
