package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.prompt.Tokenizer;
import dev.gatlingllm.provider.ConnectionUse;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.ServingDeployment;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.CallTimeline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallRecordsTest {

  private static final String KEY = "records-4e6b4bf1f0a7c2d9";

  private static final String PROMPT =
      "The patient in \"room 12\" complains of\nheadaches & <dizziness> since Monday.";

  private static final LlmRequest REQUEST =
      LlmRequest.ofMessages(
              List.of(
                  Message.system("Answer as the careful doctor that you are."),
                  Message.user(PROMPT)))
          .withParameters(
              Parameters.NONE
                  .withStop(List.of("the end of this marked answer"))
                  .withExtraBody(Map.of("hint", List.of("a hint of many words to the model"))));

  private static final CallRecords.Caller CALLER =
      new CallRecords.Caller(
          1, "The patient in \"room 12\" complains", List.of(), Map.of(), "m", OptionalInt.empty());

  @BeforeAll
  static void know() {
    Secret unused = Secret.of(KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid body: PROMPT",
        "invalid body: {\"messages\": [{\"content\": \"JSON\"}]}",
        "no such stop: the end of this marked answer",
        "unknown field a hint of many words to the model",
        "bad system Answer as the careful doctor that you are.",
        "<html>HTML</html>",
      })
  void withoutContentNoTextOfTheServiceRepeatsWhatWasSent(String text) {
    String echo =
        text.replace("PROMPT", PROMPT)
            .replace("JSON", PROMPT.replace("\"", "\\\"").replace("\n", "\\n"))
            .replace("HTML", PROMPT.replace("&", "&amp;").replace("<", "&lt;"));
    CallRecord call = records(false).of(CALLER, REQUEST, result(Outcome.REJECTED, echo));

    for (String shown :
        List.of(
            call.error(),
            call.errorDetail(),
            call.service().requestId(),
            call.service().region(),
            call.served().deployment(),
            call.served().spilledFrom(),
            call.served().spilloverError(),
            call.service().finishReason())) {
      assertThat(shown).contains("[prompt]");
      for (String part : List.of("headaches", "marked", "many words", "doctor")) {
        assertThat(shown).doesNotContain(part);
      }
    }
    assertThat(call.name()).isEqualTo(CALLER.name());
  }

  @Test
  void aSecretIsHiddenBeforeATextIsCut() {
    String detail = "x".repeat(490) + KEY;
    CallRecord call = records(false).of(CALLER, REQUEST, result(Outcome.REJECTED, detail));
    assertThat(call.errorDetail()).isEqualTo("x".repeat(490) + "***");
    assertThat(call.service().requestId()).isEqualTo(call.errorDetail());
  }

  @Test
  void withContentThePromptStandsInItsPlaceAndSecretsAreHiddenAllTheSame() {
    CallRecord call =
        records(true).of(CALLER, REQUEST, result(Outcome.REJECTED, KEY + ": " + PROMPT));
    assertThat(call.errorDetail()).isEqualTo("***: " + PROMPT);
    assertThat(call.content().prompt()).contains("headaches");
  }

  @Test
  void theOrdinaryIdOfASuccessIsKept() {
    String id = "0f2a1c3e-1111-4222-8333-94e6b4bf1f0a";
    CallRecord call = records(false).of(CALLER, REQUEST, result(Outcome.SUCCEEDED, id));
    assertThat(call.service().requestId()).isEqualTo(id);
  }

  private static CallRecords records(boolean content) {
    return records(content, String::length);
  }

  private static CallRecords records(boolean content, Tokenizer tokenizer) {
    return new CallRecords(
        new RunClock(() -> 0, 0, Instant.EPOCH),
        "openai",
        new LlmConfig.Recording(
            Path.of("runs"),
            content,
            Duration.ofSeconds(1),
            "none",
            "off",
            1_000,
            false,
            Optional.empty()),
        tokenizer);
  }

  private static CallResult result(Outcome outcome, String text) {
    return new CallResult(
        outcome,
        text,
        text,
        new CallTimeline(0),
        new ResponseHead(
            200,
            text,
            text,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            new ServingDeployment(text, text, text)),
        ConnectionUse.UNKNOWN,
        Served.UNKNOWN,
        TokenUsage.NONE,
        false,
        false,
        text,
        CallResult.Text.NONE,
        CallResult.Text.NONE,
        List.of());
  }

  private static CallResult succeeded(TokenUsage usage, CallResult.Text answer) {
    return succeeded(usage, answer, false, 0);
  }

  private static CallResult succeeded(
      TokenUsage usage, CallResult.Text answer, boolean reasoningStreamed, int chunks) {
    CallTimeline timeline = new CallTimeline(0);
    for (int i = 0; i < chunks; i++) {
      timeline.outputCame(i, true);
    }
    return new CallResult(
        Outcome.SUCCEEDED,
        "",
        "",
        timeline,
        ResponseHead.NONE,
        ConnectionUse.UNKNOWN,
        Served.UNKNOWN,
        usage,
        reasoningStreamed,
        false,
        "stop",
        answer,
        CallResult.Text.NONE,
        List.of());
  }

  private static CallResult withMedia(CallResult of) {
    return new CallResult(
        of.outcome(),
        of.error(),
        of.errorDetail(),
        of.timeline(),
        of.head(),
        of.connection(),
        of.served(),
        of.usage(),
        of.reasoningStreamed(),
        true,
        of.finishReason(),
        of.answer(),
        of.reasoning(),
        of.attempts());
  }

  private static TokenUsage usage(long input, long output) {
    return new TokenUsage(
        OptionalLong.of(input),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(output),
        OptionalLong.empty());
  }

  @Test
  void tokensOfAnAnswerThatIsKeptInPartAreEstimatedForTheWhole() {
    CallResult cut = succeeded(TokenUsage.NONE, new CallResult.Text("abcd", 400, 0));
    CallRecord call = records(true).of(CALLER, REQUEST, cut);
    assertThat(call.tokens().output()).hasValue(400);
    assertThat(call.tokens().estimated()).isTrue();
    assertThat(call.content().answer()).isEqualTo("abcd");
    assertThat(call.content().answerChars()).isEqualTo(400);
  }

  @Test
  void countsThatCannotBeAreLeftOutMarkedAndEstimatedInstead() {
    CallResult absurd =
        succeeded(usage(Long.MAX_VALUE, 100_000_001), new CallResult.Text("abc", 3, 0));
    CallRecord call = records(false).of(CALLER, REQUEST, absurd);
    assertThat(call.tokens().implausible()).isTrue();
    assertThat(call.tokens().output()).hasValue(3);
    assertThat(call.tokens().input().orElseThrow()).isLessThan(10_000);
    assertThat(call.tokens().estimated()).isTrue();
  }

  @Test
  void theGreatestCountThatCanBeIsBelieved() {
    CallResult large = succeeded(usage(100_000_000, 7), new CallResult.Text("abc", 3, 0));
    CallRecord call = records(false).of(CALLER, REQUEST, large);
    assertThat(call.tokens().implausible()).isFalse();
    assertThat(call.tokens().input()).hasValue(100_000_000);
    assertThat(call.tokens().output()).hasValue(7);
  }

  @Test
  void noTokensForAnAnswerAreNotBelievedButEstimatedAndDoubted() {
    CallResult zeros = succeeded(usage(0, 0), new CallResult.Text("abc", 3, 0));
    CallRecord call = records(false).of(CALLER, REQUEST, zeros);
    assertThat(call.tokens().doubt()).isEqualTo("zero");
    assertThat(call.tokens().output()).hasValue(3);
    assertThat(call.tokens().input().orElseThrow()).isPositive();
    assertThat(call.tokens().estimated()).isTrue();
  }

  @Test
  void outputWithoutTextIsNotEstimatedToBeNoTokens() {
    CallResult image = succeeded(TokenUsage.NONE, CallResult.Text.NONE, false, 1);
    CallRecord call = records(false).of(CALLER, REQUEST, image);
    assertThat(call.tokens().output()).isEmpty();
    assertThat(call.tokens().doubt()).isEmpty();
  }

  @Test
  void tokensOfMediaAmongSeveralChunksAreKeptAndMarked() {
    CallResult image = succeeded(usage(9, 1_295), new CallResult.Text("abc", 3, 0), false, 6);
    CallRecord.Tokens tokens = records(false).of(CALLER, REQUEST, withMedia(image)).tokens();
    assertThat(tokens.doubt()).isEqualTo("media");
    assertThat(tokens.output()).hasValue(1_295);
    CallResult alone = succeeded(usage(9, 1_290), CallResult.Text.NONE, false, 1);
    assertThat(records(false).of(CALLER, REQUEST, withMedia(alone)).tokens().doubt()).isEmpty();
  }

  @Test
  void lessThanATokenForTwoChunksIsDoubtedAndKept() {
    CallResult few = succeeded(usage(9, 4), new CallResult.Text("abc", 3, 0), false, 9);
    assertThat(records(false).of(CALLER, REQUEST, few).tokens().doubt())
        .isEqualTo("fewer-than-chunks");
    CallResult enough = succeeded(usage(9, 5), new CallResult.Text("abc", 3, 0), false, 9);
    assertThat(records(false).of(CALLER, REQUEST, enough).tokens().doubt()).isEmpty();
    assertThat(records(false).of(CALLER, REQUEST, few).tokens().output()).hasValue(4);
  }

  @Test
  void partsThatDoNotMakeTheirWholeAreDoubted() {
    CallResult total = succeeded(reasoned(20, 5, true), new CallResult.Text("abc", 3, 0));
    assertThat(records(false).of(CALLER, REQUEST, total).tokens().doubt())
        .isEqualTo("total-differs");
    CallResult reasoning = succeeded(reasoned(20, 21, false), new CallResult.Text("abc", 3, 0));
    assertThat(records(false).of(CALLER, REQUEST, reasoning).tokens().doubt())
        .isEqualTo("reasoning-exceeds-output");
  }

  @Test
  void reasoningIsHiddenUnlessItsTextCame() {
    TokenUsage usage = reasoned(20, 5, false);
    CallResult hidden = succeeded(usage, new CallResult.Text("abc", 3, 0), false, 3);
    assertThat(records(false).of(CALLER, REQUEST, hidden).tokens().hiddenReasoning()).hasValue(5);
    CallResult streamed = succeeded(usage, new CallResult.Text("abc", 3, 0), true, 3);
    assertThat(records(false).of(CALLER, REQUEST, streamed).tokens().hiddenReasoning()).hasValue(0);
    CallResult none = succeeded(usage(9, 20), new CallResult.Text("abc", 3, 0), true, 3);
    assertThat(records(false).of(CALLER, REQUEST, none).tokens().hiddenReasoning()).isEmpty();
  }

  @Test
  void theFirstChunkHasTheTokensOfItsShareOfTheText() {
    assertThat(firstChunk(usage(9, 100), new CallResult.Text("abc", 400, 80), 5)).hasValue(20);
    assertThat(firstChunk(usage(9, 100), new CallResult.Text("abc", 400, 200), 5)).hasValue(50);
    assertThat(firstChunk(usage(9, 100), new CallResult.Text("abc", 400, 0), 5)).hasValue(1);
    TokenUsage hidden = reasoned(120, 20, false);
    assertThat(firstChunk(hidden, new CallResult.Text("abc", 400, 80), 5)).hasValue(20);
  }

  @Test
  void chunksOfOneTokenOrWithoutTextHaveNoShareOfTheFirst() {
    assertThat(firstChunk(usage(9, 5), new CallResult.Text("abc", 20, 4), 5)).isEmpty();
    assertThat(firstChunk(usage(9, 5), new CallResult.Text("abc", 20, 20), 1)).isEmpty();
    assertThat(firstChunk(usage(9, 50), CallResult.Text.NONE, 5)).isEmpty();
    assertThat(firstChunk(reasoned(120, 116, false), new CallResult.Text("abc", 20, 4), 5))
        .isEmpty();
  }

  private static OptionalLong firstChunk(TokenUsage usage, CallResult.Text answer, int chunks) {
    CallResult result = succeeded(usage, answer, false, chunks);
    return records(false).of(CALLER, REQUEST, result).tokens().firstChunk();
  }

  private static TokenUsage reasoned(long output, long reasoning, boolean totalDiffers) {
    return new TokenUsage(
        OptionalLong.of(9),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(output),
        OptionalLong.of(reasoning),
        totalDiffers,
        OptionalLong.empty());
  }

  @Test
  void aTokenizerThatThrowsMakesNoRecordSaySuccess() {
    CallResult ended = succeeded(TokenUsage.NONE, new CallResult.Text("abc", 3, 0));
    CallRecord call =
        records(false).crashed(CALLER, REQUEST, ended, new StackOverflowError("abc"), "tokenizer");
    assertThat(call.outcome()).isEqualTo(Outcome.CRASHED);
    assertThat(call.error()).isEqualTo("crashed: StackOverflowError in the tokenizer");
    assertThat(call.tokens().output()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 100_000_001, Integer.MAX_VALUE})
  void aCountThatNoTokenizerCanMeanIsNotBelieved(int count) {
    CallResult ended = succeeded(TokenUsage.NONE, new CallResult.Text("abc", 3, 0));
    CallRecords records = records(false, text -> count);
    assertThatThrownBy(() -> records.of(CALLER, REQUEST, ended))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the tokenizer counted");
  }
}
