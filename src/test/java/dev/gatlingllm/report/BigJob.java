package dev.gatlingllm.report;

import static dev.gatlingllm.record.HealthFixture.sample;

import dev.gatlingllm.record.HealthFixture;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes the folders of a job of as many shares, and each share as large, as asked for: what a
 * merge is measured with. The shares are hard links to a few that differ, so that a hundred of a
 * million calls take no more room than these.
 *
 * <pre>{@code
 * mvn -q process-test-classes exec:java@big-job -Dexec.args="FOLDER SHARES CALLS DISTINCT"
 * }</pre>
 */
public final class BigJob {

  private static final int SAMPLES_PER_SECOND = 4;

  private BigJob() {}

  /** Writes the folders; the arguments are their parent, and how many of what. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException(
          "expected FOLDER SHARES CALLS DISTINCT, got " + arguments.length + " arguments");
    }
    Path folder = Path.of(arguments[0]);
    List<Path> shares =
        write(
            folder,
            Integer.parseInt(arguments[1]),
            Long.parseLong(arguments[2]),
            Integer.parseInt(arguments[3]));
    System.out.println(folder + ": " + shares.size() + " shares of " + arguments[2] + " calls");
  }

  static List<Path> write(Path folder, int shares, long calls, int distinct) throws IOException {
    long[] ends = new long[distinct];
    for (int i = 0; i < shares; i++) {
      RunFiles files = files(folder, i);
      Files.createDirectories(files.folder());
      if (i < distinct) {
        ends[i] = BigRun.writeCalls(files.calls(), i + 1, calls);
        SampleRuns.writeHealth(files.folder(), health(ends[i]));
      } else {
        RunFiles same = files(folder, i % distinct);
        Files.createLink(files.calls(), same.calls());
        Files.createLink(files.health(), same.health());
      }
      files.writeInfo(BigRun.info(i + 1, ends[i % distinct], Map.of()));
    }
    return IntStream.range(0, shares).mapToObj(i -> files(folder, i).folder()).toList();
  }

  private static RunFiles files(Path folder, int index) {
    return new RunFiles(folder.resolve(String.format(Locale.ROOT, "share-%03d", index)));
  }

  private static List<HealthSample> health(long lastNanos) {
    long samples = lastNanos * SAMPLES_PER_SECOND / 1_000_000_000;
    return IntStream.range(0, (int) samples).mapToObj(BigJob::sampleOf).toList();
  }

  private static HealthSample sampleOf(int number) {
    HealthFixture quiet =
        sample()
            .number(number)
            .inFlight(500)
            .loopDelayMicros(40, 200 + number % 50)
            .busy(0.125, 0.25)
            .scheduleDelayMicros(1_500)
            .backlogMicros(4, 30);
    return (number % 40 == 0 ? quiet.pauses(1, 8, 8) : quiet).make();
  }
}
