package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers in one piece. */
class BedrockWholeAnswerTest {

  private static final LlmRequest HI = LlmRequest.ofPrompt("Hi").withStreaming(false);

  private static final String ANSWER =
      """
      {"output":{"message":{"role":"assistant","content":[
         {"reasoningContent":{"reasoningText":{"text":"A greeting.","signature":"c2ln"}}},
         {"reasoningContent":{"redactedContent":"c2ln"}},
         {"text":"Hello"},
         {"toolUse":{"toolUseId":"1","name":"f","input":{"city":"Bonn \\"am\\" Rhein","n":1}}}]}},
       "stopReason":"tool_use","metrics":{"latencyMs":12},
       "performanceConfig":{"latency":"standard"},"serviceTier":{"type":"flex"},
       "trace":{"promptRouter":{"invokedModelId":"small"}},
       "usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15,
         "cacheReadInputTokens":100,"cacheWriteInputTokens":0}}""";

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void tellsEverythingWithTheStampOfTheLastBytes(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol, call -> call.json(200, ANSWER));
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);

      assertThat(listener.events())
          .containsExactly(
              "head:200",
              "REASONING:A greeting.",
              "REASONING without text",
              "CONTENT:Hello",
              "TOOL_CALL:{\"city\": \"Bonn \\\"am\\\" Rhein\",\"n\": 1}",
              "finish:tool_use",
              "usage",
              "completed");
      assertThat(listener.usage())
          .isEqualTo(
              new TokenUsage(
                  OptionalLong.of(110),
                  OptionalLong.of(100),
                  OptionalLong.of(0),
                  OptionalLong.of(5),
                  OptionalLong.empty()));
      assertThat(listener.served())
          .isEqualTo(new Served("small", "flex", "standard", OptionalLong.of(12)));
      List<RecordingListener.Told> told = listener.toldSoFar();
      assertThat(told.get(1).nanos())
          .isGreaterThan(told.get(0).nanos())
          .isEqualTo(told.get(2).nanos())
          .isEqualTo(told.get(7).nanos());
      assertThat(stub.take().uri()).isEqualTo("/model/test.model-v1%3A0/converse");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isMalformedIfItIsNoJsonAndDoesNotQuoteIt(Protocol protocol) throws Exception {
    try (StubBedrock stub =
            new StubBedrock(protocol, call -> call.json(200, "{\"output\":secret"));
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);

      assertThat(listener.failure())
          .isEqualTo(
              new Failure(
                  Failure.Kind.MALFORMED,
                  200,
                  "SdkClientException",
                  "the SDK could not read the response (application/json)"));
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void isBrokenByACut(Protocol protocol) throws Exception {
    try (StubBedrock stub = new StubBedrock(protocol);
        BedrockClient client = new BedrockClient(Settings.to(stub, protocol))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);
      stub.take()
          .head(200, "content-type", "application/json", "content-length", "1000")
          .bytes("{\"output\":".getBytes(StandardCharsets.UTF_8))
          .cut();

      assertThat(listener.failure().kind()).isEqualTo(Failure.Kind.BROKEN);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'toolUse':{'toolUseId':'1','name':'now'}}|TOOL_CALL without text",
        "{'toolUse':{'toolUseId':'1','name':'now','input':{}}}|TOOL_CALL:{}",
        "{'reasoningContent':{'redactedContent':'AAAA'}}|REASONING without text",
        "{'reasoningContent':{'reasoningText':{'text':'','signature':'x'}}}|REASONING without text",
        "{'image':{'format':'png','source':{'bytes':'AAAA'}}}|MEDIA without text",
        "{'citationsContent':{'content':[{'text':'Bonn'}],'citations':[]}}|CONTENT:Bonn"
      })
  void whateverTheModelMadeIsOutput(String block, String heard) throws Exception {
    String json =
        ("{'output':{'message':{'role':'assistant','content':[" + block + "]}}}")
            .replace('\'', '"');
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP1_1, call -> call.json(200, json));
        BedrockClient client = new BedrockClient(Settings.to(stub, Protocol.HTTP1_1))) {
      RecordingListener listener = new RecordingListener();
      client.start(HI, listener);

      assertThat(listener.events()).containsExactly("head:200", heard, "completed");
    }
  }
}
