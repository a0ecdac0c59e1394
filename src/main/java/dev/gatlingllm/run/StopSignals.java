package dev.gatlingllm.run;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What SIGINT and SIGTERM do to a run. The first ends the load; while the reports are being written
 * it does nothing, since the run is about to end. The second cuts the calls that are waited for, or
 * Gatling's report. The third halts the JVM. So one signal at any instant leaves a whole report.
 * Safe for use by many threads.
 */
final class StopSignals {

  /** The exit code by which a shell reports SIGTERM. */
  private static final int INTERRUPTED = 143;

  private enum Phase {
    LOAD,
    ENGINE_REPORT,
    SHUTDOWN
  }

  private final Runnable cutCalls;
  private final PrintStream console;
  private final Runnable exit;
  private final Runnable halt;
  private final BooleanSupplier engineHasExited;
  private Phase phase = Phase.LOAD;
  private boolean engineCut;
  private int signals;

  StopSignals(Runnable cutCalls, PrintStream console) {
    this(
        cutCalls,
        console,
        () -> new Thread(() -> System.exit(INTERRUPTED), "llm-exit").start(),
        () -> Runtime.getRuntime().halt(INTERRUPTED));
  }

  /**
   * With other ways to end.
   *
   * @param exit begins the shutdown of the JVM, and returns
   * @param halt ends the JVM at once
   */
  StopSignals(Runnable cutCalls, PrintStream console, Runnable exit, Runnable halt) {
    this(cutCalls, console, exit, halt, StopSignals::engineHasExited);
  }

  /**
   * As {@link #StopSignals(Runnable, PrintStream, Runnable, Runnable)}.
   *
   * @param engineHasExited whether Gatling has asked for the exit
   */
  StopSignals(
      Runnable cutCalls,
      PrintStream console,
      Runnable exit,
      Runnable halt,
      BooleanSupplier engineHasExited) {
    this.engineHasExited = engineHasExited;
    this.cutCalls = cutCalls;
    this.console = console;
    this.exit = exit;
    this.halt = halt;
  }

  /** The load is over, and the engine writes its report. */
  synchronized void loadIsOver() {
    phase = phase == Phase.LOAD ? Phase.ENGINE_REPORT : phase;
  }

  /** The JVM goes down. */
  synchronized void shutdownBegan() {
    engineCut |= phase == Phase.LOAD || !engineHasExited.getAsBoolean();
    phase = Phase.SHUTDOWN;
  }

  /** Whether the engine came to its own end, so that its report is whole. */
  synchronized boolean engineIsDone() {
    return !engineCut;
  }

  /**
   * Whether Gatling has asked for the exit. Its thread then waits for the shutdown hooks, of which
   * one asks.
   */
  private static boolean engineHasExited() {
    return Thread.getAllStackTraces().values().stream().anyMatch(StopSignals::isGatlingsExit);
  }

  private static boolean isGatlingsExit(StackTraceElement[] stack) {
    List<String> classes = Arrays.stream(stack).map(StackTraceElement::getClassName).toList();
    return classes.contains("java.lang.Shutdown")
        && classes.stream().anyMatch(name -> name.startsWith("io.gatling.app."));
  }

  /** The Maven that started this JVM is gone. */
  synchronized void mavenEnded() {
    if (phase == Phase.LOAD) {
      console.println("[llm] Maven has ended: stopping the run");
      exit.run();
    }
  }

  /** A signal came. */
  synchronized void came() {
    signals++;
    if (signals >= 3) {
      halt.run();
    } else if (phase == Phase.LOAD) {
      exit.run();
    } else if (signals == 1) {
      console.println("[llm] the load is over, and its reports are being written");
    } else if (phase == Phase.ENGINE_REPORT) {
      exit.run();
    } else {
      cutCalls.run();
    }
  }
}
