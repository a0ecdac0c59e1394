package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.stats.ShareCount;
import dev.gatlingllm.stats.Values;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitDecisionTest {

  @Test
  void fiftyNineCallsThatAllKeepTheLimitProveA95thPercentile() {
    assertThat(all(59).outcome()).isEqualTo(Outcome.MET);
    assertThat(all(59).reason())
        .isEqualTo("59 calls: 100 % keep it; at least 95.0 % do at 95 % confidence, 95 % must");
    assertThat(all(58).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(all(58).wouldTell()).hasValue(59);
    assertThat(all(58).reason())
        .isEqualTo("58 calls: 100 % keep it, 95 % must; 59 calls like these would tell");
  }

  @Test
  void aLimitThatMostCallsExceedIsMissed() {
    double[] series = new double[40];
    Arrays.setAll(series, i -> i % 2 == 0 ? 300 : 700);
    Evidence evidence = LimitDecision.atMost(Values.inOrder(series), 500, 0.95);
    assertThat(evidence.outcome()).isEqualTo(Outcome.MISSED);
    assertThat(evidence.share()).hasValue(0.5);
    assertThat(evidence.bound().orElseThrow()).isBetween(0.6, 0.7);
    assertThat(evidence.wouldTell()).isEmpty();
  }

  @Test
  void callsThatDependOnEachOtherProveLess() {
    ShareCount independent = new ShareCount(1200, 1200, 1200);
    ShareCount dependent = new ShareCount(1200, 1200, 30);
    assertThat(LimitDecision.ofShare(independent, 0.95).outcome()).isEqualTo(Outcome.MET);
    Evidence evidence = LimitDecision.ofShare(dependent, 0.95);
    assertThat(evidence.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(evidence.wouldTell().orElseThrow()).isBetween(6880L, 6915L);
    assertThat(evidence.reason()).startsWith("1,200 calls, worth 30: 100 % keep it, 95 % must; 6,");
  }

  /** The number told is no promise, but it must hold in half of the runs at least. */
  @ParameterizedTest
  @CsvSource({"5, 0.10, 0.05", "20, 0.10, 0.05", "20, 0.05, 0.01", "60, 0.10, 0.02"})
  void theNumberToldDecidesInHalfOfTheRunsWhoseFailuresComeInBursts(
      double length, double share, double limit) {
    BurstyFailures failures = new BurstyFailures(length, share);
    assertThat(failures.decidedByTheNumberTold(300, 40, 1 - limit).percent())
        .isGreaterThanOrEqualTo(50);
  }

  @Test
  void aRateHasALeastValue() {
    double[] rates = new double[200];
    Arrays.setAll(rates, i -> 30 + i * 37 % 200);
    assertThat(LimitDecision.atLeast(Values.inOrder(rates), 30, 0.9).outcome())
        .isEqualTo(Outcome.MET);
    assertThat(LimitDecision.atLeast(Values.inOrder(rates), 130, 0.9).outcome())
        .isEqualTo(Outcome.MISSED);
  }

  @Test
  void noNumberOfCallsShowsThatNoneFails() {
    Evidence none = LimitDecision.ofShare(new ShareCount(500, 500, 500), 1);
    assertThat(none.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(none.wouldTell()).isEmpty();
    assertThat(none.reason()).endsWith("; no number of calls like these would tell");
    assertThat(LimitDecision.ofShare(new ShareCount(499, 500, 500), 1).outcome())
        .isEqualTo(Outcome.MISSED);
  }

  @Test
  void nothingMeasuredDecidesNothing() {
    Evidence evidence = LimitDecision.ofShare(ShareCount.NONE, 0.95);
    assertThat(evidence.outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(evidence.reason()).isEqualTo("nothing measured");
    assertThat(evidence.share()).isEmpty();
  }

  private static Evidence all(int calls) {
    double[] series = new double[calls];
    Arrays.setAll(series, i -> 100 + i * 37 % 59);
    return LimitDecision.atMost(Values.inOrder(series), 500, 0.95);
  }
}
