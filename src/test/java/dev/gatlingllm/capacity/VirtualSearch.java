package dev.gatlingllm.capacity;

import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.stats.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.DoubleSupplier;

/**
 * Runs a search against an endpoint on a virtual clock, as the driver does on the real one. Its
 * limits are on the wait for the first chunk and on failures.
 */
final class VirtualSearch {

  private static final double TICK = 0.25;

  private final LoadSearch search;
  private final VirtualEndpoint endpoint;
  private final DoubleSupplier gap;
  private final double waitLimit;
  private final double latency;
  private double now;
  private long calls;

  /**
   * A search that has not begun.
   *
   * @param gap of two arrivals, relative to the mean
   * @param waitLimit in seconds
   * @param latency of a call that waits for no other, in seconds
   */
  VirtualSearch(
      LoadSearch search,
      VirtualEndpoint endpoint,
      DoubleSupplier gap,
      double waitLimit,
      double latency) {
    this.search = search;
    this.endpoint = endpoint;
    this.gap = gap;
    this.waitLimit = waitLimit;
    this.latency = latency;
  }

  SearchFinding run() {
    for (Optional<Probe> probe = search.next(); probe.isPresent(); probe = search.next()) {
      new Load(probe.get()).run();
    }
    return search.finding().orElseThrow();
  }

  long calls() {
    return calls;
  }

  double seconds() {
    return now;
  }

  private final class Load {

    private final Probe probe;
    private final double begin;
    private final List<Double> arrivals = new ArrayList<>();
    private final List<VirtualEndpoint.Answer> answers = new ArrayList<>();
    private final PriorityQueue<Double> inFlight = new PriorityQueue<>();
    private final Backlog backlog = new Backlog();
    private final LookTimes looks = new LookTimes();
    private int endedInOrder;

    Load(Probe probe) {
      this.probe = probe;
      this.begin = now + probe.pause().toNanos() / 1e9;
    }

    void run() {
      Optional<ProbeEnd> ending = Optional.empty();
      double tick = begin;
      double arrival = begin;
      boolean piledUp = false;
      while (ending.isEmpty()) {
        tick += TICK;
        for (; arrival <= tick; arrival += gap.getAsDouble() * 60 / probe.load()) {
          call(arrival);
        }
        count(tick);
        piledUp = backlog.pilesUp(latency);
        if (piledUp || looks.isDue(tick - begin, endedInOrder)) {
          ending = search.look(state(tick, endedInOrder, piledUp), false);
        }
      }
      ProbeState last = state(tick, answers.size(), piledUp);
      calls += answers.size();
      now =
          Math.max(
              tick, answers.stream().mapToDouble(VirtualEndpoint.Answer::end).max().orElse(tick));
      search.ended(last, ending.get());
    }

    private void call(double arrival) {
      VirtualEndpoint.Answer answer = endpoint.call(arrival);
      arrivals.add(arrival);
      answers.add(answer);
      inFlight.add(answer.end());
    }

    private void count(double tick) {
      while (!inFlight.isEmpty() && inFlight.peek() <= tick) {
        inFlight.remove();
      }
      while (endedInOrder < answers.size() && answers.get(endedInOrder).end() <= tick) {
        endedInOrder++;
      }
      backlog.add(tick - begin, answers.size(), inFlight.size());
    }

    private ProbeState state(double at, int known, boolean piledUp) {
      double elapsed = at - begin;
      double[] waits = new double[known];
      boolean[] failed = new boolean[known];
      int all = 0;
      int taken = 0;
      Throttling throttling = new Throttling();
      for (int i = 0; i < known; i++) {
        boolean refused = answers.get(i).refused();
        double start = arrivals.get(i) - begin;
        throttling.add(start, refused);
        if (LookTimes.counts(start, elapsed)) {
          failed[all++] = refused;
          if (!refused) {
            waits[taken++] = answers.get(i).waited();
          }
        }
      }
      return new ProbeState(
          Duration.ofNanos((long) (elapsed * 1e9)),
          List.of(
              late(Arrays.copyOf(waits, taken)), ShareCount.inOrder(Arrays.copyOf(failed, all))),
          piledUp,
          throttling.seen(),
          ProbeState.Client.GOOD);
    }

    private ShareCount late(double[] waits) {
      if (waits.length == 0) {
        return ShareCount.NONE;
      }
      ShareCount kept = ShareCount.atMost(Values.inOrder(waits), waitLimit);
      return new ShareCount(kept.of() - kept.count(), kept.of(), kept.worth());
    }
  }
}
