package dev.gatlingllm.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockContrastTest {

  // Worked by hand with the tables of Student's t: 2.776 at 4 degrees of freedom, 4.303 at 2.
  @Test
  void blocksWithoutPairsHaveWelchsInterval() {
    Contrast found = BlockContrast.unpaired(new double[] {1, 2, 3}, new double[] {5, 6, 7});
    assertThat(found.estimate()).isEqualTo(4);
    assertThat(found.interval().low()).isCloseTo(4 - 2.776 * Math.sqrt(2.0 / 3), within(0.001));
    assertThat(found.interval().high()).isCloseTo(4 + 2.776 * Math.sqrt(2.0 / 3), within(0.001));
    assertThat(found.runs()).isEqualTo(3);
    assertThat(found.riskOfHigher()).isLessThan(0.01);
    assertThat(found.riskOfLower()).isEqualTo(1);
  }

  @Test
  void pairsLeaveOutWhatBothSidesHaveInCommon() {
    Contrast found = BlockContrast.paired(new double[] {1, 20, 300}, new double[] {2, 22, 303});
    assertThat(found.estimate()).isEqualTo(2);
    assertThat(found.interval().low()).isCloseTo(2 - 4.303 / Math.sqrt(3), within(0.001));
    assertThat(BlockContrast.unpaired(new double[] {1, 20, 300}, new double[] {2, 22, 303}))
        .satisfies(unpaired -> assertThat(unpaired.interval().low()).isLessThan(-100));
  }

  @Test
  void groupsOfOneServiceAreCalledDifferentInOneOfTwentyCases() {
    Random random = new Random(7);
    long wrong =
        IntStream.range(0, 2000)
            .filter(
                i -> {
                  Contrast found = BlockContrast.unpaired(blocks(random), blocks(random));
                  return found.interval().low() > 0 || found.interval().high() < 0;
                })
            .count();
    assertThat(wrong).isBetween(50L, 130L);
  }

  private static double[] blocks(Random random) {
    return IntStream.range(0, 5).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  @Test
  void aSingleBlockOrAnUnknownNumberIsNoGroup() {
    assertThat(BlockContrast.fits(new double[] {1})).isFalse();
    assertThat(BlockContrast.fits(new double[] {1, Double.NaN})).isFalse();
    assertThat(BlockContrast.fits(new double[] {1, 1})).isTrue();
  }
}
