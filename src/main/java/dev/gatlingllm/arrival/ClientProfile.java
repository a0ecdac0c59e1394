package dev.gatlingllm.arrival;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The number of clients of a closed load over time. A client joins when the profile reaches its
 * number, and leaves after its call in hand when the profile falls below it. Immutable.
 */
public final class ClientProfile {

  private static final int MOST_CLIENTS = 1_000_000;

  private final RateProfile clients;

  private ClientProfile(RateProfile clients) {
    this.clients = clients;
  }

  /**
   * From when to when one client calls.
   *
   * @param fromNanos since the start of the load
   * @param toNanos from then on it starts no call
   */
  public record Stay(long fromNanos, long toNanos) {}

  /**
   * Phases one after the other, whose rates are clients.
   *
   * @throws IllegalArgumentException if there never is a client, or there are more than a million
   */
  public static ClientProfile of(List<RatePhase> phases) {
    ClientProfile profile = new ClientProfile(RateProfile.inUnit(phases, "clients"));
    double most = profile.clients.peakRpm();
    if (most < 1 || most > MOST_CLIENTS) {
      throw new IllegalArgumentException(
          "profile must reach at least 1 client and at most " + MOST_CLIENTS + ", reached " + most);
    }
    return profile;
  }

  /** How many clients there are at most. */
  public int most() {
    return (int) clients.peakRpm();
  }

  /** How long it lasts. */
  public Duration duration() {
    return clients.duration();
  }

  /** The same curve as a profile: its phases, and the clients in place of the rate. */
  public RateProfile curve() {
    return clients;
  }

  /** When clients come and go, the first to come first. */
  public List<Stay> stays() {
    return stays(0, 1);
  }

  /**
   * When every {@code of}-th client comes and goes, from number {@code index} on, the first to come
   * first.
   *
   * @param index from 0
   * @param of at least 1 and more than {@code index}
   */
  public List<Stay> stays(int index, int of) {
    List<RateProfile.Stretch> stretches = clients.stretches();
    List<Stay> stays = new ArrayList<>();
    for (int client = 1 + index; client <= most(); client += of) {
      addStays(client, stretches, stays);
    }
    stays.sort(Comparator.comparingLong(Stay::fromNanos));
    return stays;
  }

  private void addStays(int client, List<RateProfile.Stretch> stretches, List<Stay> stays) {
    long from = -1;
    for (RateProfile.Stretch stretch : stretches) {
      long at = stretch.from();
      boolean there = isThere(client, stretch, at);
      if (there != from >= 0) {
        from = change(from, stretch.startNanos() + at, stays);
      }
      if (isThere(client, stretch, stretch.to()) != there) {
        from = change(from, stretch.startNanos() + turn(client, stretch, there), stays);
      }
    }
    if (from >= 0) {
      change(from, clients.nanos(), stays);
    }
  }

  /** Comes, or goes if it was there. */
  private static long change(long from, long nanos, List<Stay> stays) {
    if (from < 0) {
      return nanos;
    }
    if (nanos > from) {
      stays.add(new Stay(from, nanos));
    }
    return -1;
  }

  private static boolean isThere(int client, RateProfile.Stretch stretch, long at) {
    return stretch.piece().rpmAt(at) >= client;
  }

  /** The first instant of a stretch at which the client is no longer as it was at its start. */
  private static long turn(int client, RateProfile.Stretch stretch, boolean before) {
    long low = stretch.from();
    long high = stretch.to();
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (isThere(client, stretch, middle) == before) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
