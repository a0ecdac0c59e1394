package dev.gatlingllm.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BusiestMinuteTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void aWindowSlidesAndDoesNotBeginAtTheMinute() {
    BusiestMinute busiest = new BusiestMinute(1);
    busiest.add(50 * SECOND, 1);
    busiest.add(70 * SECOND, 1);
    busiest.add(109 * SECOND, 1);
    assertThat(busiest.most(0)).isEqualTo(3);
  }

  @Test
  void anArrivalSixtySecondsLaterIsInTheNextWindow() {
    BusiestMinute busiest = new BusiestMinute(1);
    busiest.add(0, 1);
    busiest.add(60 * SECOND, 1);
    assertThat(busiest.most(0)).isEqualTo(1);
  }

  @Test
  void eachAmountHasABusiestMinuteOfItsOwn() {
    BusiestMinute busiest = new BusiestMinute(2);
    busiest.add(0, 1, 10);
    busiest.add(SECOND, 1, 10);
    busiest.add(100 * SECOND, 1, 500);
    assertThat(busiest.most(0)).isEqualTo(2);
    assertThat(busiest.most(1)).isEqualTo(500);
  }

  @Test
  void itAgreesWithLookingAtEveryWindow() {
    SplittableRandom random = new SplittableRandom(5);
    long[] offsets = random.longs(400, 0, 600 * SECOND).sorted().toArray();
    long[] tokens = random.longs(400, 1, 1000).toArray();
    BusiestMinute busiest = new BusiestMinute(1);
    long most = 0;
    for (int i = 0; i < offsets.length; i++) {
      busiest.add(offsets[i], tokens[i]);
      long sum = 0;
      for (int j = i; j < offsets.length && offsets[j] - offsets[i] < 60 * SECOND; j++) {
        sum += tokens[j];
      }
      most = Math.max(most, sum);
    }
    assertThat(busiest.most(0)).isEqualTo(most);
  }
}
