package dev.gatlingllm.health;

import static dev.gatlingllm.record.HealthFixture.delays;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Delays;
import dev.gatlingllm.record.HealthSample;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class HealthSamplerTest {

  private static final long ORIGIN = 1_000_000_000L;
  private static final long QUARTER = 250_000_000L;
  private static final long MICRO = 1_000L;

  private final ClientHealth health = new ClientHealth();
  private final StuckLoop loop = new StuckLoop();
  private final FixedMachine machine = new FixedMachine();
  private final FixedQueue queue = new FixedQueue();
  private long nowNanos = ORIGIN;

  private HealthSampler sampler(Executor... loops) {
    return new HealthSampler(health, List.of(loops), machine, queue, () -> nowNanos, ORIGIN);
  }

  private HealthSample nextSample(HealthSampler sampler) {
    nowNanos += QUARTER;
    return sampler.sample();
  }

  /** Runs what it is given when told to. */
  private static final class StuckLoop implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    void answer() {
      tasks.remove().run();
    }
  }

  private static final class FixedMachine implements Machine {
    private long askedFor;

    @Override
    public HealthSample.Processor processor(long spanNanos) {
      askedFor = spanNanos;
      return new HealthSample.Processor(OptionalDouble.of(0.5), OptionalDouble.empty());
    }

    @Override
    public HealthSample.Pauses pauses() {
      return new HealthSample.Pauses(1, 2, 3);
    }

    @Override
    public long heapUsedBytes() {
      return 4;
    }

    @Override
    public HealthSample.Descriptors descriptors() {
      return HealthSample.Descriptors.UNKNOWN;
    }
  }

  private static final class FixedQueue implements RecordQueue {
    private long lost;

    @Override
    public int queued() {
      return 5;
    }

    @Override
    public int capacity() {
      return 6;
    }

    @Override
    public long lost() {
      return lost;
    }
  }

  @Test
  void aProbeTellsHowLongItWaitedForTheLoop() {
    HealthSampler sampler = sampler(loop);
    assertThat(nextSample(sampler).loopDelay()).isEqualTo(Delays.NONE);
    nowNanos += 40 * MICRO;
    loop.answer();
    assertThat(nextSample(sampler).loopDelay()).isEqualTo(delays(40));
  }

  @Test
  void aLoopThatDoesNotAnswerCountsAtEverySampleWithWhatItHasWaitedSoFar() {
    HealthSampler sampler = sampler(loop);
    nextSample(sampler);
    assertThat(nextSample(sampler).loopDelay().longestMicros().getAsLong())
        .isBetween(250_000L, 252_500L);
    assertThat(nextSample(sampler).loopDelay().longestMicros().getAsLong())
        .isBetween(500_000L, 505_000L);
    assertThat(loop.tasks).hasSize(1);
    loop.answer();
    assertThat(nextSample(sampler).loopDelay().longestMicros().getAsLong())
        .isBetween(500_000L, 505_000L);
    assertThat(loop.tasks).hasSize(1);
  }

  @Test
  void everyLoopIsProbed() {
    StuckLoop other = new StuckLoop();
    HealthSampler sampler = sampler(loop, other);
    nextSample(sampler);
    nowNanos += 10 * MICRO;
    loop.answer();
    nowNanos += 10 * MICRO;
    other.answer();
    assertThat(nextSample(sampler).loopDelay()).isEqualTo(delays(10, 20));
  }

  @Test
  void aLoopThatWasShutDownDelaysNobody() {
    HealthSampler sampler =
        sampler(
            task -> {
              throw new RejectedExecutionException();
            });
    nextSample(sampler);
    assertThat(nextSample(sampler).loopDelay()).isEqualTo(Delays.NONE);
  }

  @Test
  void samplesFollowOneAnotherWithoutHolesOnTheClockOfTheRun() {
    HealthSampler sampler = sampler();
    HealthSample first = nextSample(sampler);
    HealthSample second = nextSample(sampler);
    assertThat(first.fromNanos()).isZero();
    assertThat(first.atNanos()).isEqualTo(QUARTER).isEqualTo(second.fromNanos());
    assertThat(second.atNanos()).isEqualTo(2 * QUARTER);
    assertThat(machine.askedFor).isEqualTo(QUARTER);
  }

  @Test
  void whatCallsToldIsInOneSampleOnly() {
    HealthSampler sampler = sampler();
    health.sent(700 * MICRO, 0);
    health.sent(100 * MICRO, 200 * MICRO);
    health.dropped();
    health.heldTooLong();
    health.decoded(3 * MICRO);
    health.decoded(-1);
    health.callBegan();
    health.callEnded(2);
    HealthSample told = nextSample(sampler);
    assertThat(told.arrivals().scheduleDelay().longestMicros().getAsLong()).isBetween(700L, 707L);
    assertThat(told.arrivals().held()).isEqualTo(delays(200));
    assertThat(told.arrivals().dropped()).isEqualTo(1);
    assertThat(told.arrivals().heldTooLong()).isEqualTo(1);
    assertThat(told.backlog()).isEqualTo(delays(0, 3));
    assertThat(told.lateEvents()).isEqualTo(2);
    HealthSample next = nextSample(sampler);
    assertThat(next.arrivals()).isEqualTo(HealthSample.Arrivals.NONE);
    assertThat(next.backlog()).isEqualTo(Delays.NONE);
    assertThat(next.lateEvents()).isZero();
  }

  @Test
  void inFlightIsTheMostAtTheSameTimeAndACallThatGoesOnStaysInIt() {
    HealthSampler sampler = sampler();
    health.callBegan();
    health.callBegan();
    health.callBegan();
    health.callEnded(0);
    assertThat(nextSample(sampler).inFlight()).isEqualTo(3);
    assertThat(nextSample(sampler).inFlight()).isEqualTo(2);
    health.callEnded(0);
    health.callEnded(0);
    assertThat(nextSample(sampler).inFlight()).isZero();
  }

  @Test
  void lostRecordsAreThoseSinceTheLastSample() {
    HealthSampler sampler = sampler();
    queue.lost = 3;
    assertThat(nextSample(sampler).records()).isEqualTo(new HealthSample.Records(5, 6, 3));
    queue.lost = 4;
    assertThat(nextSample(sampler).records().lost()).isEqualTo(1);
  }

  @Test
  void theMachineIsAskedOnceASample() {
    HealthSample sample = nextSample(sampler());
    assertThat(sample.pauses()).isEqualTo(new HealthSample.Pauses(1, 2, 3));
    assertThat(sample.processor().process()).hasValue(0.5);
    assertThat(sample.processor().machine()).isEmpty();
    assertThat(sample.heapUsedBytes()).isEqualTo(4);
  }
}
