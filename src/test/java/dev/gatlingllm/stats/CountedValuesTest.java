package dev.gatlingllm.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Three digits of values around 10,000 are buckets of eight: 10,000 to 10,007 has the middle
 * 10,004.
 */
class CountedValuesTest {

  private static final Precision WHOLE = new Precision(3, 1, 0);

  @Test
  void theOutermostRanksAreExactAndTheOthersTheMiddlesOfTheirBuckets() {
    CountedValues values = counted(10_013, 10_002, 10_001, 10_009);
    assertThat(LongStream.range(0, 4).mapToDouble(values::at))
        .containsExactly(10_001.0, 10_004.0, 10_012.0, 10_013.0);
    assertThat(LongStream.range(0, 4).mapToDouble(values.lookup()))
        .containsExactly(10_001.0, 10_004.0, 10_012.0, 10_013.0);
  }

  @Test
  void noMiddleLiesBeyondTheOutermostValues() {
    List<String> visited = new ArrayList<>();
    counted(10_001, 10_002, 10_009, 10_010)
        .forEach((value, count) -> visited.add(count + " × " + value));
    assertThat(visited).containsExactly("2 × 10004.0", "2 × 10010.0");
    assertThat(counted(10_005, 10_006).at(0)).isEqualTo(10_005);
    assertThat(counted(10_005, 10_005, 10_006).at(1)).isEqualTo(10_005);
  }

  @Test
  void percentilesInterpolateBetweenTheClosestRanks() {
    CountedValues values = counted(10, 20, 40, 80);
    assertThat(values.percentile(50)).isEqualTo(30);
    assertThat(values.percentile(75)).isEqualTo(50);
    assertThat(values.percentile(90)).isCloseTo(68, within(1e-9));
    assertThat(counted(7).percentile(99)).isEqualTo(7);
  }

  @Test
  void meanAndDeviationAreExactAlsoOfTwoTogether() {
    CountedValues first = counted(10_001, 10_003);
    assertThat(first.mean()).isEqualTo(10_002);
    assertThat(first.deviation()).isCloseTo(Math.sqrt(2), within(1e-9));
    // Distances from the mean 10,005: -4, -2, -1, 0, 7; squares 70, over 4.
    first.add(counted(10_004, 10_005, 10_012));
    assertThat(first.n()).isEqualTo(5);
    assertThat(first.mean()).isCloseTo(10_005, within(1e-9));
    assertThat(first.deviation()).isCloseTo(Math.sqrt(17.5), within(1e-9));
    assertThat(first.at(0)).isEqualTo(10_001);
    assertThat(first.at(4)).isEqualTo(10_012);
  }

  @Test
  void noValuesChangeNothing() {
    CountedValues values = counted(1, 3);
    values.add(counted());
    assertThat(values.mean()).isEqualTo(2);
    CountedValues none = counted();
    none.add(counted());
    none.add(values);
    assertThat(none.mean()).isEqualTo(2);
  }

  private static CountedValues counted(double... values) {
    CountedValues counted = new CountedValues(WHOLE);
    for (double value : values) {
      counted.add(value);
    }
    return counted;
  }
}
