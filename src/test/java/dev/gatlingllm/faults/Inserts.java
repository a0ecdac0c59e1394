package dev.gatlingllm.faults;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What the proxy writes between the messages of the server. Confined to one thread. */
interface Inserts {

  /**
   * The bytes to write for these bytes of the server. Some may be kept back until more come.
   *
   * @param length how many of them there are
   */
  byte[] around(byte[] bytes, int length);

  /** The inserts that a protocol allows. */
  static Inserts of(Mix mix, SplittableRandom random, Consumer<Fault> count) {
    return switch (mix.protocol()) {
      case OPAQUE -> Arrays::copyOf;
      case HTTP1 -> new Http1Inserts(mix, random, count);
      case HTTP2 -> new Http2Inserts(mix, random, count);
    };
  }
}
