package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.TokenUsage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;

class EventStreamReaderTest {

  private final AtomicLong now = new AtomicLong();
  private final RecordingListener listener = new RecordingListener();
  private final SdkExchange exchange = new SdkExchange(listener, now::get, "us-east-1");
  private final EventStreamReader reader =
      new EventStreamReader(exchange, new SdkFailures(new Secrets()));
  private boolean cancelled;

  EventStreamReaderTest() {
    reader.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {
            cancelled = true;
          }
        });
  }

  @Test
  void stampsAllEventsOfABufferWithTheInstantItCame() {
    receive(1_000, Frames.text("one"), Frames.text("two"));
    receive(2_000, Frames.text("three"));
    receive(3_000, Frames.stop("end_turn"), Frames.usage(1, 3));
    end(4_000);

    assertThat(listener.toldSoFar())
        .containsExactly(
            new RecordingListener.Told("CONTENT:one", 1_000),
            new RecordingListener.Told("CONTENT:two", 1_000),
            new RecordingListener.Told("CONTENT:three", 2_000),
            new RecordingListener.Told("finish:end_turn", 0),
            new RecordingListener.Told("usage", 0),
            new RecordingListener.Told("completed", 3_000));
  }

  @Test
  void stampsAFrameWithTheInstantOfItsLastByte() {
    byte[] frame = Frames.text("late");
    receive(1_000, Arrays.copyOf(frame, frame.length - 1));
    receive(9_000, new byte[] {frame[frame.length - 1]});

    assertThat(listener.toldSoFar())
        .containsExactly(new RecordingListener.Told("CONTENT:late", 9_000));
  }

  @Test
  void tellsEveryKindOfOutputApart() {
    receive(
        1,
        Frames.delta("{\"reasoningContent\":{\"text\":\"hmm\"}}"),
        Frames.delta("{\"reasoningContent\":{\"signature\":\"c2ln\"}}"),
        Frames.delta("{\"reasoningContent\":{\"redactedContent\":\"c2ln\"}}"),
        Frames.delta("{\"text\":\"Hello \\\"you\\\" \\u00fc\"}"),
        Frames.delta("{\"toolUse\":{\"input\":\"{\\\"city\\\":\"}}"),
        Frames.stop("tool_use"));
    end(2);

    assertThat(listener.events())
        .containsExactly(
            "REASONING:hmm",
            "REASONING without text",
            "CONTENT:Hello \"you\" ü",
            "TOOL_CALL:{\"city\":",
            "finish:tool_use",
            "completed");
  }

  @Test
  void tellsNothingOfEventsWithoutOutput() {
    receive(
        1,
        Frames.event("messageStart", "{\"role\":\"assistant\",\"p\":\"abcd\"}"),
        Frames.text(""),
        Frames.delta("{\"text\":null}"),
        Frames.delta("{\"citation\":{\"title\":\"text\",\"source\":\"x\"}}"),
        Frames.event("contentBlockStop", "{\"contentBlockIndex\":0}"),
        Frames.event("inventedLater", "not even JSON"),
        Frames.stop("end_turn"));
    end(2);

    assertThat(listener.events()).containsExactly("finish:end_turn", "completed");
  }

  @Test
  void countsCachedTokensAsInput() {
    receive(
        1,
        Frames.stop("end_turn"),
        Frames.event(
            "metadata",
            """
            {"metrics":{"latencyMs":9},"usage":{"cacheDetails":[{"inputTokens":7,"ttl":"5m"}],
            "inputTokens":10,"cacheReadInputTokens":900,"cacheWriteInputTokens":90,
            "outputTokens":5,"totalTokens":1005}}\
            """));
    end(2);

    assertThat(listener.usage())
        .isEqualTo(
            new TokenUsage(
                OptionalLong.of(1_000),
                OptionalLong.of(900),
                OptionalLong.of(90),
                OptionalLong.of(5),
                OptionalLong.empty()));
  }

  @Test
  void leavesCountsAbsentThatWereNotReported() {
    receive(
        1, Frames.stop("end_turn"), Frames.event("metadata", "{\"usage\":{\"outputTokens\":5}}"));
    end(2);

    assertThat(listener.usage())
        .isEqualTo(
            new TokenUsage(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(5),
                OptionalLong.empty()));
  }

  @Test
  void aSumOfCountsThatNoNumberHoldsIsTheGreatest() {
    receive(
        1,
        Frames.stop("end_turn"),
        Frames.event(
            "metadata",
            "{\"usage\":{\"inputTokens\":9223372036854775807,\"cacheReadInputTokens\":2,"
                + "\"outputTokens\":123456789012345678901234567890}}"));
    end(2);

    assertThat(listener.usage())
        .isEqualTo(
            new TokenUsage(
                OptionalLong.of(Long.MAX_VALUE),
                OptionalLong.of(2),
                OptionalLong.empty(),
                OptionalLong.of(Long.MAX_VALUE),
                OptionalLong.empty()));
  }

  @Test
  void marksCountsThatNoCallCanHave() {
    receive(
        1,
        Frames.stop("end_turn"),
        Frames.event(
            "metadata",
            "{\"usage\":{\"inputTokens\":-1,\"cacheReadInputTokens\":1.5,\"outputTokens\":5}}"));
    end(2);

    assertThat(listener.usage())
        .isEqualTo(
            new TokenUsage(
                OptionalLong.of(TokenUsage.NO_COUNT),
                OptionalLong.of(TokenUsage.NO_COUNT),
                OptionalLong.empty(),
                OptionalLong.of(5),
                OptionalLong.empty()));
  }

  @Test
  void isThrottledByAnExceptionInTheStream() {
    receive(
        1,
        Frames.text("Hel"),
        Frames.exception("throttlingException", "{\"message\":\"Too many tokens\"}"));

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(Failure.Kind.THROTTLED, 0, "throttlingException", "Too many tokens"));
    assertThat(cancelled).isTrue();
  }

  @Test
  void isThrottledInTheStreamByWhatThrottlesBeforeIt() {
    receive(
        1, Frames.exception("serviceQuotaExceededException", "{\"message\":\"Too many calls\"}"));

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(
                Failure.Kind.THROTTLED, 0, "serviceQuotaExceededException", "Too many calls"));
  }

  @Test
  void anExceptionIsKnownByItsNameWithItsNamespaceToo() {
    receive(
        1,
        Frames.exception(
            "com.amazonaws.bedrockruntime#ThrottlingException", "{\"message\":\"Slow down\"}"));

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.THROTTLED, 0, "ThrottlingException", "Slow down"));
  }

  @Test
  void isBrokenByAnyOtherExceptionInTheStream() {
    for (String type :
        new String[] {
          "modelStreamErrorException",
          "internalServerException",
          "serviceUnavailableException",
          "validationException",
          "modelTimeoutException"
        }) {
      EventStreamReaderTest other = new EventStreamReaderTest();
      other.receive(
          1,
          Frames.exception(
              type, "{\"originalStatusCode\":500,\"message\":\"It \\u003cfailed\\u003e\"}"),
          Frames.text("after the end"));

      assertThat(other.listener.failure())
          .isEqualTo(
              new Failure(Failure.Kind.BROKEN, 0, type, "It <failed> (original status 500)"));
    }
  }

  @Test
  void isBrokenByAnErrorFrame() {
    receive(
        1,
        Frames.frame(
            Map.of(":message-type", "error", ":error-code", "500", ":error-message", "Internal"),
            ""));

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 0, "500", "Internal"));
  }

  @Test
  void isBrokenByAnErrorFrameThatSaysNothing() {
    receive(1, Frames.frame(Map.of(":message-type", "error"), ""));

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 0, "", "an exception without type or message"));
  }

  @Test
  void isBrokenByAnEndBeforeMessageStop() {
    receive(1, Frames.text("Hel"));
    end(2);

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(Failure.Kind.BROKEN, 0, "", "the stream ended before the model stopped"));
  }

  @Test
  void isBrokenByAnEndWithinAFrame() {
    receive(1, Frames.stop("end_turn"), new byte[] {0});
    end(2);

    assertThat(listener.failure())
        .isEqualTo(new Failure(Failure.Kind.BROKEN, 0, "", "the stream ended within a frame"));
  }

  @Test
  void isMalformedByAPayloadThatIsNoJsonAndDoesNotQuoteIt() {
    receive(1, Frames.event("contentBlockDelta", "{\"delta\":{\"text\":\"sec"));

    assertThat(listener.failure())
        .isEqualTo(
            new Failure(
                Failure.Kind.MALFORMED,
                0,
                "",
                "the payload of contentBlockDelta is not valid JSON"));
    assertThat(cancelled).isTrue();
  }

  @Test
  void isMalformedByAFrameOfNoKnownKind() {
    receive(1, Frames.frame(Map.of(":event-type", "messageStop"), "{}"));

    assertThat(listener.failure().kind()).isEqualTo(Failure.Kind.MALFORMED);
  }

  @Test
  void saysNothingAfterItWasGivenUp() {
    exchange.cancel();
    receive(1, Frames.text("late"));
    end(2);

    assertThat(listener.toldSoFar()).isEmpty();
    assertThat(cancelled).isTrue();
  }

  private void receive(long nanos, byte[]... frames) {
    now.set(nanos);
    reader.onNext(ByteBuffer.wrap(Frames.concat(frames)));
  }

  private void end(long nanos) {
    now.set(nanos);
    reader.onComplete();
  }
}
