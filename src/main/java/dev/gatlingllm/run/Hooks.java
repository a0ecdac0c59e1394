package dev.gatlingllm.run;

import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.text.Count;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the hooks of a run and keeps what goes wrong in them apart from it. Thread-safe. */
public final class Hooks {

  private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);

  private final List<Hook> hooks;
  private final PrintStream console;
  private final long patienceMillis;
  private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();
  private final AtomicLong untold = new AtomicLong();
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "llm-hooks");
            thread.setDaemon(true);
            return thread;
          });

  /** Hooks in the order in which they are called. */
  public Hooks(List<Hook> hooks, PrintStream console) {
    this(hooks, console, 30_000);
  }

  /**
   * As the other constructor.
   *
   * @param patienceMillis how long the end of the run waits for hooks that are still being told
   */
  Hooks(List<Hook> hooks, PrintStream console, long patienceMillis) {
    this.hooks = List.copyOf(hooks);
    this.console = console;
    this.patienceMillis = patienceMillis;
  }

  private interface Step {
    void take(Hook hook) throws Exception;
  }

  /** The run begins. */
  void beforeRun(RunInfo run, Path folder) {
    hooks.forEach(hook -> call(hook, "beforeRun", one -> one.beforeRun(run, folder)));
  }

  /** The request as the hooks want it; a hook that fails changes nothing. */
  public LlmRequest beforeCall(String name, LlmRequest request) {
    LlmRequest[] wanted = {request};
    for (Hook hook : hooks) {
      call(hook, "beforeCall", one -> wanted[0] = requireNonNull(one.beforeCall(name, wanted[0])));
    }
    return wanted[0];
  }

  private static LlmRequest requireNonNull(LlmRequest request) {
    if (request == null) {
      throw new NullPointerException("beforeCall returned null instead of a request");
    }
    return request;
  }

  /** A call has ended; returns at once. */
  public void afterCall(CallRecord record, String answer) {
    if (hooks.isEmpty()) {
      return;
    }
    untold.incrementAndGet();
    try {
      teller.execute(
          () -> {
            hooks.forEach(hook -> call(hook, "afterCall", one -> one.afterCall(record, answer)));
            untold.decrementAndGet();
          });
    } catch (RejectedExecutionException ignored) {
      // the run is over: it stays among those that were not told
    }
  }

  /** Waits until every call that has ended has been told of, and takes no more. */
  void finishCalls() {
    teller.shutdown();
    try {
      if (!teller.awaitTermination(patienceMillis, TimeUnit.MILLISECONDS)) {
        teller.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (untold.get() > 0) {
      console.println(
          "[llm] hooks missed " + Count.of(untold.get(), "call") + ": they are too slow");
    }
  }

  /** The run is over; says at the end what went wrong in all of it. */
  void afterRun(RunInfo run, Path folder) {
    Thread last =
        new Thread(
            () -> hooks.forEach(hook -> call(hook, "afterRun", one -> one.afterRun(run, folder))),
            "llm-hooks-end");
    last.setDaemon(true);
    last.start();
    try {
      last.join(patienceMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (last.isAlive()) {
      console.println("[llm] hook afterRun goes on for too long: the run ends without it");
    }
    failures.forEach(
        (what, count) ->
            console.println(
                "[llm] hook " + what + (count.sum() == 1 ? "" : ", " + count + " times")));
  }

  private void call(Hook hook, String method, Step step) {
    try {
      step.take(hook);
    } catch (Throwable e) {
      String what =
          hook.getClass().getName() + "." + method + " failed with " + e.getClass().getSimpleName();
      LongAdder count = failures.computeIfAbsent(what, key -> new LongAdder());
      if (count.sum() == 0) {
        // Only its type on the console: the message may quote a prompt.
        console.println("[llm] hook " + what + "; the run goes on, the log has the exception");
        log(what, e);
      }
      count.increment();
    }
  }

  /** An exception may not even be able to say what it is. */
  private static void log(String what, Throwable cause) {
    try {
      LOG.error("A hook failed: {}", what, cause);
    } catch (Throwable unreadable) {
      LOG.error("A hook failed: {}, and its exception cannot be read", what);
    }
  }
}
