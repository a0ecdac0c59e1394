package dev.gatlingllm.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.report.compare.SharedLoad.Arrival;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SharedLoadTest {

  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  private static List<Arrival> arrivals(
      int calls, LongUnaryOperator millis, LongUnaryOperator size) {
    return LongStream.range(0, calls)
        .mapToObj(
            i ->
                new Arrival(
                    1_000_000 * millis.applyAsLong(i),
                    OptionalLong.of(size.applyAsLong(i)),
                    UNKNOWN))
        .toList();
  }

  private final List<Arrival> first = arrivals(200, i -> 40 + 100 * i, i -> 100 + i);

  @Test
  void theSameArrivalsAndSizesAreOneLoadWhereverTheRunBegan() {
    SharedLoad load = SharedLoad.of(first, arrivals(200, i -> 65 + 100 * i, i -> 100 + i));
    assertThat(load.laterNanos()).hasValue(25_000_000);
    assertThat(load.text(true)).contains("\"in pairs\" are compared block by block");
    assertThat(load.text(false)).contains("too short");
  }

  @Test
  void twoCallsThatChangePlacesAreNoOtherLoad() {
    List<Arrival> second =
        arrivals(200, i -> 40 + 100 * i, i -> i == 7 ? 108 : i == 8 ? 107 : 100 + i);
    assertThat(SharedLoad.of(first, second).laterNanos()).hasValue(0);
  }

  @Test
  void otherArrivalsAreAnotherLoad() {
    assertRefused(
        arrivals(200, i -> 40 + 101 * i, i -> 100 + i), "189 of 200 calls arrive at another time");
    assertRefused(
        arrivals(180, i -> 40 + 100 * i, i -> 100 + i), "one has 200 arrivals, the other 180");
    assertRefused(List.of(), "one has 200 arrivals, the other 0");
  }

  @Test
  void promptsOfOtherSizesAreAnotherLoad() {
    assertRefused(
        arrivals(200, i -> 40 + 100 * i, i -> 100 + i % 100),
        "100 of 200 calls have a prompt of another size");
  }

  @Test
  void sizesThatAreNotCountedAlikeProveNothing() {
    List<Arrival> reported =
        first.stream().map(any -> new Arrival(any.nanos(), UNKNOWN, any.requested())).toList();
    assertRefused(reported, "the size of the prompt is known of 0 calls in both");
    assertThat(SharedLoad.of(reported, reported).laterNanos()).hasValue(0);
  }

  private void assertRefused(List<Arrival> second, String reason) {
    SharedLoad load = SharedLoad.of(first, second);
    assertThat(load.laterNanos()).isEmpty();
    assertThat(load.text(false))
        .isEqualTo("The runs are compared as independent ones: " + reason + ".");
  }
}
