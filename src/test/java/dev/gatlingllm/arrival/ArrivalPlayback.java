package dev.gatlingllm.arrival;

import java.util.ArrayList;
import java.util.List;

/** What came of a schedule: when calls were started, and how many arrivals were dropped. */
record ArrivalPlayback(List<Long> startsNanos, int dropped) {

  /** Plays a whole schedule, the way a load does, on simulated timers. */
  static ArrivalPlayback of(ArrivalSchedule schedule, ArrivalPolicy judge, SimulatedTimers timers) {
    List<Long> starts = new ArrayList<>();
    int dropped = 0;
    var offsets = schedule.offsets();
    while (offsets.hasNext()) {
      long arrival = offsets.nextLong();
      ArrivalDecision decision = judge.decide(arrival, timers.nanos());
      while (decision instanceof ArrivalDecision.Wait wait) {
        timers.sleep(wait.nanos());
        decision = judge.decide(arrival, timers.nanos());
      }
      if (decision instanceof ArrivalDecision.Start) {
        starts.add(timers.nanos());
      } else {
        dropped++;
      }
    }
    return new ArrivalPlayback(starts, dropped);
  }

  /** The most calls started within any span of this length. */
  int mostStartsWithin(long spanNanos) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < startsNanos.size(); last++) {
      while (startsNanos.get(last) - startsNanos.get(first) >= spanNanos) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
