package dev.gatlingllm.timing;

import java.util.Arrays;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The instants of one call, stamped as they happen. All are {@link NanoClock} nanoseconds. A chunk
 * costs four bytes: ten thousand streams of a thousand chunks are 40 MB. From the 262,145th
 * inter-chunk latency on they are counted by rounded length instead, so that an endless stream
 * takes no endless memory.
 *
 * <p>Not thread-safe: its owner lets one thread at a time in.
 */
public final class CallTimeline {

  private static final int[] NO_GAPS = {};
  private static final int FIRST_GAPS = 64;
  private static final long NANOS_PER_MICRO = 1_000;
  private static final int MOST_GAPS = 1 << 18;

  private final long arrival;
  private OptionalLong start = OptionalLong.empty();
  private OptionalLong head = OptionalLong.empty();
  private OptionalLong firstOutput = OptionalLong.empty();
  private OptionalLong firstVisible = OptionalLong.empty();
  private long lastOutput;
  private OptionalLong end = OptionalLong.empty();
  private int chunks;

  // Nanoseconds, or where those do not fit (from 2.1 s on) microseconds below zero.
  private int[] gaps = NO_GAPS;
  private final SortedMap<Long, Long> countedGaps = new TreeMap<>();

  /**
   * A call that has not been sent yet.
   *
   * @param arrival when it was meant to start
   */
  public CallTimeline(long arrival) {
    this.arrival = arrival;
  }

  /** The first attempt is sent, or was: the last instant told is the valid one. */
  public void started(long nanos) {
    start = OptionalLong.of(nanos);
  }

  /** An attempt begins: what came for the one before is no response to it. */
  public void attemptBegan() {
    head = OptionalLong.empty();
  }

  /** The response of the present attempt began. */
  public void headCame(long nanos) {
    head = OptionalLong.of(nanos);
  }

  /**
   * A chunk of model output came.
   *
   * @param visible whether a reader sees it
   */
  public void outputCame(long nanos, boolean visible) {
    if (chunks == 0) {
      firstOutput = OptionalLong.of(nanos);
    } else {
      addGap(nanos - lastOutput);
    }
    if (visible && firstVisible.isEmpty()) {
      firstVisible = OptionalLong.of(nanos);
    }
    lastOutput = nanos;
    chunks++;
  }

  private void addGap(long gap) {
    int index = chunks - 1;
    if (index >= MOST_GAPS) {
      countedGaps.merge(rounded(gap), 1L, Long::sum);
      return;
    }
    if (index == gaps.length) {
      int longer = Math.max(FIRST_GAPS, gaps.length + gaps.length / 2);
      gaps = Arrays.copyOf(gaps, Math.min(MOST_GAPS, longer));
    }
    gaps[index] =
        gap <= Integer.MAX_VALUE
            ? (int) gap
            : (int) -Math.min(Integer.MAX_VALUE, gap / NANOS_PER_MICRO);
  }

  /** To three significant digits. */
  private static long rounded(long nanos) {
    long unit = 1;
    while (nanos / unit >= 1_000) {
      unit *= 10;
    }
    return (nanos + unit / 2) / unit * unit;
  }

  /** The call is over, well or not. */
  public void ended(long nanos) {
    end = OptionalLong.of(nanos);
  }

  public long arrival() {
    return arrival;
  }

  /** When the first attempt was sent; absent if none was. */
  public OptionalLong start() {
    return start;
  }

  public OptionalLong head() {
    return head;
  }

  public OptionalLong firstOutput() {
    return firstOutput;
  }

  public OptionalLong firstVisible() {
    return firstVisible;
  }

  public OptionalLong lastOutput() {
    return chunks == 0 ? OptionalLong.empty() : OptionalLong.of(lastOutput);
  }

  public OptionalLong end() {
    return end;
  }

  /** How many chunks of model output came. */
  public int chunks() {
    return chunks;
  }

  /**
   * The times between consecutive chunks, in order, of the first 262,145 chunks; a copy. Those of
   * more than 2.1 s are whole microseconds, and none is longer than 35 minutes.
   */
  public long[] interChunkNanos() {
    long[] nanos = new long[Math.min(MOST_GAPS, Math.max(0, chunks - 1))];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = gaps[i] >= 0 ? gaps[i] : -gaps[i] * NANOS_PER_MICRO;
    }
    return nanos;
  }

  /**
   * How often each further inter-chunk latency came, by its nanoseconds to three significant
   * digits.
   */
  public SortedMap<Long, Long> furtherInterChunks() {
    return Collections.unmodifiableSortedMap(countedGaps);
  }
}
