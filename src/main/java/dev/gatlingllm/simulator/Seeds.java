package dev.gatlingllm.simulator;

import java.util.SplittableRandom;

/** A random sequence of its own for each purpose of each call, whatever the order of calls. */
final class Seeds {

  /** What a sequence is for. */
  enum Purpose {
    LATENCY(1),
    FAULT(2),
    WORDS(3),
    REQUEST_ID(4),
    SPILLOVER(5);

    private final long salt;

    Purpose(long salt) {
      this.salt = salt;
    }
  }

  private final long seed;

  Seeds(long seed) {
    this.seed = seed;
  }

  SplittableRandom of(Purpose purpose, long callNumber) {
    return new SplittableRandom(mix(mix(mix(seed) + purpose.salt) + callNumber));
  }

  /** Stafford's variant 13 of the 64-bit finaliser: neighbouring inputs become unrelated. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
