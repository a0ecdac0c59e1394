package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.decision.AbComparison;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.decision.VerdictGate;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CapacityResult;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.report.CapacityText;
import dev.gatlingllm.report.ConsoleEnd;
import dev.gatlingllm.report.LastWords;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.report.TokenReport;
import dev.gatlingllm.report.latency.LatencyReport;
import dev.gatlingllm.report.live.LiveReport;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.text.Count;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The last act of a run, when the JVM goes down: Gatling has written its own report by then, or a
 * signal has cut the run short. Copies Gatling's report into the run folder and writes the token
 * report. A run that lost something on the way, its report included, ends with exit code 2.
 */
public final class RunEnd {

  /** What the jar is called that the Gatling Maven plugin starts. */
  private static final String MAVEN_FORK = "gatlingbooter";

  /** What Gatling exits with when an assertion did not hold; its Maven plugin knows it. */
  private static final int FAILED = 2;

  private static final int PASSED = 0;

  private final Run run;
  private final Supplier<EngineReport> engineReport;
  private final PrintStream console;
  private final StopSignals signals;
  private final IntConsumer halt;
  private Verdict verdict = Verdict.unknown("The report could not be written.");
  private Optional<RunReport> report = Optional.empty();
  private List<LimitResult> limits = List.of();
  private Optional<String> found = Optional.empty();
  private Optional<CapacityResult> capacity = Optional.empty();
  private List<AssertionResult> engineAssertions = List.of();
  private final List<AssertionResult> compared = new ArrayList<>();

  /**
   * The end of a run.
   *
   * @param halt ends the JVM at once, with this exit code
   */
  RunEnd(
      Run run,
      Supplier<EngineReport> engineReport,
      StopSignals signals,
      PrintStream console,
      IntConsumer halt) {
    this.run = run;
    this.engineReport = engineReport;
    this.signals = signals;
    this.console = console;
    this.halt = halt;
  }

  /**
   * Sees to it that the run is closed and reported however this JVM ends, short of being killed.
   *
   * @param run the run
   * @param engineReport asked once, after the run was closed, for what the engine left
   * @param signals those that came since the run began to begin, and those to come
   */
  public static RunEnd onShutdown(
      Run run, Supplier<EngineReport> engineReport, HeldSignals signals, PrintStream console) {
    IntConsumer halt = Runtime.getRuntime()::halt;
    RunEnd end =
        new RunEnd(run, engineReport, new StopSignals(run::endDrain, console), console, halt);
    Runtime.getRuntime().addShutdownHook(new Thread(end::finish, "llm-run-end"));
    signals.handOver(end.signals::came);
    Thread exit = new Thread(() -> System.exit(FAILED), "llm-exit");
    exit.setDaemon(true);
    run.onLastWill(() -> startOnce(exit), () -> halt.accept(FAILED));
    end.withMaven();
    return end;
  }

  private static void startOnce(Thread thread) {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  /** The load is over, and the engine writes its report: a signal is to let it. */
  public void loadIsOver() {
    signals.loadIsOver();
  }

  /**
   * Ends this JVM when the Maven that started it is gone: Maven does not take its child with it
   * when it is told to stop, and a load that nobody watches any more costs money.
   */
  private void withMaven() {
    if (System.getProperty("sun.java.command", "").contains(MAVEN_FORK)) {
      Optional<ProcessHandle> maven = ProcessHandle.current().parent();
      if (maven.isPresent()) {
        Future<?> unused = maven.get().onExit().thenRun(signals::mavenEnded);
      }
    }
  }

  private interface Step {
    void take() throws IOException;
  }

  /** Closes the run, reports it, and halts the JVM if the run has failed. */
  void finish() {
    signals.shutdownBegan();
    if (!run.isKept()) {
      endWithoutFiles();
      judge();
      return;
    }
    console.println("[llm] making the report of the run");
    step("the run could not be closed", () -> run.close(true), run::drain);
    step("hooks could not finish the last calls", run::tellLastCalls);
    if (run.share().isPresent()) {
      endShare(run.share().get());
      return;
    }
    report();
    judge();
  }

  private void endWithoutFiles() {
    step("the run could not be closed", () -> run.close(true), run::drain);
    step("hooks could not finish the last calls", run::tellLastCalls);
    verdict = run.verdictSoFar();
    step("hooks could not be run at the end", run::tellEnd);
    step("the metrics could not be ended", run::endMetrics);
    run.unjudged().ifPresent(this::say);
  }

  private void report() {
    step("the run could not be compared with its baseline", this::compare);
    step("Gatling's report could not be copied", this::adopt);
    // The page links what lies beside it, so it is written last.
    step("the reports of the parts of the run could not be written", this::split);
    step(
        "the latency table could not be written",
        () -> LatencyReport.write(run.folder(), PercentileRule.WITHHOLD_WHEN_FEW, console));
    step(
        "the report of " + run.folder() + " could not be written",
        () -> take(TokenReport.write(run.folder(), console)));
    step("the live report could not show the end", this::showEnd);
    step("hooks could not be run at the end", run::tellEnd);
    step("the metrics could not be ended", run::endMetrics);
    step("the live report could not be closed", () -> run.live().ifPresent(LiveReport::close));
  }

  /**
   * A share is recorded, and judged with the others. Its end mark says what it lost; its exit code
   * only says whether it has one.
   */
  private void endShare(Share share) {
    step("Gatling's report could not be copied", this::adopt);
    step("hooks could not be run at the end", run::tellEnd);
    run.crash().ifPresent(why -> console.println("[llm] the run crashed: " + why));
    run.faults().forEach(fault -> say("share " + share + ": " + fault));
    int before = run.faults().size();
    step("the end of the share could not be marked", () -> run.markEnd(share));
    boolean marked = run.faults().size() == before;
    step("the metrics could not be ended", run::endMetrics);
    step("the live report could not be closed", () -> run.live().ifPresent(LiveReport::close));
    say(
        marked
            ? "share " + share + " is recorded; it is judged with the others by report --job"
            : "the run has failed: share " + share + " has no end mark, so no job passes with it");
    if (run.crash().isEmpty()) {
      console.flush();
      if (!marked) {
        halt.accept(FAILED);
      } else if (engineAssertions.stream().anyMatch(result -> !result.passed())) {
        halt.accept(PASSED);
      }
    }
  }

  private void showEnd() throws IOException {
    if (run.live().isPresent() && report.isPresent()) {
      run.live().get().ends(report.get(), run.folder());
    }
  }

  private void take(RunReport made) {
    report = Optional.of(made);
    verdict = made.client().verdict();
    limits = made.limits();
    found = Optional.of(ConsoleEnd.of(made, run.folder()));
    capacity = made.capacity();
    made.assertions().stream()
        .filter(result -> result.text().startsWith(AbComparison.PREFIX))
        .forEach(compared::add);
  }

  /** Takes steps one after the other, and notes as a fault of the run what one of them throws. */
  private void step(String failure, Step last, Step... before) {
    try {
      for (Step step : before) {
        step.take();
      }
      last.take();
    } catch (Throwable e) {
      console.println("[llm] " + failure + ": " + e);
      run.fault(failure + ": " + e.getClass().getSimpleName() + ".");
      run.thrown(e);
    }
  }

  /**
   * Gatling has decided the exit code by now without our findings: only a halt can change it. That
   * of a crash is Gatling's own, which tells it from an assertion that does not hold.
   */
  private void judge() {
    run.crash().ifPresent(why -> console.println("[llm] the run crashed: " + why));
    compared.stream()
        .filter(AssertionResult::passed)
        .forEach(result -> say(result.text() + ": " + result.actual()));
    List<String> causes = causes();
    found.ifPresent(this::conclude);
    LastWords.red(causes).forEach(this::say);
    String last = LastWords.verdict(verdict, causes.size(), run.crash().isPresent());
    say(run.isKept() ? last : last.replace("; the run has passed", "; " + Unkept.JUDGE));
    if (!causes.isEmpty() && run.crash().isEmpty()) {
      console.flush();
      halt.accept(FAILED);
    }
  }

  private void conclude(String text) {
    console.println();
    console.print(text);
    console.println();
  }

  private void say(String line) {
    console.println("[llm] " + line);
  }

  private List<String> causes() {
    List<String> causes = new ArrayList<>();
    for (StopCause cause : run.stopCauses()) {
      causes.add(
          cause.key() + ": " + cause.reason().orElseThrow().replace(" (" + cause.key() + ")", ""));
    }
    if (causes.isEmpty()) {
      run.noSuccess().ifPresent(causes::add);
    }
    limits.stream().filter(limit -> !limit.passed()).forEach(limit -> causes.add(limit.line()));
    capacity
        .map(CapacityText::failure)
        .filter(why -> !why.isEmpty())
        .ifPresent(why -> causes.add("capacity: " + why));
    compared.stream()
        .filter(result -> !result.passed())
        .forEach(result -> causes.add(result.text() + ": " + result.actual()));
    run.gate()
        .judge(verdict)
        .filter(result -> !result.passed())
        .ifPresent(result -> causes.add(VerdictGate.KEY + ": the verdict is " + verdict.line()));
    for (AssertionResult ofEngine : engineAssertions) {
      if (!ofEngine.passed()) {
        causes.add("Gatling's assertion " + ofEngine.text() + ", actual: " + ofEngine.actual());
      }
    }
    causes.addAll(run.faults());
    return causes;
  }

  private void compare() throws IOException {
    compared.addAll(run.baseline().judge(run.folder()));
  }

  private void adopt() throws IOException {
    EngineReport engine = signals.engineIsDone() ? engineReport.get() : EngineReport.NONE;
    engineAssertions = engine.assertions();
    run.addAssertions(Stream.concat(engineAssertions.stream(), compared.stream()).toList());
    if (engine.folder().isPresent()) {
      WholeCopy.of(engine.folder().get(), run.folder().resolve("gatling"));
      ThirdPartyNotice.write(run.folder());
    }
  }

  private void split() throws IOException {
    List<Path> folders = run.split();
    for (Path folder : folders) {
      TokenReport.write(folder, new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    }
    if (!folders.isEmpty()) {
      console.println(
          "[llm] "
              + Count.of(folders.size(), "report")
              + " of parts of the run: "
              + folders.get(0).getParent());
    }
  }
}
