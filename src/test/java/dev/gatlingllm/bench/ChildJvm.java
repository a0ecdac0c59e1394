package dev.gatlingllm.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with the class path of this one. Killed when closed, if it still runs. */
final class ChildJvm implements AutoCloseable {

  private static final int MILLIS_PER_TICK = 10;

  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.input = process.outputWriter(StandardCharsets.UTF_8);
  }

  static ChildJvm start(List<String> jvmOptions, String mainClass, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    // Threads of the compiler that come and go would take their processor time with them.
    command.add("-XX:-UseDynamicNumberOfCompilerThreads");
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Processor time since its start. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Processor time of its JIT compiler since its start; zero where there is no {@code /proc}. */
  Duration compilerCpu() throws IOException {
    Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
    if (!Files.isDirectory(threads)) {
      return Duration.ZERO;
    }
    long ticks = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
      for (Path thread : all) {
        ticks += compilerTicks(stat(thread));
      }
    }
    return Duration.ofMillis(ticks * MILLIS_PER_TICK);
  }

  private static String stat(Path thread) {
    try {
      return Files.readString(thread.resolve("stat"));
    } catch (IOException ignored) {
      // It has ended since it was listed, so it is none of the compiler's.
      return "0 () ";
    }
  }

  /** User and system time are the 14th and 15th field; the name, in brackets, is the second. */
  private static long compilerTicks(String stat) {
    int nameTo = stat.lastIndexOf(')');
    String name = stat.substring(stat.indexOf('(') + 1, nameTo);
    if (!name.startsWith("C1 Compiler") && !name.startsWith("C2 Compiler")) {
      return 0;
    }
    String[] fields = stat.substring(nameTo + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the process ended without saying more");
    }
    return line;
  }

  void order(String order) throws IOException {
    input.write(order);
    input.newLine();
    input.flush();
  }

  /** Asks it to end (SIGTERM) without closing its output. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Reads what it still prints and waits for its end. */
  List<String> awaitEnd() throws IOException, InterruptedException {
    List<String> lines = output.lines().toList();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new IOException("the process does not end");
    }
    return lines;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
