package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenUsageTest {

  private static TokenUsage usage(long input, long cached, long written) {
    return new TokenUsage(
        OptionalLong.of(input),
        OptionalLong.of(cached),
        OptionalLong.of(written),
        OptionalLong.of(3),
        OptionalLong.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "1.5", "1e30", "1e999999999", "1e-999999999", "18446744073709551621"})
  void aNumberThatCannotCountTokensIsNone(String reported) {
    assertThat(TokenUsage.count(new BigDecimal(reported))).isEqualTo(TokenUsage.NO_COUNT);
  }

  @Test
  void aWholeNumberIsACountHoweverItIsWritten() {
    assertThat(TokenUsage.count(new BigDecimal("12.0"))).isEqualTo(12);
    assertThat(TokenUsage.count(new BigDecimal("1e2"))).isEqualTo(100);
    assertThat(TokenUsage.count(new BigDecimal("0.00"))).isZero();
  }

  private static TokenUsage counts(OptionalLong input, OptionalLong output) {
    OptionalLong none = OptionalLong.empty();
    return new TokenUsage(input, none, none, output, none);
  }

  @Test
  void inputAndOutputThatAreReportedApartAreOneUsage() {
    TokenUsage input = counts(OptionalLong.of(12), OptionalLong.empty());
    TokenUsage output = counts(OptionalLong.empty(), OptionalLong.of(30));
    assertThat(input.then(output))
        .isEqualTo(counts(OptionalLong.of(12), OptionalLong.of(30)))
        .isEqualTo(output.then(input));
  }

  @Test
  void aLaterReportCountsUnlessItHasFallenToZero() {
    TokenUsage first = counts(OptionalLong.of(12), OptionalLong.of(1));
    TokenUsage last = counts(OptionalLong.of(12), OptionalLong.of(30));
    TokenUsage zeros = counts(OptionalLong.of(0), OptionalLong.of(0));
    assertThat(TokenUsage.NONE.then(first).then(last).then(zeros)).isEqualTo(last);
    assertThat(TokenUsage.NONE.then(zeros)).isEqualTo(zeros);
  }

  @Test
  void moreFromTheCacheThanInAllIsLeftOut() {
    TokenUsage usage = usage(10, 6, 5);
    assertThat(usage.implausible()).isTrue();
    assertThat(usage.plausible().cachedInput()).isEmpty();
    assertThat(usage.plausible().cacheWrite()).isEmpty();
    assertThat(usage.plausible().input()).hasValue(10);
    assertThat(usage.plausible().output()).hasValue(3);
    assertThat(usage(10, 6, 4).implausible()).isFalse();
  }
}
