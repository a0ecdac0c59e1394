package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TargetDrawTest {

  private static final LlmClient CLIENT =
      new LlmClient() {
        @Override
        public String provider() {
          return "none";
        }

        @Override
        public CallHandle start(LlmRequest request, CallListener listener) {
          return () -> {};
        }

        @Override
        public void close() {}
      };

  private static SplitTarget target(String name, double weight) {
    return new SplitTarget(name, weight, CLIENT, "", "", Map.of());
  }

  private static TargetDraw draw(long seed) {
    return new TargetDraw(List.of(target("a", 3), target("b", 1), target("c", 0.5)), seed);
  }

  private static List<String> names(TargetDraw draw, long calls) {
    return LongStream.range(0, calls).mapToObj(call -> draw.of(call).name()).toList();
  }

  @Test
  void everyTargetGetsItsPart() {
    // Four standard deviations of 45,000 draws of 2/3 are 400.
    Map<String, Long> counts =
        names(draw(1), 45_000).stream()
            .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    assertThat(counts.get("a")).isBetween(29_600L, 30_400L);
    assertThat(counts.get("b")).isBetween(9_650L, 10_350L);
    assertThat(counts.get("c")).isBetween(4_740L, 5_260L);
  }

  @Test
  void theSeedAndTheNumberOfTheCallDecideAndNothingElse() {
    assertThat(names(draw(7), 200)).isEqualTo(names(draw(7), 200));
    assertThat(names(draw(7), 200)).isNotEqualTo(names(draw(8), 200));
    assertThat(draw(7).of(150).name()).isEqualTo(names(draw(7), 200).get(150));
  }

  @Test
  void twoSeedsOfNeighbouringNumbersShareNoPattern() {
    List<String> one = names(draw(1), 2_000);
    List<String> two = names(draw(2), 2_000);
    long same =
        LongStream.range(0, 1_999)
            .filter(i -> one.get((int) i + 1).equals(two.get((int) i)))
            .count();
    // Of independent draws (4/9 + 4/81 + 1/81) are the same: 1,012, with a deviation of 22.
    assertThat(same).isBetween(900L, 1_120L);
  }

  @Test
  void aTargetIsFoundByItsNameOnly() {
    assertThat(draw(1).named("b").weight()).isEqualTo(1);
    assertThatThrownBy(() -> draw(1).named("d")).hasMessage("target must be one of a, b, c, was d");
    assertThatThrownBy(() -> new TargetDraw(List.of(), 1).named("d"))
        .hasMessage("target cannot be chosen: llm.targets is empty");
  }

  @Test
  void whatATargetSaysTakesThePlaceOfWhatTheCallSays() {
    LlmRequest call =
        LlmRequest.ofPrompt("x")
            .withModel("own")
            .withRegion("here")
            .withParameters(Parameters.NONE.withExtraBody(Map.of("top_k", 1, "more", 2)));
    assertThat(target("a", 1).applied(call)).isEqualTo(call);
    LlmRequest applied =
        new SplitTarget("a", 1, CLIENT, "m", "r", Map.of("top_k", 5)).applied(call);
    assertThat(applied.model()).isEqualTo("m");
    assertThat(applied.region()).isEqualTo("r");
    assertThat(applied.extraBody()).isEqualTo(Map.of("top_k", 5, "more", 2));
  }
}
