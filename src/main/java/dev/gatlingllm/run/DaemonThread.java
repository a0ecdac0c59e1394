package dev.gatlingllm.run;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Daemon thread that takes tasks one after the other; it does not keep the JVM from its end. */
final class DaemonThread {

  private DaemonThread() {}

  static ScheduledExecutorService named(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
