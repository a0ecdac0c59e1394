package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.latency.LatencyReport;
import dev.gatlingllm.report.TokenReport;
import dev.gatlingllm.report.VerdictGate;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The last act of a run, when the JVM goes down: Gatling has written its own report by then, or a
 * signal has cut the run short. Copies Gatling's report into the run folder and writes the token
 * report.
 */
public final class RunEnd {

  /** What the jar is called that the Gatling Maven plugin starts. */
  private static final String MAVEN_FORK = "gatlingbooter";

  /** What Gatling exits with when an assertion did not hold; its Maven plugin knows it. */
  private static final int GATE_NOT_PASSED = 2;

  /** As a shell reports the end by SIGTERM. */
  private static final int INTERRUPTED = 143;

  private RunEnd() {}

  /**
   * Sees to it that the run is closed and reported however this JVM ends, short of being killed.
   *
   * @param run the run
   * @param engineReport asked once, after the run was closed, for what the engine left
   */
  public static void onShutdown(Run run, Supplier<EngineReport> engineReport, PrintStream console) {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> finish(run, engineReport, console), "llm-run-end"));
  }

  /**
   * Ends this JVM when the Maven that started it is gone: Maven does not take its child with it
   * when it is told to stop, and a load that nobody watches any more costs money.
   */
  public static void withMaven(PrintStream console) {
    if (System.getProperty("sun.java.command", "").contains(MAVEN_FORK)) {
      Optional<ProcessHandle> maven = ProcessHandle.current().parent();
      if (maven.isPresent()) {
        Future<?> unused = maven.get().onExit().thenRun(() -> stop(console));
      }
    }
  }

  private static void stop(PrintStream console) {
    console.println("[llm] Maven has ended: stopping the run");
    System.exit(INTERRUPTED);
  }

  private static void finish(Run run, Supplier<EngineReport> engineReport, PrintStream console) {
    Verdict verdict = Verdict.unknown("The report could not be written.");
    try {
      AtomicBoolean again = new AtomicBoolean();
      StopSignals.handle(() -> stopAgain(run, again));
      run.drain();
      again.set(true);
      run.close(true);
      run.tellLastCalls();
      adopt(run, engineReport, console);
      verdict = TokenReport.write(run.folder(), console).client().verdict();
      split(run, console);
      LatencyReport.write(run.folder(), PercentileRule.WITHHOLD_WHEN_FEW, console);
    } catch (IOException | RuntimeException e) {
      console.println("[llm] the report of " + run.folder() + " could not be written: " + e);
    }
    console.println("[llm] verdict: " + verdict.line());
    run.tellEnd();
    run.stopReason().ifPresent(reason -> fail(StopRule.KEY, console));
    run.gate()
        .judge(verdict)
        .filter(result -> !result.passed())
        .ifPresent(result -> fail(VerdictGate.KEY, console));
  }

  /**
   * The exit code is decided by now, and Gatling knows nothing of what we found: only a halt helps.
   */
  private static void fail(String key, PrintStream console) {
    console.println("[llm] " + key + " is not met: the run has failed");
    console.flush();
    Runtime.getRuntime().halt(GATE_NOT_PASSED);
  }

  /** The second signal cuts the waiting short, the third everything. */
  private static void stopAgain(Run run, AtomicBoolean again) {
    if (again.getAndSet(true)) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    run.endDrain();
  }

  private static void adopt(Run run, Supplier<EngineReport> engineReport, PrintStream console) {
    try {
      EngineReport engine = engineReport.get();
      run.addAssertions(engine.assertions());
      if (engine.folder().isPresent()) {
        copy(engine.folder().get(), run.folder().resolve("gatling"));
        ThirdPartyNotice.write(run.folder());
      }
    } catch (IOException | RuntimeException e) {
      console.println("[llm] Gatling's report could not be copied: " + e);
    }
  }

  private static void split(Run run, PrintStream console) throws IOException {
    List<Path> folders = run.split();
    for (Path folder : folders) {
      TokenReport.write(folder, new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    }
    if (!folders.isEmpty()) {
      console.println(
          "[llm] "
              + folders.size()
              + " reports of parts of the run: "
              + folders.get(0).getParent());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> sources;
    try (Stream<Path> walk = Files.walk(from)) {
      sources = walk.toList();
    }
    for (Path source : sources) {
      Path target = to.resolve(from.relativize(source).toString());
      if (Files.isDirectory(source)) {
        Files.createDirectories(target);
      } else {
        Files.copy(source, target);
      }
    }
  }
}
