package dev.gatlingllm.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.call.CancelDraw.Delay;
import dev.gatlingllm.record.CancelPlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CancelDrawTest {

  private static final int CALLS = 20_000;
  private static final Optional<Duration> TWO_SECONDS = Optional.of(Duration.ofSeconds(2));

  private static CancelDraw draw(double share, Delay delay, long seed) {
    return new CancelDraw(share, TWO_SECONDS, Optional.empty(), delay, 0.5, seed);
  }

  private static double[] seconds(CancelDraw draw) {
    return LongStream.range(0, CALLS)
        .mapToObj(draw::of)
        .filter(CancelPlan::cancels)
        .mapToDouble(plan -> plan.afterStart().getAsLong() / 1e9)
        .sorted()
        .toArray();
  }

  @Test
  void theShareIsThatOfTheSettingAndTheDrawThatOfTheSeed() {
    CancelDraw draw = draw(0.2, Delay.CONSTANT, 7);
    // three standard deviations
    assertThat(seconds(draw).length / (double) CALLS).isCloseTo(0.2, within(0.0085));
    assertThat(LongStream.range(0, 1_000).mapToObj(draw::of))
        .containsExactlyElementsOf(
            LongStream.range(0, 1_000).mapToObj(draw(0.2, Delay.CONSTANT, 7)::of).toList());
    assertThat(LongStream.range(0, 1_000).mapToObj(draw::of).toList())
        .isNotEqualTo(
            LongStream.range(0, 1_000).mapToObj(draw(0.2, Delay.CONSTANT, 8)::of).toList());
  }

  @Test
  void noneAndAllAreExact() {
    assertThat(seconds(draw(0, Delay.CONSTANT, 1))).isEmpty();
    assertThat(seconds(draw(1, Delay.CONSTANT, 1))).hasSize(CALLS).containsOnly(2);
  }

  @Test
  void anExponentialDelayHasTheMeanThatIsSet() {
    double[] seconds = seconds(draw(1, Delay.EXPONENTIAL, 3));
    assertThat(Arrays.stream(seconds).average().orElseThrow()).isCloseTo(2, within(0.05));
    assertThat(seconds[CALLS / 2]).isCloseTo(2 * Math.log(2), within(0.05));
  }

  @Test
  void aLognormalDelayHasTheMedianAndTheSigmaThatAreSet() {
    double[] seconds = seconds(draw(1, Delay.LOGNORMAL, 3));
    assertThat(seconds[CALLS / 2]).isCloseTo(2, within(0.05));
    assertThat(seconds[(int) (0.841_345 * CALLS)]).isCloseTo(2 * Math.exp(0.5), within(0.1));
  }

  @Test
  void bothDelaysOfACallSpreadTogether() {
    CancelPlan plan =
        new CancelDraw(1, TWO_SECONDS, Optional.of(Duration.ofSeconds(1)), Delay.EXPONENTIAL, 0, 5)
            .of(11);
    assertThat(plan.afterStart().getAsLong() / 2.0)
        .isCloseTo((double) plan.afterFirstToken().getAsLong(), within(1.0));
  }

  /** Targets are drawn by the same seed and number: who leaves must not depend on the target. */
  @Test
  void theDrawIsIndependentOfOthersOfTheSameSeed() {
    CancelDraw draw = draw(0.5, Delay.CONSTANT, 1);
    long both =
        LongStream.range(0, CALLS)
            .filter(call -> draw.of(call).cancels())
            .filter(
                call -> new SplittableRandom(1 ^ (call * 0x9E3779B97F4A7C15L)).nextDouble() < 0.5)
            .count();
    assertThat(both / (double) CALLS).isCloseTo(0.25, within(0.01));
  }
}
