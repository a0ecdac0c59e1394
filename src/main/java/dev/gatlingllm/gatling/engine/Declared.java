package dev.gatlingllm.gatling.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What a simulation declares while it is made, for the run that begins next. Safe for use by many
 * threads.
 */
final class Declared<T> {

  private final List<T> declared = new ArrayList<>();

  synchronized void add(T one) {
    declared.add(one);
  }

  synchronized int size() {
    return declared.size();
  }

  /** All that was declared so far, which is no one's from now on. */
  synchronized List<T> take() {
    List<T> taken = List.copyOf(declared);
    declared.clear();
    return taken;
  }
}
