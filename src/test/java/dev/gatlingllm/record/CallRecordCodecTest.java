package dev.gatlingllm.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.record.CallRecord.Content;
import dev.gatlingllm.record.CallRecord.InterChunks;
import dev.gatlingllm.record.CallRecord.Service;
import dev.gatlingllm.record.CallRecord.Times;
import dev.gatlingllm.record.CallRecord.Tokens;
import dev.gatlingllm.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CallRecordCodecTest {

  private static final CallRecord FULL =
      new CallRecord(
          7,
          "chat",
          List.of("ladder", "level 8"),
          Map.of("region", "eu", "level", "8"),
          "azure-openai",
          "gpt-4o",
          true,
          Outcome.CHECK_FAILED,
          "check failed: no JSON",
          "expected {",
          new Times(
              1_000,
              OptionalLong.of(1_500),
              OptionalLong.of(2_000),
              OptionalLong.of(3_000),
              OptionalLong.of(4_000),
              OptionalLong.of(9_000),
              9_500),
          new Tokens(
              OptionalInt.of(512),
              OptionalInt.of(64),
              OptionalLong.of(510),
              OptionalLong.of(256),
              OptionalLong.of(5),
              OptionalLong.of(60),
              OptionalLong.of(20),
              true,
              false,
              "total-differs",
              OptionalLong.of(20),
              OptionalLong.of(17),
              OptionalLong.of(6)),
          3,
          new InterChunks(List.of(1L, 1L, 2L, 1L), OptionalLong.of(2_400), 1, 9),
          new Service(
              200,
              "req-1",
              "swedencentral",
              "stop",
              OptionalLong.of(99),
              OptionalLong.of(9_000),
              OptionalLong.of(250),
              OptionalDouble.of(41.7)),
          new CallRecord.Served(
              "gpt-4o-2024",
              "priority",
              "standard",
              OptionalLong.of(640),
              "chat-standard",
              "chat-ptu",
              "429"),
          new CallRecord.Connection(true, OptionalLong.of(1_200), OptionalLong.of(3_400)),
          List.of(
              new Attempt(1_500, 1_600, 429, Outcome.THROTTLED, 100),
              new Attempt(1_700, 9_500, 200, Outcome.CHECK_FAILED, 0)),
          "1f2e3d4c5b6a79880011223344556677",
          2,
          new Content("[{\"role\":\"user\"}]", "Grüße\n\"x\""));

  private static final CallRecord BARE =
      new CallRecord(
          0,
          "chat",
          List.of(),
          Map.of(),
          "",
          "",
          false,
          Outcome.DROPPED,
          "",
          "",
          new Times(
              5,
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              6),
          Tokens.NONE,
          0,
          InterChunks.NONE,
          Service.NONE,
          CallRecord.Served.UNKNOWN,
          CallRecord.Connection.UNKNOWN,
          List.of(),
          "",
          0,
          Content.NONE);

  @Test
  void whenTheClientWasToCancelStandsInTheLine() {
    CancelPlan plan = new CancelPlan(OptionalLong.of(2_000), OptionalLong.of(500));
    CallRecord cancelled = FULL.withCancel(plan, true);
    assertThat(new String(CallRecordCodec.encode(cancelled), UTF_8))
        .contains(
            "\"cancelAfterNanos\":2000,\"cancelAfterFirstTokenNanos\":500,\"tokensPartial\":true");
    assertThat(CallRecordCodec.decode(CallRecordCodec.encode(cancelled))).isEqualTo(cancelled);
    assertThat(new String(CallRecordCodec.encode(FULL), UTF_8))
        .doesNotContain("cancel", "tokensPartial");
  }

  @Test
  void aLineOfSchemaVersion1IsRead() {
    assertThat(CallRecordCodec.decode(ofVersion1(FULL))).isEqualTo(FULL);
    assertThat(CallRecordCodec.decode(ofVersion1(BARE))).isEqualTo(BARE);
  }

  private static byte[] ofVersion1(CallRecord call) {
    return new String(CallRecordCodec.encode(call), UTF_8)
        .replace("\"schemaVersion\":2", "\"schemaVersion\":1")
        .replace("interChunkMicros", "gapsMicros")
        .replace("maxInterChunkNanos", "longestGapNanos")
        .replace("\"dropped\"", "\"missed\"")
        .getBytes(UTF_8);
  }

  @Test
  void aFullRecordIsThisLine() {
    assertThat(new String(CallRecordCodec.encode(FULL), UTF_8))
        .isEqualTo(
            "{\"schemaVersion\":2,\"id\":7,\"name\":\"chat\",\"groups\":[\"ladder\",\"level 8\"],"
                + "\"labels\":{\"level\":\"8\",\"region\":\"eu\"},\"provider\":\"azure-openai\","
                + "\"model\":\"gpt-4o\",\"streaming\":true,\"outcome\":\"check-failed\","
                + "\"error\":\"check failed: no JSON\",\"errorDetail\":\"expected {\","
                + "\"arrivalNanos\":1000,\"startNanos\":1500,\"headNanos\":2000,"
                + "\"firstOutputNanos\":3000,\"firstVisibleNanos\":4000,\"lastOutputNanos\":9000,"
                + "\"endNanos\":9500,\"requestedInputTokens\":512,\"requestedOutputTokens\":64,"
                + "\"inputTokens\":510,\"cachedInputTokens\":256,\"cacheWriteTokens\":5,"
                + "\"outputTokens\":60,\"reasoningTokens\":20,\"tokensEstimated\":true,"
                + "\"tokensDoubt\":\"total-differs\",\"hiddenReasoningTokens\":20,"
                + "\"firstChunkTokens\":17,\"rejectedTokens\":6,"
                + "\"chunks\":3,\"interChunkMicros\":[1,1,2,1],\"maxInterChunkNanos\":2400,\"stalls\":1,"
                + "\"mostChunksTogether\":9,"
                + "\"status\":200,\"requestId\":\"req-1\",\"region\":\"swedencentral\","
                + "\"finishReason\":\"stop\",\"remainingRequests\":99,\"remainingTokens\":9000,"
                + "\"retryAfterMillis\":250,\"utilizationPercent\":41.7,\"servedModel\":\"gpt-4o-2024\",\"servedTier\":\"priority\",\"servedLatencyMode\":\"standard\",\"serviceMillis\":640,\"servedDeployment\":\"chat-standard\",\"spilledOverFrom\":\"chat-ptu\",\"spilloverError\":\"429\",\"connectionReused\":true,\"tcpNanos\":1200,\"tlsNanos\":3400,"
                + "\"attempts\":[{\"startNanos\":1500,\"endNanos\":1600,\"status\":429,"
                + "\"outcome\":\"throttled\",\"waitNanos\":100},{\"startNanos\":1700,"
                + "\"endNanos\":9500,\"status\":200,\"outcome\":\"check-failed\","
                + "\"waitNanos\":0}],\"traceId\":\"1f2e3d4c5b6a79880011223344556677\","
                + "\"lateEvents\":2,\"prompt\":\"[{\\\"role\\\":\\\"user\\\"}]\","
                + "\"answer\":\"Grüße\\n\\\"x\\\"\"}\n");
  }

  @Test
  void whatIsAbsentIsNotWritten() {
    assertThat(new String(CallRecordCodec.encode(BARE), UTF_8))
        .isEqualTo(
            "{\"schemaVersion\":2,\"id\":0,\"name\":\"chat\",\"streaming\":false,"
                + "\"outcome\":\"dropped\",\"arrivalNanos\":5,\"endNanos\":6,\"chunks\":0}\n");
  }

  @Test
  void aRecordSurvivesWritingAndReading() {
    assertThat(CallRecordCodec.decode(CallRecordCodec.encode(FULL))).isEqualTo(FULL);
    assertThat(CallRecordCodec.decode(CallRecordCodec.encode(BARE))).isEqualTo(BARE);
  }

  @Test
  void anUnknownFieldIsSkipped() {
    assertThat(
            decode(
                "{\"schemaVersion\":1,\"id\":0,\"name\":\"chat\",\"later\":{\"a\":[1,{\"b\":2}]},"
                    + "\"streaming\":false,\"outcome\":\"dropped\",\"arrivalNanos\":5,"
                    + "\"endNanos\":6,\"chunks\":0}"))
        .isEqualTo(BARE);
  }

  @Test
  void aNewerSchemaIsRefused() {
    assertRefused("{\"schemaVersion\":3,\"id\":0}", "schemaVersion 3", "reads 1 to 2");
  }

  @Test
  void aLineThatIsNoRecordIsRefusedWithTheReason() {
    assertRefused("[]", "not a JSON object");
    assertRefused("{\"id\":0}", "does not begin with schemaVersion");
    assertRefused("{\"schemaVersion\":1,\"id\":", "not valid JSON at column 25");
    assertRefused("{\"schemaVersion\":1,\"id\":\"x\"}", "field id must be a whole number");
    assertRefused("{\"schemaVersion\":1,\"groups\":[1]}", "field groups must be a text");
    assertRefused("{\"schemaVersion\":1,\"chunks\":-1}", "field chunks must be from 0", "-1");
    assertRefused("{\"schemaVersion\":1,\"outcome\":\"fine\"}", "field outcome");
    assertRefused("{\"schemaVersion\":1,\"id\":1}", "has no field name");
    assertRefused(
        "{\"schemaVersion\":1,\"id\":0,\"name\":\"chat\",\"streaming\":true,"
            + "\"outcome\":\"dropped\",\"arrivalNanos\":5,\"endNanos\":6,\"chunks\":0,"
            + "\"interChunkMicros\":[1]}",
        "interChunkMicros must hold pairs of value and count, had 1 numbers");
    assertRefused(
        "{\"schemaVersion\":1,\"attempts\":[{\"startNanos\":1,\"endNanos\":2,\"status\":200}]}",
        "has no field attempts.outcome");
  }

  @Test
  void anErrorNeverQuotesText() {
    assertThatThrownBy(() -> decode("{\"schemaVersion\":1,\"prompt\":secret}"))
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> decode("{\"schemaVersion\":1,\"id\":\"secret\"}"))
        .hasMessageNotContaining("secret");
  }

  private static void assertRefused(String line, String... reasons) {
    assertThatThrownBy(() -> decode(line))
        .isInstanceOf(RecordFormatException.class)
        .hasMessageContainingAll(reasons);
  }

  private static CallRecord decode(String line) {
    return CallRecordCodec.decode(line.getBytes(UTF_8));
  }

  @Test
  void aSecretIsInNoTextOfALineAndNumbersStay() {
    Secret unused = Secret.of("1234567890123");
    Secret unusedToo = Secret.of("codec-0a7c2d94e6b4bf1f");
    CallRecord call =
        new CallRecord(
            0,
            "call of codec-0a7c2d94e6b4bf1f",
            List.of("codec-0a7c2d94e6b4bf1f"),
            Map.of("codec-0a7c2d94e6b4bf1f", "codec-0a7c2d94e6b4bf1f"),
            "openai",
            "m",
            true,
            Outcome.SUCCEEDED,
            "",
            "",
            new Times(
                1_234_567_890_123L,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                1_234_567_890_123L),
            Tokens.NONE,
            0,
            InterChunks.NONE,
            Service.NONE,
            CallRecord.Served.UNKNOWN,
            CallRecord.Connection.UNKNOWN,
            List.of(),
            "",
            0,
            new Content("[\"1234567890123\"]", "I was told codec-0a7c2d94e6b4bf1f"));

    CallRecord read = CallRecordCodec.decode(CallRecordCodec.encode(call));

    assertThat(read.toString()).doesNotContain("codec-0a7c2d94e6b4bf1f");
    assertThat(read.name()).isEqualTo("call of ***");
    assertThat(read.labels()).containsExactly(Map.entry("***", "***"));
    assertThat(read.times().end()).isEqualTo(1_234_567_890_123L);
    assertThat(read.content()).isEqualTo(new Content("[\"***\"]", "I was told ***"));
  }

  @Test
  void aRecordWrittenBeforeDeploymentsWereReadIsOneOfACallThatWasNotHandedOver() {
    String line =
        new String(CallRecordCodec.encode(FULL), UTF_8)
            .replace("\"servedDeployment\":\"chat-standard\",", "")
            .replace("\"spilledOverFrom\":\"chat-ptu\",", "")
            .replace("\"spilloverError\":\"429\",", "");

    CallRecord.Served served = CallRecordCodec.decode(line.getBytes(UTF_8)).served();

    assertThat(served)
        .isEqualTo(
            new CallRecord.Served("gpt-4o-2024", "priority", "standard", OptionalLong.of(640)));
    assertThat(served.spilledOver()).isFalse();
    assertThat(FULL.served().spilledOver()).isTrue();
  }
}
