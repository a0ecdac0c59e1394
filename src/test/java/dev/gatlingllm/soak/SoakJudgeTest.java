package dev.gatlingllm.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SoakJudgeTest {

  private static final Duration HOUR = Duration.ofMinutes(60);
  private static final long MEGA = 1024 * 1024;
  private static final LongUnaryOperator FLAT = seconds -> 100 * MEGA;
  private static final LongUnaryOperator FORTY = seconds -> 40;

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
    assertThat(failed(samples(growing(0.06), FLAT, FORTY), HOUR)).containsExactly(Measure.HEAP);
    assertThat(failed(samples(FLAT, growing(0.06), FORTY), HOUR)).containsExactly(Measure.DIRECT);
  }

  @Test
  void aGrowthOfFourPercentAndAFallPass() {
    assertThat(failed(samples(growing(0.04), growing(-0.3), FORTY), HOUR)).isEmpty();
  }

  @Test
  void noiseAndSinglePeaksPass() {
    SplittableRandom random = new SplittableRandom(1);
    LongUnaryOperator noise =
        seconds -> seconds % 100 == 0 ? 500 * MEGA : random.nextLong(80 * MEGA, 120 * MEGA);

    assertThat(failed(samples(noise, noise, FORTY), HOUR)).isEmpty();
  }

  @Test
  void tenMoreThreadsOrDescriptorsFailAndNineDoNot() {
    assertThat(failed(samples(FLAT, FLAT, at -> at < 3000 ? 40 : 50), HOUR))
        .containsExactly(Measure.THREADS, Measure.DESCRIPTORS);
    assertThat(failed(samples(FLAT, FLAT, at -> at < 3000 ? 40 : 49), HOUR)).isEmpty();
  }

  @Test
  void whatGrowsInTheFirstTenMinutesIsNoLeak() {
    LongUnaryOperator warmUp = at -> at < 600 ? 20 * MEGA : 100 * MEGA;

    assertThat(failed(samples(warmUp, warmUp, FORTY), HOUR)).isEmpty();
  }

  @Test
  void withoutSamplesInAWindowNothingPasses() {
    List<Sample> brokenOff =
        samples(FLAT, FLAT, FORTY).stream().filter(sample -> sample.seconds() < 2_000).toList();

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
  void aSampleIsReadAsItWasWritten() {
    Sample sample = new Sample(5, 1L << 40, 2, 3, 4);

    assertThat(Sample.of(sample.line())).isEqualTo(sample);
  }
}
