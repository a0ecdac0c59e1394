package dev.gatlingllm.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * How many calls are served at the same time; the others wait, first come, first served.
 * Thread-safe.
 */
final class Capacity {

  /** What became of a call that wants to be served. */
  enum Entry {
    /** It is to be served now. */
    SERVED,
    /** It waits: its start is run when its turn comes. */
    WAITING,
    /** The queue is full. */
    REFUSED
  }

  private final int capacity;
  private final OptionalInt queueLimit;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int serving;

  Capacity(int capacity, OptionalInt queueLimit) {
    this.capacity = capacity;
    this.queueLimit = queueLimit;
  }

  synchronized Entry enter(Runnable start) {
    if (serving < capacity) {
      serving++;
      return Entry.SERVED;
    }
    if (queueLimit.isPresent() && waiting.size() >= queueLimit.getAsInt()) {
      return Entry.REFUSED;
    }
    waiting.add(start);
    return Entry.WAITING;
  }

  /** One that was served is done: its place goes to the first that waits, on this thread. */
  void leave() {
    Runnable next = handOver();
    if (next != null) {
      next.run();
    }
  }

  /** How many are served now. */
  synchronized int serving() {
    return serving;
  }

  /** How many wait now. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** Which part of the places is taken. */
  double use() {
    return serving() / (double) capacity;
  }

  /** Gives up waiting. Returns false if the turn had already come. */
  synchronized boolean withdraw(Runnable start) {
    return waiting.remove(start);
  }

  private synchronized Runnable handOver() {
    Runnable next = waiting.poll();
    if (next == null) {
      serving--;
    }
    return next;
  }
}
