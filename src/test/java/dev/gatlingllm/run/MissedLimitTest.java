package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.Limit.Bound;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallObjectives;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MissedLimitTest {

  private final List<StopCause> ends = new ArrayList<>();
  private long inFlight;
  private boolean trusted = true;
  private final MissedLimit missed =
      new MissedLimit(
          new CallObjectives(Optional.empty(), Optional.empty(), Optional.empty()),
          () -> inFlight,
          () -> trusted,
          ends::add);

  static Limit failures(double percent) {
    return new Limit(
        "llm.slo.failures", List.of(), Limit.FAILED, "percent", Bound.AT_MOST, percent);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      missed.ended(CallFixture.call().ended(Outcome.REJECTED, "HTTP 400").record());
    }
  }

  private int endsAfterALook() {
    missed.reachedNow();
    return ends.size();
  }

  @Test
  void aLimitThatIsMissedBeyondDoubtEndsTheLoadOnceAndSaysWhichAndAfterHowManyCalls() {
    missed.watch(List.of(failures(1)));
    fail(99);
    assertThat(endsAfterALook()).isZero();
    fail(1);
    assertThat(endsAfterALook()).isEqualTo(1);
    assertThat(missed.reason())
        .contains(
            "llm.slo.failures is missed beyond doubt after 100 calls (0 % keep it): the load"
                + " ends (llm.slo.abort)");
    assertThat(missed.assertion()).hasValueSatisfying(test -> assertThat(test.passed()).isFalse());
    fail(100);
    assertThat(endsAfterALook()).isEqualTo(1);
  }

  @Test
  void callsInFlightMayYetSucceed() {
    missed.watch(List.of(failures(50)));
    inFlight = 100;
    fail(100);
    assertThat(endsAfterALook()).isZero();
    inFlight = 0;
    fail(25);
    assertThat(endsAfterALook()).isEqualTo(1);
  }

  @Test
  void aClientThatIsNotTrustedEndsNothing() {
    missed.watch(List.of(failures(1)));
    trusted = false;
    fail(500);
    assertThat(endsAfterALook()).isZero();
  }

  @Test
  void aRunWithoutLimitsKeepsNoCalls() {
    missed.watch(List.of());
    fail(500);
    assertThat(endsAfterALook()).isZero();
    assertThat(missed.assertion()).isEmpty();
  }
}
