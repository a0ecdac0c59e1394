package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorthOfValuesTest {

  private static final Precision FINE = new Precision(3, 1000, 10);

  @Test
  void callsThatWaitForEachOtherAreWorthFewer() {
    assertThat(worth(series(4000, 0), 0)).isBetween(3400.0, 4000.0);
    assertThat(worth(series(4000, 0.9), 0)).isBetween(120.0, 330.0);
  }

  @Test
  void aLevelThatIsKeptInOneSpellIsWorthLessThanTheRanks() {
    double[] series = series(1000, 0);
    Arrays.fill(series, 400, 500, 9);
    assertThat(worth(series, 8)).isLessThan(30);
  }

  @Test
  void ofManyValuesNeighboursAreTakenTogether() {
    double[] series = series(40_000, 0.9);
    double together = worth(series, 0);
    assertThat(together).isCloseTo(40_000 / 19.0, withinPercentage(25));
  }

  @Test
  void theOrderIsThatOfTheStartsAndNotThatOfTheEnds() {
    double[] series = series(2000, 0.9);
    Sample shuffled = Sample.ordered(FINE);
    for (int i = 0; i < series.length; i++) {
      int place = (int) (i * 997L % series.length);
      shuffled.add(series[place], place);
    }
    assertThat(shuffled.values().orElseThrow().worth(0).orElseThrow()).isEqualTo(worth(series, 0));
  }

  @Test
  void manyValuesAreOrderedByTheirStartsAsFewAre() {
    SplittableRandom random = new SplittableRandom(5);
    for (int n : new int[] {9_999, 10_000, 30_000}) {
      int[] starts = random.ints(n, 0, n / 3).map(start -> start << 12).toArray();
      starts[n / 2] = Integer.MAX_VALUE;
      double[] values = random.doubles(n).toArray();
      List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
      order.sort(Comparator.comparingInt(i -> starts[i]));
      assertThat(StartedValues.of(values, starts).series())
          .isEqualTo(order.stream().mapToDouble(i -> values[i]).toArray());
    }
  }

  @Test
  void whatIsKnownOfSeveralTogetherIsTheSameWhoeverAsksFirst() {
    Sample queue = Sample.ordered(FINE);
    Sample beside = Sample.ordered(FINE);
    Sample later = level(9000, 500, 3);
    double[] series = series(9000, 0.9);
    for (int i = 0; i < series.length; i++) {
      (i % 3 == 0 ? beside : queue).add(series[i], i);
    }
    JoinedSamples joined = new JoinedSamples();
    joined.values(List.of(later, beside, queue));
    joined.values(List.of(queue));
    for (List<Sample> some :
        List.of(
            List.of(queue),
            List.of(queue, beside),
            List.of(later),
            List.of(queue, beside, later))) {
      Values again = joined.values(some).orElseThrow();
      Values alone = Sample.together(some).orElseThrow();
      assertThat(again.n()).isEqualTo(alone.n());
      for (double percent : new double[] {1, 50, 99}) {
        double level = alone.percentile(percent);
        assertThat(again.percentile(percent)).isEqualTo(level);
        assertThat(again.worth(level)).isEqualTo(alone.worth(level));
      }
    }
  }

  private static Sample level(int from, int calls, double millis) {
    Sample sample = Sample.ordered(FINE);
    double[] noise = series(calls, 0);
    for (int i = 0; i < calls; i++) {
      sample.add(millis + noise[i], from + i);
    }
    return sample;
  }

  private static double medianWorth(Sample... samples) {
    Values all = Sample.together(List.of(samples)).orElseThrow();
    assertThat(all.n())
        .isEqualTo(List.of(samples).stream().mapToLong(s -> s.values().get().n()).sum());
    return all.worth(all.percentile(50)).orElseThrow();
  }

  @Test
  void levelsThatDifferByDesignDoNotMakeCallsDependOnEachOther() {
    assertThat(medianWorth(level(0, 50, 100), level(50, 50, 200), level(100, 50, 400)))
        .isBetween(110.0, 150.0);
  }

  @Test
  void levelsAtTheSameTimeShareAQueueAndAreLookedAtTogether() {
    Sample odd = Sample.ordered(FINE);
    Sample even = Sample.ordered(FINE);
    double[] series = series(4000, 0.9);
    for (int i = 0; i < series.length; i++) {
      (i % 2 == 0 ? even : odd).add(series[i], i);
    }
    assertThat(medianWorth(odd, even)).isBetween(120.0, 330.0);
  }

  @Test
  void aRowOfFewCallsIsNoLevel() {
    double[] series = series(400, 0.9);
    Sample[] rows = new Sample[40];
    Arrays.setAll(rows, i -> Sample.ordered(FINE));
    for (int i = 0; i < series.length; i++) {
      rows[i / 10].add(series[i], i);
    }
    assertThat(medianWorth(rows)).isLessThan(120);
  }

  @Test
  void aLevelThatQueuesIsWorthAsLittleAmongOthers() {
    Sample queue = Sample.ordered(FINE);
    double[] series = series(1000, 0.95);
    for (int i = 0; i < series.length; i++) {
      queue.add(series[i], i);
    }
    double alone = medianWorth(queue);
    assertThat(medianWorth(queue, level(1000, 1000, 9))).isLessThan(5 * alone);
  }

  @Test
  void whatIsCountedGoesOnToKnowItsWorth() {
    double[] series = series(30_000, 0.9);
    Sample kept = Sample.ordered(FINE);
    Sample counted = Sample.ordered(FINE);
    Sample countedLate = Sample.ordered(FINE);
    for (int i = 0; i < series.length; i++) {
      double millis = 1000 * Math.exp(series[i]);
      if (i == 10_000) {
        double[] levels = LevelCounts.levels(kept.values().orElseThrow());
        counted.condense(levels);
        countedLate.condense(levels);
      }
      kept.add(millis, 20 * i);
      (i % 2 == 0 ? counted : countedLate).add(millis, 20 * i);
    }
    Values exactly = kept.values().orElseThrow();
    Values roughly = Sample.together(List.of(counted, countedLate)).orElseThrow();
    for (double percent : new double[] {50, 90, 95}) {
      assertThat(PercentileInterval.worth(roughly, percent).orElseThrow())
          .isCloseTo(
              PercentileInterval.worth(exactly, percent).orElseThrow(), withinPercentage(30));
    }
  }

  @Test
  void whatHasNoOrderHasNoWorth() {
    Sample sample = Sample.unordered(FINE);
    sample.add(1);
    assertThat(sample.values().orElseThrow().worth(1)).isEmpty();
  }

  @Test
  void sharesOfTimeSlotsAreWorthWhatTheCallsAre() {
    SlotCounts counts = new SlotCounts(2);
    boolean[] calls = new boolean[20_000];
    double[] series = series(calls.length, 0.9);
    for (int i = 0; i < series.length; i++) {
      calls[i] = series[i] > 1;
      counts.add(SlotCounts.unit(40_000_000L * i), 1);
      if (calls[i]) {
        counts.add(SlotCounts.unit(40_000_000L * i), 0);
      }
    }
    ShareCount bySlots = ShareCount.of(counts, 0, 1);
    ShareCount byCalls = ShareCount.inOrder(calls);
    assertThat(bySlots.count()).isEqualTo(byCalls.count());
    assertThat(bySlots.of()).isEqualTo(20_000);
    assertThat(bySlots.worth()).isCloseTo(byCalls.worth(), withinPercentage(35));
  }

  @Test
  void callsThatAreRarerThanSlotsDependOnEachOtherAllTheSame() {
    SlotCounts counts = new SlotCounts(2);
    for (int i = 0; i < 120; i++) {
      counts.add(SlotCounts.unit(500_000_000L * i), 1);
      if (i < 20) {
        counts.add(SlotCounts.unit(500_000_000L * i), 0);
      }
    }
    assertThat(ShareCount.of(counts, 0, 1).worth()).isLessThan(30);
  }

  @Test
  void sharesCountWhatIsAtMostOrAtLeastALimit() {
    Values values = Values.inOrder(new double[] {3, 1, 2, 2});
    assertThat(ShareCount.atMost(values, 2).count()).isEqualTo(3);
    assertThat(ShareCount.atLeast(values, 2).count()).isEqualTo(3);
    assertThat(ShareCount.inOrder(new boolean[0])).isEqualTo(ShareCount.NONE);
    assertThatThrownBy(() -> new ShareCount(2, 1, 1))
        .hasMessage("count must be from 0 to 1, was 2");
    assertThatThrownBy(() -> Values.inOrder(new double[0]))
        .hasMessage("there must be at least one value");
  }

  private static double[] series(int n, double correlation) {
    return DependenceTest.autoregressive(n, correlation);
  }

  private static double worth(double[] series, double level) {
    return Values.inOrder(series).worth(level).orElseThrow();
  }
}
