package dev.gatlingllm.soak;

import java.time.Duration;

/**
 * What is compared: minutes 10 to 20 with the last ten minutes. In a run of less than 30 minutes it
 * is the second third with the last.
 *
 * @param earlyFrom seconds since the beginning
 * @param earlyTo seconds since the beginning
 * @param lateFrom seconds since the beginning
 * @param lateTo seconds since the beginning
 */
record SoakWindows(long earlyFrom, long earlyTo, long lateFrom, long lateTo) {

  private static final long TEN_MINUTES = 600;

  static SoakWindows of(Duration run) {
    long seconds = run.toSeconds();
    long window = Math.min(TEN_MINUTES, seconds / 3);
    return new SoakWindows(window, 2 * window, seconds - window, seconds);
  }

  boolean early(Sample sample) {
    return sample.seconds() >= earlyFrom && sample.seconds() < earlyTo;
  }

  boolean late(Sample sample) {
    return sample.seconds() >= lateFrom && sample.seconds() < lateTo;
  }
}
