package dev.gatlingllm.call;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A timer and its clock, both moved by hand. One thread only. */
final class ManualTimer implements Timer {

  private record Task(long atNanos, Runnable action) {}

  private final List<Task> tasks = new ArrayList<>();
  private long nowNanos = 1_000;

  long nowNanos() {
    return nowNanos;
  }

  @Override
  public Pending schedule(long delayNanos, Runnable action) {
    Task task = new Task(nowNanos + Math.max(0, delayNanos), action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Lets time pass; what falls due runs at its own instant. */
  void advance(long nanos) {
    long until = nowNanos + nanos;
    Optional<Task> due = nextUntil(until);
    while (due.isPresent()) {
      nowNanos = Math.max(nowNanos, due.get().atNanos());
      tasks.remove(due.get());
      due.get().action().run();
      due = nextUntil(until);
    }
    nowNanos = until;
  }

  private Optional<Task> nextUntil(long until) {
    return tasks.stream()
        .filter(task -> task.atNanos() <= until)
        .min(Comparator.comparingLong(Task::atNanos));
  }

  int pending() {
    return tasks.size();
  }
}
