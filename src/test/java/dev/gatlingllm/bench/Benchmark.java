package dev.gatlingllm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the benchmark and writes {@code target/benchmark.md}. Takes the letters of the parts to run,
 * all by default, such as {@code ab}.
 */
final class Benchmark {

  private static final Path RESULT = Path.of("target/benchmark.md");

  private Benchmark() {}

  /** Runs the parts that are asked for, one after another. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = Integer.getInteger("benchmark.rounds", 3);
    List<Part> parts =
        List.of(
            new AccuracyPart(),
            new CostPart(rounds),
            new CapacityPart(),
            new SchedulePart(),
            new WarmUpPart(),
            new MemoryPart(),
            new ReportTimePart());
    String wanted = arguments.length == 0 ? "" : arguments[0];
    StringBuilder result = new StringBuilder();
    for (Part part : parts) {
      if (wanted.isEmpty() || wanted.contains(part.letter())) {
        result.append(part.run());
        Files.writeString(RESULT, result);
      }
    }
    System.out.println("written to " + RESULT);
    System.exit(0);
  }
}
