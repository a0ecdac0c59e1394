package dev.gatlingllm.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final double LATENCY = 1;

  @Test
  void seesThatTwiceAsManyCallsArriveAsAreServed() {
    assertThat(grows(10, 5, 40).pilesUp(LATENCY)).isTrue();
  }

  @Test
  void takesTheRampOfTheFirstAnswersForNoBacklog() {
    // nothing has ended yet, since a call takes a second
    assertThat(grows(100, 0, 0.9).pilesUp(LATENCY)).isFalse();
  }

  @Test
  void takesNothingSeenForNoBacklog() {
    assertThat(new Backlog().pilesUp(LATENCY)).isFalse();
  }

  @Test
  void takesTheWanderingOfAQueueBelowItsCapacityForNoBacklog() {
    int alarms = 0;
    for (int seed = 0; seed < 40; seed++) {
      alarms += pilesUpAt(0.9, 2000, seed) ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(1);
  }

  @Test
  void seesAQueueThatIsAFifthBeyondItsCapacity() {
    for (int seed = 0; seed < 10; seed++) {
      assertThat(pilesUpAt(1.2, 6000, seed)).as("seed %d", seed).isTrue();
    }
  }

  private static Backlog grows(double arrivalsPerSecond, double endsPerSecond, double seconds) {
    Backlog backlog = new Backlog();
    for (double now = 0; now <= seconds; now += 0.25) {
      long arrived = (long) (arrivalsPerSecond * now);
      backlog.add(now, arrived, arrived - (long) (endsPerSecond * now));
    }
    return backlog;
  }

  /** Ten servers of a second each. */
  private static boolean pilesUpAt(double load, int calls, int seed) {
    Random random = new Random(seed);
    QueueEndpoint queue = new QueueEndpoint(10, SearchTables.exponential(random));
    Backlog backlog = new Backlog();
    PriorityQueue<Double> inFlight = new PriorityQueue<>();
    double arrival = 0;
    double tick = 0;
    boolean piledUp = false;
    for (int call = 0; call < calls; call++) {
      arrival += SearchTables.exponential(random).getAsDouble() / (10 * load);
      for (; tick <= arrival; tick += 0.25) {
        while (!inFlight.isEmpty() && inFlight.peek() <= tick) {
          inFlight.remove();
        }
        backlog.add(tick, call, inFlight.size());
        piledUp |= backlog.pilesUp(LATENCY);
      }
      inFlight.add(queue.call(arrival).end());
    }
    return piledUp;
  }
}
