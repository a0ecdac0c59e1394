package dev.gatlingllm.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reasons why a run has failed, apart from the outcomes of its calls. Safe for use by many threads.
 */
final class Faults {

  static final String OUT_OF_MEMORY =
      "The JVM ran out of memory ("
          + (Runtime.getRuntime().maxMemory() >> 20)
          + " MB of heap): give it more, such as -Dgatling.jvmArgs=-Xmx2G.";

  private final List<String> sentences = new ArrayList<>();
  private volatile boolean memoryIsOut;
  private volatile long memoryOutNanos;
  private boolean lost;

  synchronized void add(String sentence) {
    if (!sentences.contains(sentence) && !sentence.equals(OUT_OF_MEMORY)) {
      sentences.add(sentence);
    }
  }

  synchronized List<String> all() {
    List<String> all = new ArrayList<>(sentences);
    if (memoryIsOut) {
      all.add(0, OUT_OF_MEMORY);
    }
    return all;
  }

  /** Notes that memory ran out; allocates nothing. Returns whether this is the first time. */
  boolean outOfMemory(long nanos) {
    synchronized (this) {
      if (memoryIsOut) {
        return false;
      }
      memoryOutNanos = nanos;
      memoryIsOut = true;
      return true;
    }
  }

  /** When memory ran out; empty if it has not. */
  OptionalLong outOfMemorySince() {
    return memoryIsOut ? OptionalLong.of(memoryOutNanos) : OptionalLong.empty();
  }

  /** Notes that records were lost. Returns whether this is the first time. */
  synchronized boolean recordsLost() {
    boolean first = !lost;
    lost = true;
    return first;
  }
}
