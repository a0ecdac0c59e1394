package dev.gatlingllm.it;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real run of Gatling in a JVM of its own, as the Maven plugin would start it. */
final class GatlingProcess {

  private static final long MOST_SECONDS = 180;

  private static final Pattern GATLING_ROW =
      Pattern.compile("ellipsed-name\">([^<]+)</span>.*?total col-2\">(\\d+)<", Pattern.DOTALL);

  private final Process process;
  private final Path folder;
  private final Path output;

  private GatlingProcess(Process process, Path folder, Path output) {
    this.process = process;
    this.folder = folder;
    this.output = output;
  }

  /**
   * Starts a simulation.
   *
   * @param folder where everything it writes goes
   * @param settings {@code key=value} for {@code -D}
   */
  static GatlingProcess start(Path folder, String simulation, String... settings) {
    return start(folder, Map.of(), simulation, settings);
  }

  static GatlingProcess start(
      Path folder, Map<String, String> environment, String simulation, String... settings) {
    return start(folder, environment, List.of(), "-Xmx1G", simulation, settings);
  }

  /**
   * Starts a simulation under another command.
   *
   * @param wrapper the command that the JVM's own is appended to, such as {@code taskset -c 0}
   * @param heap the option that bounds the heap
   */
  static GatlingProcess start(
      Path folder, List<String> wrapper, String heap, String simulation, String... settings) {
    return start(folder, Map.of(), wrapper, heap, simulation, settings);
  }

  static GatlingProcess start(
      Path folder,
      Map<String, String> environment,
      List<String> wrapper,
      String heap,
      String simulation,
      String... settings) {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(heap);
    // The runs are short: the second compiler would take more time than it saves.
    command.add("-XX:TieredStopAtLevel=1");
    // A tenth of a short run's processor time goes into checking bytecode that javac has written.
    command.add("-XX:+UnlockDiagnosticVMOptions");
    command.add("-XX:-BytecodeVerificationRemote");
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-Dllm.record.folder=" + folder.resolve("runs"));
    // Enough for what is asserted here: a warm-up keeps a processor busy as long as it lasts.
    command.add("-Dllm.warmUp.atMost=100ms");
    for (String setting : settings) {
      command.add("-D" + setting);
    }
    command.addAll(ClassArchive.options());
    command.add("io.gatling.app.Gatling");
    command.addAll(List.of("-s", simulation, "-rf", folder.resolve("gatling").toString()));
    command.addAll(List.of("-l", "maven", "-btv", "3.8.7"));
    Path output = folder.resolve("console.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().keySet().removeIf(name -> name.startsWith("AZURE_"));
    builder.environment().putAll(environment);
    try {
      return new GatlingProcess(builder.start(), folder, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end and returns the exit code. */
  int exitCode() throws InterruptedException {
    return exitCode(Duration.ofSeconds(MOST_SECONDS));
  }

  /** Waits so long for the end, and returns the exit code. */
  int exitCode(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + patience.toSeconds() + " s:\n" + console());
    }
    return process.exitValue();
  }

  Process process() {
    return process;
  }

  /** Waits until the run has written the records of so many calls. */
  void awaitCalls(int atLeast) throws Exception {
    await(() -> hasRun() && recorded() >= atLeast);
  }

  private long recorded() throws IOException {
    return Files.exists(run().calls()) ? Files.readAllLines(run().calls()).size() : 0;
  }

  /** Waits until the console shows a text, or the process has ended. */
  void awaitConsole(String text) throws Exception {
    await(() -> console().contains(text) || !process.isAlive());
  }

  private void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.call()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError(console());
      }
      Thread.sleep(50);
    }
  }

  String console() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a run folder was made at all. */
  boolean hasRun() {
    Path runs = folder.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return false;
    }
    try (Stream<Path> children = Files.list(runs)) {
      return children.findAny().isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RunFiles run() {
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      return new RunFiles(runs.findFirst().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(console(), e);
    }
  }

  RunInfo info() throws IOException {
    return run().readInfo();
  }

  String file(String name) throws IOException {
    return Files.readString(run().folder().resolve(name));
  }

  /** The rows of the table in Gatling's own report: name and number of requests. */
  List<String> gatlingRows() throws IOException {
    Matcher row = GATLING_ROW.matcher(file("gatling/index.html"));
    List<String> rows = new ArrayList<>();
    while (row.find()) {
      rows.add(row.group(1) + " " + row.group(2));
    }
    return rows;
  }

  List<CallRecord> calls() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    CallRecordReader.read(run().calls(), calls::add);
    return calls;
  }
}
