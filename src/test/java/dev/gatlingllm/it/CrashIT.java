package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.report.TokenReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are killed at random instants, in every phase from the start of the JVM to the last
 * file of the report: {@code -Dcrashes=50} for more, {@code -Dcrashes.seed=1} for those of an
 * earlier test.
 */
class CrashIT {

  private static final int FEW = 3;
  private static final int CRASHES = Integer.getInteger("crashes", FEW);
  private static final long SEED =
      Long.getLong("crashes.seed", CRASHES <= FEW ? 7 : System.nanoTime());

  /** The console shows these one after the other; a run is killed some time after one of them. */
  private static final List<String> PHASES =
      List.of(
          "[llm] run folder", "in flight", "stopping: waiting", "Parsing log file", "Token report");

  private static final int MOST_MILLIS = 1_500;
  private static final int SIGTERM_PHASE = 2;

  @TempDir private Path folder;

  @Test
  void aKilledRunKeepsWhatItHadAndHarmsNoOther() throws Exception {
    System.out.println("crashes: -Dcrashes.seed=" + SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    Map<Path, String> earlier = new TreeMap<>();
    for (int crash = 0; crash < CRASHES; crash++) {
      // The first ones go through the phases; what comes after is anywhere.
      int phase = CRASHES <= FEW ? 1 + crash * 3 / 2 : random.nextInt(PHASES.size());
      kill(phase, random.nextInt(MOST_MILLIS));
      assertThat(digests())
          .as("crash %d, files of earlier runs", crash)
          .containsAllEntriesOf(earlier);
      earlier.putAll(checked(crash));
    }
  }

  private void kill(int phase, int millis) throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.load.rpm=1200",
            "llm.load.duration=" + (phase == SIGTERM_PHASE ? "60s" : "2s"),
            "llm.load.drain=60s",
            "llm.simulator.ttft=500ms",
            "llm.warmUp.atMost=200ms",
            "llm.calibration.duration=0s");
    if (phase == SIGTERM_PHASE) {
      gatling.awaitConsole(PHASES.get(phase - 1));
      gatling.process().destroy();
    }
    gatling.awaitConsole(PHASES.get(phase));
    TimeUnit.MILLISECONDS.sleep(millis);
    gatling.process().destroyForcibly().waitFor();
    System.out.println("killed " + millis + " ms after \"" + PHASES.get(phase) + '"');
  }

  /** The digests of all run folders, of which each can be reported on. */
  private Map<Path, String> checked(int crash) throws Exception {
    List<Path> runs;
    try (Stream<Path> all = Files.list(folder.resolve("runs"))) {
      runs = all.toList();
    }
    assertThat(runs).hasSize(crash + 1);
    for (Path run : runs) {
      if (!Files.exists(run.resolve("reported"))) {
        check(new RunFiles(run));
        Files.createFile(run.resolve("reported"));
      }
    }
    return digests();
  }

  private static void check(RunFiles run) throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    long lines;
    try (Stream<String> all = Files.lines(run.calls())) {
      lines = all.count();
    }
    CallRecordReader.Reading reading = CallRecordReader.read(run.calls(), calls::add);
    assertThat(calls.size() + reading.cutLines()).isEqualTo(lines);
    assertThat(reading.cutLines()).isLessThanOrEqualTo(1);
    assertThat(calls).extracting(CallRecord::id).doesNotHaveDuplicates();
    boolean ended = run.readInfo().end().isPresent();
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
    TokenReport.write(
        RunReport.of(List.of(run.folder())), Optional.empty(), run.folder(), out, out);
    assertThat(Files.readString(run.folder().resolve("index.html"))).endsWith("</html>\n");
    if (!ended) {
      assertThat(Files.readString(run.folder().resolve("summary.md"))).contains("partial");
      assertThat(console.toString(StandardCharsets.UTF_8)).contains("partial");
    }
  }

  private Map<Path, String> digests() throws Exception {
    Map<Path, String> digests = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder.resolve("runs"))) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      digests.put(file, HexFormat.of().formatHex(digest));
    }
    return digests;
  }
}
