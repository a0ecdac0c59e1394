package dev.gatlingllm.run;

import dev.gatlingllm.report.TokenReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
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
    try {
      run.close(true);
      adopt(run, engineReport, console);
      TokenReport.write(run.folder(), console);
    } catch (IOException | RuntimeException e) {
      console.println("[llm] the report of " + run.folder() + " could not be written: " + e);
    }
  }

  private static void adopt(Run run, Supplier<EngineReport> engineReport, PrintStream console) {
    try {
      EngineReport engine = engineReport.get();
      run.addAssertions(engine.assertions());
      if (engine.folder().isPresent()) {
        copy(engine.folder().get(), run.folder().resolve("gatling"));
      }
    } catch (IOException | RuntimeException e) {
      console.println("[llm] Gatling's report could not be copied: " + e);
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
