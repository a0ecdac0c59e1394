package dev.gatlingllm.decision;

import dev.gatlingllm.text.Figures;
import java.util.OptionalDouble;

/** How many independent calls a number of calls is worth, in words. */
public final class Worth {

  /** A hundred independent calls look as if they were worth 75 often enough. */
  private static final double AS_GOOD_AS_ALL = 0.75;

  private Worth() {}

  /** Such as {@code 1,200 calls, worth 64}; without the second part if they are worth as many. */
  public static String text(long calls, double worth) {
    String all = Figures.count(calls) + (calls == 1 ? " call" : " calls");
    return isLess(calls, worth) ? all + ", worth " + Figures.count(Math.round(worth)) : all;
  }

  /** As {@link #text(long, double)}; absent stands for as many as there are. */
  public static String text(long calls, OptionalDouble worth) {
    return text(calls, worth.orElse((double) calls));
  }

  /** Whether the calls depend on each other so much that a reader must know. */
  public static boolean isLess(long calls, double worth) {
    return worth < AS_GOOD_AS_ALL * calls;
  }
}
