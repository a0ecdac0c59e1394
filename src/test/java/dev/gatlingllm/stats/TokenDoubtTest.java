package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Outcome;
import org.junit.jupiter.api.Test;

class TokenDoubtTest {

  @Test
  void noTokensForAnAnswerThatCameAreInDoubt() {
    assertThat(TokenDoubt.of(tenChunks().tokens(12, 0).record()))
        .contains(TokenDoubt.NO_TOKENS.code());
    assertThat(TokenDoubt.of(call().tokens(12, 0).record())).isEmpty();
  }

  @Test
  void farFewerTokensThanChunksAreInDoubt() {
    assertThat(TokenDoubt.of(tenChunks().tokens(12, 1).record()))
        .contains(TokenDoubt.FEWER_THAN_CHUNKS.code());
    assertThat(TokenDoubt.of(tenChunks().tokens(12, 4).record()))
        .contains(TokenDoubt.FEWER_THAN_CHUNKS.code());
  }

  @Test
  void aTokenThatComesInTwoChunksIsPossible() {
    assertThat(TokenDoubt.of(tenChunks().tokens(12, 5).record())).isEmpty();
    assertThat(TokenDoubt.of(tenChunks().tokens(12, 10).record())).isEmpty();
  }

  @Test
  void moreReasoningThanOutputIsInDoubt() {
    assertThat(TokenDoubt.of(tenChunks().tokens(12, 10).reasoning(300).record()))
        .contains(TokenDoubt.REASONING_ABOVE_OUTPUT.code());
  }

  @Test
  void moreTokensThanTheTimeBetweenTwoChunksHoldsAreInDoubtAndMakeNoRate() {
    CallFixture twoChunks = call().chunks(500, 200).tokens(12, 60);
    assertThat(TokenDoubt.of(twoChunks.record())).contains(TokenDoubt.TOO_MANY_FOR_THE_TIME.code());
    assertThat(Measure.TOKENS_PER_SECOND.of(twoChunks.record())).isEmpty();
    assertThat(Measure.TPOT.of(twoChunks.record())).isEmpty();
  }

  @Test
  void anAnswerThatCameAtOnceMakesNoRateAndIsCounted() {
    for (CallFixture atOnce :
        new CallFixture[] {
          call().chunks(500).tokens(12, 60),
          call().chunks(500).tokens(12, 2).estimated(),
          call().chunks(500, 40, 60).tokens(12, 3)
        }) {
      assertThat(TokenDoubt.of(atOnce.record())).contains(TokenDoubt.AT_ONCE.code());
      assertThat(Measure.TOKENS_PER_SECOND.of(atOnce.record())).isEmpty();
      assertThat(Measure.TPOT.of(atOnce.record())).isEmpty();
    }
    assertThat(TokenDoubt.of(call().chunks(500).tokens(12, 1).record())).isEmpty();
    assertThat(TokenDoubt.of(call().chunks(500).tokens(12, 60).notStreaming().record())).isEmpty();
    assertThat(TokenDoubt.of(call().chunks(500, 20_000, 20_000).tokens(12, 3).record())).isEmpty();
  }

  @Test
  void tokensOfAnImageAmongTextMakeNoRateAndNoBufferedStream() {
    CallFixture image = call().chunks(150, 30, 30, 30, 30_000).tokens(12, 1_295).doubt("media");
    assertThat(TokenDoubt.of(image.record())).contains(TokenDoubt.MEDIA.code());
    assertThat(Measure.TOKENS_PER_SECOND.of(image.record())).isEmpty();
    assertThat(Measure.TPOT.of(image.record())).isEmpty();
    assertThat(BufferedStream.is(image.record())).isFalse();
  }

  @Test
  void aBufferedStreamIsNoReasonToDoubtTheCounts() {
    assertThat(TokenDoubt.of(call().chunks(500, new long[20]).tokens(12, 90).record())).isEmpty();
  }

  @Test
  void estimatesAndFailuresAreNotJudged() {
    assertThat(TokenDoubt.of(tenChunks().tokens(12, 0).estimated().record())).isEmpty();
    assertThat(TokenDoubt.of(tenChunks().tokens(12, 0).ended(Outcome.BROKEN, "cut").record()))
        .isEmpty();
  }

  @Test
  void everyCodeWordHasASentenceAlsoOneThatARecordBrings() {
    for (TokenDoubt doubt : TokenDoubt.values()) {
      assertThat(TokenDoubt.sentence(doubt.code())).doesNotContain("(");
    }
    assertThat(TokenDoubt.sentence("split-usage")).contains("(split-usage)");
  }

  private static CallFixture tenChunks() {
    long pause = 30_000;
    return call().chunks(150, pause, pause, pause, pause, pause, pause, pause, pause, pause);
  }
}
