package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Served;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;

/** What counts as output in the events of Converse, and what they say of who served the call. */
class ConverseOutputTest {

  private final RecordingListener listener = new RecordingListener();
  private final EventStreamReader reader =
      new EventStreamReader(
          new SdkExchange(listener, () -> 1, "us-east-1"), new SdkFailures(new Secrets()));

  private List<String> heard(byte[]... frames) {
    reader.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        });
    reader.onNext(ByteBuffer.wrap(Frames.concat(frames)));
    reader.onNext(ByteBuffer.wrap(Frames.stop("end_turn")));
    reader.onComplete();
    List<String> events = listener.events();
    assertThat(events).endsWith("finish:end_turn", "completed");
    return events.subList(0, events.size() - 2);
  }

  private static byte[] start(String start) {
    return Frames.event("contentBlockStart", "{\"contentBlockIndex\":1,\"start\":" + start + "}");
  }

  private static byte[] reasoning(String field, String value) {
    return Frames.delta("{\"reasoningContent\":{\"" + field + "\":\"" + value + "\"}}");
  }

  private static byte[] blockStop() {
    return Frames.event("contentBlockStop", "{\"contentBlockIndex\":0}");
  }

  private Served servedBy(String metadata) {
    List<String> unused = heard(Frames.event("metadata", metadata));
    return listener.served();
  }

  @Test
  void reasoningThatTheServiceHidesIsOutput() {
    assertThat(heard(reasoning("redactedContent", "bm8="), Frames.text("Four")))
        .containsExactly("REASONING without text", "CONTENT:Four");
  }

  @Test
  void theSealOfShownReasoningIsNoOutput() {
    assertThat(heard(reasoning("text", "Hm"), reasoning("signature", "c2ln")))
        .containsExactly("REASONING:Hm");
  }

  @Test
  void aSealOfNothingShownStandsForHiddenReasoning() {
    assertThat(
            heard(
                reasoning("text", "Hm"),
                blockStop(),
                reasoning("text", ""),
                reasoning("signature", "c2ln")))
        .containsExactly("REASONING:Hm", "REASONING without text");
  }

  @Test
  void theStartOfAToolCallIsOutputEvenWithoutArguments() {
    assertThat(
            heard(
                start("{\"toolUse\":{\"toolUseId\":\"1\",\"name\":\"now\"}}"),
                Frames.delta("{\"toolUse\":{\"input\":\"\"}}")))
        .containsExactly("TOOL_CALL without text");
  }

  @Test
  void argumentsMayBeAnObject() {
    assertThat(heard(Frames.delta("{\"toolUse\":{\"input\":{\"city\":\"Bonn\"}}}")))
        .containsExactly("TOOL_CALL:{\"city\":\"Bonn\"}");
  }

  @Test
  void imagesAreOutputAndTheStartOfOneIsNot() {
    assertThat(
            heard(
                start("{\"image\":{\"format\":\"png\"}}"),
                start("null"),
                Frames.delta("{\"image\":{\"source\":{\"bytes\":\"AA==\"}}}"),
                Frames.delta("{\"image\":{\"source\":null}}"),
                Frames.delta("{\"audio\":{\"source\":{\"bytes\":\"AA==\"}}}")))
        .containsExactly("MEDIA without text", "MEDIA without text");
  }

  @Test
  void theMetadataSaysWhoServedTheCall() {
    assertThat(
            servedBy(
                """
                {"usage":{"inputTokens":1,"outputTokens":2},"metrics":{"latencyMs":432},
                 "trace":{"guardrail":{"x":[1]},"promptRouter":{"invokedModelId":"small"}},
                 "performanceConfig":{"latency":"standard"},"serviceTier":{"type":"flex"}}"""))
        .isEqualTo(new Served("small", "flex", "standard", OptionalLong.of(432)));
  }

  @Test
  void metadataOfAnotherShapeSaysNothing() {
    assertThat(
            servedBy(
                """
                {"metrics":{"latencyMs":-1},"trace":{"promptRouter":"x"},
                 "performanceConfig":{"latency":null},"serviceTier":{"type":{"a":1}}}"""))
        .isEqualTo(Served.UNKNOWN);
    assertThat(ServedCall.millis(new java.math.BigDecimal("1e30"))).isEmpty();
  }
}
