package dev.gatlingllm.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Why a run has failed, whatever its calls say. Safe for use by many threads. */
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

  /** Since when memory has been out; empty if it is not. */
  OptionalLong outOfMemorySince() {
    return memoryIsOut ? OptionalLong.of(memoryOutNanos) : OptionalLong.empty();
  }

  /** Whether this is the first time that a record was found to be lost. */
  synchronized boolean recordsLost() {
    boolean first = !lost;
    lost = true;
    return first;
  }
}
