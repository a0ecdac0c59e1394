package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecordCodec;
import dev.gatlingllm.record.CallRecordReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsInLittleMemoryTest {

  private static final int CALLS = 200_000;
  private static final int KEPT = 10_000;

  @TempDir private Path temp;

  /** In a heap that could not hold all their values. */
  @Test
  void aRunOfManyCallsIsReadInLittleMemory() throws Exception {
    Path file = temp.resolve("calls.jsonl");
    write(file);
    Path output = temp.resolve("output.txt");
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx40m",
                    "-XX:ActiveProcessorCount=2",
                    "-cp",
                    System.getProperty("java.class.path"),
                    StatisticsInLittleMemoryTest.class.getName(),
                    file.toString(),
                    Integer.toString(KEPT)))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(child.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      child.destroyForcibly();
    }

    assertThat(Files.readString(output).strip()).isEqualTo(CALLS + " calls");
  }

  /** What the child does: reads a file and counts its calls. */
  public static void main(String[] arguments) throws IOException {
    StatisticsCollector collector =
        new StatisticsCollector(
            CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW, Long.parseLong(arguments[1]));
    CallRecordReader.read(Path.of(arguments[0]), call -> collector.add(call, 0));
    System.out.println(collector.result().overall().counts().started() + " calls");
  }

  private static void write(Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < CALLS; i++) {
        double ttft = 200 * Math.exp(random.nextDouble());
        double last = ttft + 1000 + random.nextInt(3000);
        CallRecordCodec.write(
            call()
                .id(i)
                .name(i % 2 == 0 ? "chat" : "summarise")
                .arrival(2 * i)
                .from(2 * i + random.nextDouble(), 2 * i + last + 1)
                .streamed(ttft, last)
                .tokens(400 + random.nextInt(200), 50 + random.nextInt(100))
                .record(),
            out);
      }
    }
  }
}
