package dev.gatlingllm.record;

import java.util.List;

/**
 * One of several parts of a load, each of which a machine makes. Whatever can be numbered from 0,
 * such as arrivals, clients, calls and rows, belongs to the share whose index is the remainder of
 * its number divided by the number of shares: all shares together are the load, and nothing is in
 * two of them.
 *
 * @param index from 0
 * @param of how many shares there are, at least 1 and more than {@code index}
 */
public record Share(int index, int of) {

  /** Settings in which the machines that make one load may differ. */
  public static final List<String> OWN_SETTINGS =
      List.of(
          "llm.load.share", "llm.load.barrier", "llm.load.barrierTimeout", "llm.load.timeServer");

  /** All of a load. */
  public static final Share WHOLE = new Share(0, 1);

  /** Refuses what is no share. */
  public Share {
    if (of < 1 || index < 0 || index >= of) {
      throw new IllegalArgumentException(
          "a share must have an index from 0 to " + (of - 1) + ", was " + index + "/" + of);
    }
  }

  /** Whether it is only one of several. */
  public boolean splits() {
    return of > 1;
  }

  /** Whether what has this number in the whole load is in the share. */
  public boolean has(long number) {
    return Math.floorMod(number, (long) of) == index;
  }

  /** The number in the whole load of what has this number in the share. */
  public long number(long inShare) {
    return Math.addExact(Math.multiplyExact(inShare, (long) of), index);
  }

  /** How many of so many things, numbered from 0, are in the share. */
  public long count(long ofAll) {
    return ofAll / of + (ofAll % of > index ? 1 : 0);
  }

  /** As settings and messages say it: {@code 0/3}. */
  @Override
  public String toString() {
    return index + "/" + of;
  }
}
