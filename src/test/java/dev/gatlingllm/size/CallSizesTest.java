package dev.gatlingllm.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.report.SampleRuns;
import dev.gatlingllm.stats.CallFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallSizesTest {

  @TempDir private Path folder;

  private static SizeSource source(String input, String output) {
    return SizeSource.of(
        SizePhrase.parse(input),
        Optional.of(output).filter(o -> !o.isEmpty()).map(SizePhrase::parse));
  }

  private static CallSizes sizes(String input, String output) {
    return new CallSizes(List.of(new CallSizes.Part("chat", 1, source(input, output))), 11);
  }

  private static List<CallSize> draw(CallSizes sizes, int calls) {
    return LongStream.range(0, calls).mapToObj(sizes::of).toList();
  }

  private static double correlation(List<CallSize> calls, List<Integer> others) {
    double meanInput = calls.stream().mapToInt(CallSize::contextTokens).average().orElseThrow();
    double mean = others.stream().mapToInt(x -> x).average().orElseThrow();
    double product = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int i = 0; i < calls.size(); i++) {
      double x = calls.get(i).contextTokens() - meanInput;
      double y = others.get(i) - mean;
      product += x * y;
      squares += x * x;
      otherSquares += y * y;
    }
    return product / Math.sqrt(squares * otherSquares);
  }

  @Test
  void aCallHasTheSameSizeWheneverItIsAskedForAndAnotherSeedOtherSizes() {
    CallSizes sizes = sizes("uniform 1 to 1000000", "uniform 1 to 1000000");
    CallSize fifth = sizes.of(5);
    assertThat(draw(sizes, 10).get(5)).isEqualTo(fifth);
    assertThat(sizes("uniform 1 to 1000000", "uniform 1 to 1000000").of(5)).isEqualTo(fifth);
    assertThat(sizes.withSeed(12).of(5)).isNotEqualTo(fifth);
    assertThat(sizes.withSeed(12).withSeed(11).of(5)).isEqualTo(fifth);
  }

  @Test
  void inputAndOutputOfOneCallAndOfItsNeighboursAreIndependent() {
    List<CallSize> calls = draw(sizes("uniform 1 to 1000000", "uniform 1 to 1000000"), 10_001);
    List<CallSize> before = calls.subList(0, 10_000);
    List<CallSize> after = calls.subList(1, 10_001);
    assertThat(correlation(before, before.stream().map(CallSize::maxTokens).toList()))
        .isCloseTo(0, within(0.03));
    assertThat(correlation(before, after.stream().map(CallSize::contextTokens).toList()))
        .isCloseTo(0, within(0.03));
    assertThat(correlation(after, before.stream().map(CallSize::maxTokens).toList()))
        .isCloseTo(0, within(0.03));
  }

  @Test
  void shapesOfAMixHaveTheirSharesAndTheirOwnSizes() {
    CallSizes mix =
        new CallSizes(
            List.of(
                new CallSizes.Part("balanced", 70, source("500", "500")),
                new CallSizes.Part("context", 25, source("2000", "200")),
                new CallSizes.Part("long", 5, source("uniform 8000 to 9000", "100"))),
            3);
    List<CallSize> calls = draw(mix, 20_000);
    Map<String, Long> counts =
        calls.stream().collect(Collectors.groupingBy(CallSize::shape, Collectors.counting()));
    assertThat(counts.get("balanced") / 20_000.0).isCloseTo(0.70, within(0.012));
    assertThat(counts.get("context") / 20_000.0).isCloseTo(0.25, within(0.012));
    assertThat(counts.get("long") / 20_000.0).isCloseTo(0.05, within(0.006));
    assertThat(calls)
        .filteredOn(call -> call.shape().equals("long"))
        .allMatch(call -> call.contextTokens() >= 8_000 && call.maxTokens() == 100);
    assertThat(mix.words())
        .isEqualTo(
            "70 % balanced (500/500 tokens), 25 % context (2,000/200 tokens), 5 % long (uniform,"
                + " 8,000 to 9,000 input tokens and 100 output tokens)");
  }

  @Test
  void twoShapesOfOneNameAreRefused() {
    CallSizes.Part part = new CallSizes.Part("a", 1, source("5", "5"));
    assertThatThrownBy(() -> new CallSizes(List.of(part, part), 1))
        .isInstanceOf(InputException.class)
        .hasMessage("two shapes are called a: give one a name");
  }

  private Path trace() throws IOException {
    return Files.writeString(
        folder.resolve("trace.csv"),
        """
        TIMESTAMP,ContextTokens,GeneratedTokens
        2024-01-15 09:00:00,100,1
        2024-01-15 09:00:01,200,2
        2024-01-15 09:00:02,300,3
        2024-01-15 09:00:03,4000,40
        """);
  }

  @Test
  void aRowOfATraceIsDrawnAsAWhole() throws IOException {
    String trace = "trace " + trace();
    assertThat(draw(sizes(trace, ""), 400))
        .allMatch(call -> call.contextTokens() == 100 * call.maxTokens())
        .extracting(CallSize::contextTokens)
        .contains(100, 200, 300, 4_000);
    assertThat(draw(sizes(trace + ", 150 to 9000", trace + ", 1 to 9"), 400))
        .allMatch(call -> call.contextTokens() == 100 * call.maxTokens())
        .extracting(CallSize::maxTokens)
        .contains(2, 3)
        .doesNotContain(1, 40);
    assertThat(sizes(trace, "").words())
        .isEqualTo(
            "input and output tokens as in trace " + folder.resolve("trace.csv") + " (4 calls)");
  }

  @Test
  void inputsOfATraceMayGoWithOtherOutputs() throws IOException {
    assertThat(draw(sizes("trace " + trace(), "uniform 7 to 9"), 200))
        .allMatch(call -> call.maxTokens() >= 7 && call.maxTokens() <= 9)
        .extracting(CallSize::contextTokens)
        .containsOnly(100, 200, 300, 4_000);
  }

  @Test
  void theCallsOfARunThatSucceededAreDrawnWithTheTokensThatWereCounted() throws IOException {
    SampleRuns.write(
        folder,
        List.of(
            CallFixture.call().id(1).from(0, 100).streamed(10, 90).tokens(700, 70).record(),
            CallFixture.call().id(2).from(0, 100).streamed(10, 90).tokens(800, 80).record(),
            CallFixture.call().id(3).from(0, 100).ended(Outcome.REJECTED, "400").record()));
    assertThat(draw(sizes("run " + folder, ""), 100))
        .extracting(CallSize::contextTokens, CallSize::maxTokens)
        .containsOnly(tuple(700, 70), tuple(800, 80));
  }

  @Test
  void whatCannotBeReadIsRefusedByItsName() throws IOException {
    assertThatThrownBy(() -> sizes("trace nowhere.csv", ""))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nowhere.csv");
    assertThatThrownBy(() -> sizes("run nowhere", ""))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nowhere");
    String trace = "trace " + trace() + ", 5000 to 6000";
    assertThatThrownBy(() -> sizes(trace, ""))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("trace.csv: must hold a call that succeeded");
  }

  @Test
  void aPrefixIsSharedByItsShareOfTheCallsAndCountsOnTop() {
    CallSizes plain = sizes("uniform 100 to 200", "9");
    CallSizes prefixed =
        new CallSizes(plain.parts(), new SharedPrefix(2_000, 4, 0.8), plain.seed());
    List<CallSize> calls = draw(prefixed, 20_000);
    assertThat(calls.get(7).promptTokens()).isEqualTo(plain.of(7).contextTokens());
    assertThat(calls.get(7).contextTokens()).isEqualTo(plain.of(7).contextTokens() + 2_000);
    Map<String, Long> variants =
        calls.stream()
            .collect(
                Collectors.groupingBy(
                    call -> call.prefix().variant().toString(), Collectors.counting()));
    assertThat(variants).hasSize(5);
    assertThat(variants.get("OptionalInt.empty") / 20_000.0).isCloseTo(0.2, within(0.011));
    assertThat(variants.get("OptionalInt[3]") / 20_000.0).isCloseTo(0.2, within(0.011));
    assertThat(prefixed.words())
        .isEqualTo(
            "uniform, 100 to 200 input tokens and 9 output tokens, after a system prompt of 2,000"
                + " tokens (80 % of the calls share 4)");
  }
}
