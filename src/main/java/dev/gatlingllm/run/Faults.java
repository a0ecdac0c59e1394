package dev.gatlingllm.run;

import java.util.ArrayList;
import java.util.List;

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

  boolean memoryIsOut() {
    return memoryIsOut;
  }

  /** For how long memory has been out at an instant, nanoseconds; allocates nothing. */
  long memoryOutFor(long nanos) {
    return memoryIsOut ? nanos - memoryOutNanos : 0;
  }

  /** Notes that records were lost. Returns whether this is the first time. */
  synchronized boolean recordsLost() {
    boolean first = !lost;
    lost = true;
    return first;
  }
}
