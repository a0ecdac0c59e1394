package dev.gatlingllm.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class ArrivalProcessTest {

  private static final int GAPS = 20_000;

  private static SummaryStatistics gaps(ArrivalProcess process) {
    SummaryStatistics statistics = new SummaryStatistics();
    DoubleSupplier gaps = process.gaps(3);
    for (int i = 0; i < GAPS; i++) {
      statistics.addValue(gaps.getAsDouble());
    }
    return statistics;
  }

  @Test
  void gapsHaveTheMeanOneAndTheSpreadOfTheBurstiness() {
    assertThat(gaps(ArrivalProcess.CONSTANT).getStandardDeviation()).isZero();
    assertSpread(ArrivalProcess.POISSON, 1);
    assertSpread(ArrivalProcess.gamma(4), 0.5);
    assertSpread(ArrivalProcess.gamma(0.25), 2);
  }

  private static void assertSpread(ArrivalProcess process, double deviation) {
    SummaryStatistics gaps = gaps(process);
    assertThat(gaps.getMean()).isCloseTo(1, within(0.05));
    assertThat(gaps.getStandardDeviation()).isCloseTo(deviation, within(0.05 * deviation));
  }

  @Test
  void theSameSeedGivesTheSameGaps() {
    assertThat(ArrivalProcess.gamma(2).gaps(5).getAsDouble())
        .isEqualTo(ArrivalProcess.gamma(2).gaps(5).getAsDouble())
        .isNotEqualTo(ArrivalProcess.gamma(2).gaps(6).getAsDouble());
  }
}
