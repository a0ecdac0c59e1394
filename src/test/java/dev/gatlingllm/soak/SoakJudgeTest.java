package dev.gatlingllm.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SoakJudgeTest {

  private static final Duration HOUR = Duration.ofMinutes(60);
  private static final long MEGA = 1024 * 1024;

  private static long flat(long seconds) {
    return 100 * MEGA;
  }

  private static long forty(long seconds) {
    return 40;
  }

  private static List<Sample> samples(
      LongUnaryOperator heap, LongUnaryOperator direct, LongUnaryOperator threads) {
    return LongStream.range(0, HOUR.toSeconds() / 5)
        .map(i -> 5 * i)
        .mapToObj(
            at ->
                new Sample(
                    at,
                    heap.applyAsLong(at),
                    direct.applyAsLong(at),
                    threads.applyAsLong(at),
                    threads.applyAsLong(at)))
        .toList();
  }

  private static List<Measure> failed(List<Sample> samples, Duration run) {
    return new SoakJudge(SoakWindows.of(run))
        .judge(samples).stream().filter(found -> !found.passed()).map(Finding::measure).toList();
  }

  /** So much more in the last ten minutes than in minutes 10 to 20. */
  private static LongUnaryOperator growing(double share) {
    return seconds -> (long) (100 * MEGA * (1 + share * (seconds - 900) / 2400));
  }

  @Test
  void aLeakOfSixPercentFails() {
    assertThat(failed(samples(growing(0.06), SoakJudgeTest::flat, SoakJudgeTest::forty), HOUR))
        .containsExactly(Measure.HEAP);
    assertThat(failed(samples(SoakJudgeTest::flat, growing(0.06), SoakJudgeTest::forty), HOUR))
        .containsExactly(Measure.DIRECT);
  }

  @Test
  void aGrowthOfFourPercentAndAFallPass() {
    assertThat(failed(samples(growing(0.04), growing(-0.3), SoakJudgeTest::forty), HOUR)).isEmpty();
  }

  @Test
  void noiseAndSinglePeaksPass() {
    SplittableRandom random = new SplittableRandom(1);
    LongUnaryOperator noise =
        seconds -> seconds % 100 == 0 ? 500 * MEGA : random.nextLong(80 * MEGA, 120 * MEGA);

    assertThat(failed(samples(noise, noise, SoakJudgeTest::forty), HOUR)).isEmpty();
  }

  @Test
  void tenMoreThreadsOrDescriptorsFailAndNineDoNot() {
    assertThat(
            failed(
                samples(SoakJudgeTest::flat, SoakJudgeTest::flat, at -> at < 3000 ? 40 : 50), HOUR))
        .containsExactly(Measure.THREADS, Measure.DESCRIPTORS);
    assertThat(
            failed(
                samples(SoakJudgeTest::flat, SoakJudgeTest::flat, at -> at < 3000 ? 40 : 49), HOUR))
        .isEmpty();
  }

  @Test
  void whatGrowsInTheFirstTenMinutesIsNoLeak() {
    LongUnaryOperator warmUp = at -> at < 600 ? 20 * MEGA : 100 * MEGA;

    assertThat(failed(samples(warmUp, warmUp, SoakJudgeTest::forty), HOUR)).isEmpty();
  }

  @Test
  void withoutSamplesInAWindowNothingPasses() {
    List<Sample> brokenOff =
        samples(SoakJudgeTest::flat, SoakJudgeTest::flat, SoakJudgeTest::forty).stream()
            .filter(sample -> sample.seconds() < 2_000)
            .toList();

    assertThat(failed(brokenOff, HOUR)).containsExactly(Measure.values());
  }

  @Test
  void aShortRunIsComparedByThirds() {
    assertThat(SoakWindows.of(HOUR)).isEqualTo(new SoakWindows(600, 1200, 3000, 3600));
    assertThat(SoakWindows.of(Duration.ofMinutes(30)))
        .isEqualTo(new SoakWindows(600, 1200, 1200, 1800));
    assertThat(SoakWindows.of(Duration.ofMinutes(6)))
        .isEqualTo(new SoakWindows(120, 240, 240, 360));
  }

  @Test
  void aDurationHasAUnitAndIsLongEnoughForThreeWindows() {
    assertThat(Soak.duration("60min")).isEqualTo(HOUR);
    assertThat(Soak.duration("2 h")).isEqualTo(Duration.ofHours(2));
    assertThat(Soak.duration("360s")).isEqualTo(Duration.ofMinutes(6));
    assertThatThrownBy(() -> Soak.duration("60")).hasMessageContaining("s, min or h, was 60");
    assertThatThrownBy(() -> Soak.duration("2min")).hasMessageContaining(">= 3min, was 2min");
  }

  @Test
  void aSampleIsReadAsItWasWritten() {
    Sample sample = new Sample(5, 1L << 40, 2, 3, 4);

    assertThat(Sample.of(sample.line())).isEqualTo(sample);
  }
}
