package dev.gatlingllm.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.input.Payload;
import dev.gatlingllm.input.PayloadFiles;
import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.OwnHeaders;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.Part;
import dev.gatlingllm.provider.Trace;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent, as the endpoint sees it. */
class BedrockRequestTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static StubBedrock stub;
  private static BedrockClient client;

  @BeforeAll
  static void start() throws Exception {
    stub = new StubBedrock(Protocol.HTTP2, StubCall::stream);
    client = new BedrockClient(Settings.to(stub, Protocol.HTTP2));
  }

  @AfterAll
  static void stop() {
    client.close();
    stub.close();
  }

  @Test
  void sendsOnlyWhatIsAsked() throws Exception {
    StubCall call = sent(LlmRequest.ofPrompt("Hi"));

    assertThat(call.uri()).isEqualTo("/model/test.model-v1%3A0/converse-stream");
    assertThat(JSON.readTree(call.body()))
        .isEqualTo(
            JSON.readTree("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}]}"));
  }

  @Test
  void theHeadersOfACallAreSignedAndSentOverHttp2() throws Exception {
    OwnHeaders headers = OwnHeaders.NONE.with("x-session", "7").with(Trace.begin());
    StubCall call = sent(LlmRequest.ofPrompt("Hi").withHeaders(headers));

    assertThat(call.header("x-session")).isEqualTo("7");
    assertThat(call.header("traceparent")).contains(headers.traceId());
    assertThat(call.header("authorization")).contains("x-session");
  }

  @Test
  void blocksOfConverseInAFileAreSentAsTheyAre() throws Exception {
    String messages =
        """
        [{"role":"user","content":[{"text":"Hi"},{"cachePoint":{"type":"default"}}]},
         {"role":"assistant","content":[{"toolUse":{"toolUseId":"t","name":"f","input":{"a":[1]}}}]},
         {"role":"user","content":[{"toolResult":{"toolUseId":"t","status":"success",
           "content":[{"text":"4"},{"json":{"b":null}}]}}]}]""";
    assertThat(JSON.readTree(sent(file(messages)).body()).get("messages"))
        .isEqualTo(JSON.readTree(messages));
  }

  @Test
  void aCacheMarkOfAFileIsABlockAfterItsText() throws Exception {
    LlmRequest request =
        file(
            """
            [{"role":"developer","content":[
               {"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"}}]},
             {"role":"user","content":[
               {"type":"text","text":"a","cache_control":{"type":"ephemeral"}},
               {"type":"text","text":"b"}]}]""");
    assertThat(JSON.readTree(sent(request).body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"system":[{"text":"s"},{"cachePoint":{"type":"default","ttl":"1h"}}],
                 "messages":[{"role":"user","content":[{"text":"a"},
                 {"cachePoint":{"type":"default"}},{"text":"b"}]}]}"""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'role':'assistant','tool_calls':[{'id':'c'}]} | tool_calls of a message of role assistant"
            + " cannot be sent: there is none in Bedrock's Converse",
        "{'role':'assistant','content':''} | a blank text of role assistant cannot be sent: there is"
            + " none in Bedrock's Converse",
        "{'role':'user','name':'bo','content':'a'} | name of a message of role user cannot be sent:"
            + " there is none in Bedrock's Converse",
        "{'role':'tool','tool_call_id':'c','content':'a'} | a message of role tool cannot be sent:"
            + " there is none in Bedrock's Converse",
        "{'role':'user','content':[{'toolResult':{'id':'t'}}]} | messages[1].content[0].toolResult.id"
            + " cannot be sent: Bedrock's Converse has content, status, toolUseId"
      })
  void whatConverseDoesNotKnowIsRefusedByNameBeforeItIsSent(String message, String refusal)
      throws Exception {
    LlmRequest request =
        file(
            "[{'role':'user','content':'a'},".replace('\'', '"')
                + message.replace('\'', '"')
                + "]");
    assertThatThrownBy(() -> client.check(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(refusal);
  }

  private LlmRequest file(String messages) throws Exception {
    Path file = Files.writeString(folder.resolve("p.json"), "{\"messages\":" + messages + "}");
    return PayloadFiles.read(file).get(0).request();
  }

  @Test
  void aCachePointIsABlockAfterTheTextItEnds() throws Exception {
    StubCall call =
        sent(
            LlmRequest.ofMessages(
                List.of(
                    Message.system("Long.").with(CachePoint.ONE_HOUR),
                    Message.user("Hi").with(CachePoint.DEFAULT))));

    assertThat(JSON.readTree(call.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"system":[{"text":"Long."},{"cachePoint":{"type":"default","ttl":"1h"}}],
                 "messages":[{"role":"user","content":[{"text":"Hi"},
                 {"cachePoint":{"type":"default"}}]}]}"""));
  }

  @Test
  void sendsAllThatIsAsked() throws Exception {
    Map<String, Object> thinking = new HashMap<>();
    thinking.put("type", "enabled");
    thinking.put("budget_tokens", 1024);
    thinking.put("nothing", null);
    StubCall call =
        sent(
            Requests.full(
                "other",
                Map.of(
                    "thinking",
                    thinking,
                    "top_k",
                    50L,
                    "flag",
                    true,
                    "share",
                    0.1,
                    "list",
                    Arrays.asList("a", 1.5f, null))));

    assertThat(call.uri()).isEqualTo("/model/other/converse-stream");
    assertThat(JSON.readTree(call.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"system":[{"text":"Be brief."}],
                 "messages":[
                   {"role":"user","content":[{"text":"Hi"}]},
                   {"role":"assistant","content":[{"text":"Hello"}]},
                   {"role":"user","content":[{"text":"Bye"}]}],
                 "inferenceConfig":
                   {"maxTokens":64,"temperature":0.5,"topP":0.25,"stopSequences":["END","STOP"]},
                 "performanceConfig":{"latency":"optimized"},
                 "additionalModelRequestFields":
                   {"thinking":{"type":"enabled","budget_tokens":1024,"nothing":null},
                    "top_k":50,"flag":true,"share":0.1,"list":["a",1.5,null]}}\
                """));
  }

  @Test
  void sendsImagesAndDocumentsAsBlocks() throws Exception {
    Attachment image = Attachment.of("x.gif", "GIF8".getBytes(UTF_8));
    Attachment file = Attachment.of("my.note_1.txt", "Hi".getBytes(UTF_8));
    Attachment sound = Attachment.of("x.mp3", "ID3".getBytes(UTF_8));
    Attachment film = Attachment.of("x.mp4", "film".getBytes(UTF_8));
    StubCall call =
        sent(
            LlmRequest.ofMessages(
                Message.attach(List.of(Message.user("Look")), List.of(image, file, sound, film))));

    assertThat(JSON.readTree(call.body()).at("/messages/0/content"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"text":"Look"},
                 {"image":{"format":"gif","source":{"bytes":"R0lGOA=="}}},
                 {"document":{"format":"txt","name":"2 my-note-1-txt",
                   "source":{"bytes":"SGk="}}},
                 {"audio":{"format":"mp3","source":{"bytes":"SUQz"}}},
                 {"video":{"format":"mp4","source":{"bytes":"ZmlsbQ=="}}}]\
                """));
  }

  @Test
  void sendsImagesOfAFileInTheirPlace() throws Exception {
    String image =
        String.format(
            Locale.ROOT,
            "{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"%s\"}}}",
            Base64.getEncoder()
                .encodeToString(Files.readAllBytes(Path.of("feeders/attachments/bars.png"))));
    List<JsonNode> contents = new ArrayList<>();
    for (Payload payload : PayloadFiles.read(Path.of("feeders/messages-images.jsonl"))) {
      contents.add(JSON.readTree(sent(payload.request()).body()).at("/messages/0/content"));
    }

    assertThat(contents)
        .containsExactly(
            JSON.readTree(
                String.format(
                    Locale.ROOT, "[{\"text\":\"Which of the bars is the tallest?\"},%s]", image)),
            JSON.readTree(
                String.format(Locale.ROOT, "[%s,{\"text\":\"How many bars are there?\"}]", image)),
            JSON.readTree(
                String.format(
                    Locale.ROOT,
                    "[{\"text\":\"Describe the picture in one sentence.\"},%s]",
                    image)));
  }

  @Test
  void aDocumentThatHasANameKeepsIt() throws Exception {
    Attachment note = Attachment.of("x.txt", "Hi".getBytes(UTF_8));
    Part named = new Part.File(note, "Canteen [2]", "", "");
    Message message =
        new Message(Message.Role.USER, List.of(new Part.Text("Read"), named), CachePoint.NONE);

    assertThat(
            JSON.readTree(sent(LlmRequest.ofMessages(List.of(message))).body())
                .at("/messages/0/content/1/document/name")
                .asText())
        .isEqualTo("Canteen [2]");
  }

  @Test
  void refusesTheAddressOfAnImage() {
    Part link = new Part.Link(URI.create("https://example.org/a.png"), "", "the address");
    Message message = new Message(Message.Role.USER, List.of(link), CachePoint.NONE);

    assertThatThrownBy(() -> client.check(LlmRequest.ofMessages(List.of(message))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "attachments cannot hold the address, an address: accepted are csv, docx, gif, html,"
                + " jpeg, md, mov, mp3, mp4, ogg, pdf, png, txt, wav, webm, webp, xlsx, sent along,"
                + " for Bedrock's Converse");
  }

  @Test
  void refusesAParameterThatConverseDoesNotHave() {
    assertThatThrownBy(
            () ->
                ConverseCall.of(
                    LlmRequest.ofPrompt("Hi").with(Parameter.SEED, 7),
                    "m",
                    BedrockOptions.CONVERSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("seed cannot be sent: there is none in Bedrock's Converse");
  }

  @ParameterizedTest
  @CsvSource({
    "us.anthropic.claude-sonnet-4-20250514-v1:0, us.anthropic.claude-sonnet-4-20250514-v1%3A0",
    "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/ab12,"
        + "arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fab12",
  })
  void encodesTheModelIdInThePath(String model, String encoded) throws Exception {
    assertThat(sent(Requests.full(model, Map.of())).uri())
        .isEqualTo("/model/" + encoded + "/converse-stream");
  }

  @Test
  void signsForTheRegionOfTheCall() throws Exception {
    assertThat(sent(LlmRequest.ofPrompt("Hi")).header("authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
        .contains("/us-east-1/bedrock/aws4_request");
    assertThat(sent(Requests.full("other", Map.of())).header("authorization"))
        .contains("/eu-west-1/bedrock/aws4_request");
  }

  @Test
  void bearsAnApiKeyOnLoopback() throws Exception {
    BedrockSettings withKey =
        Settings.to(
            stub.uri(),
            Protocol.HTTP2,
            Optional.empty(),
            Optional.of(new BedrockApiKey("key-of-test")));
    try (BedrockClient bearing = new BedrockClient(withKey)) {
      RecordingListener listener = new RecordingListener();
      var handle = bearing.start(LlmRequest.ofPrompt("Hi"), listener);
      StubCall call = stub.take();
      handle.cancel();

      assertThat(call.header("authorization")).isEqualTo("Bearer key-of-test");
    }
  }

  @Test
  void addsNoHeaderOfItsOwn() throws Exception {
    assertThat(sent(LlmRequest.ofPrompt("Hi")).headerNames())
        .isSubsetOf(
            List.of(
                "authorization",
                "content-length",
                "content-type",
                "host",
                "accept",
                "user-agent",
                "amz-sdk-invocation-id",
                "amz-sdk-request",
                "x-amz-content-sha256",
                "x-amz-date",
                "x-http2-path",
                "x-http2-scheme",
                "x-http2-stream-id"));
  }

  private static StubCall sent(LlmRequest request) throws Exception {
    RecordingListener listener = new RecordingListener();
    var handle = client.start(request, listener);
    StubCall call = stub.take();
    handle.cancel();
    return call;
  }

  @Test
  void aFieldOfConverseIsSentAtItsPlaceAndAllOthersGoToTheModel() throws Exception {
    String own =
        """
        "toolConfig":{"tools":[{"toolSpec":{"name":"now","inputSchema":{"json":{"type":"object",
          "properties":{"zone":{"type":"string"}}}}}},{"cachePoint":{"type":"default"}}],
          "toolChoice":{"any":{}}},
        "guardrailConfig":{"guardrailIdentifier":"g","guardrailVersion":"3","trace":"enabled_full",
          "streamProcessingMode":"async"},
        "serviceTier":{"type":"flex"},"performanceConfig":{"latency":"optimized"},
        "requestMetadata":{"team":"x"},"promptVariables":{"a":{"text":"b"}},
        "additionalModelResponseFieldPaths":["/stop_sequence"],
        "outputConfig":{"textFormat":{"type":"json_schema",
          "structure":{"jsonSchema":{"schema":"{}","name":"n"}}}}""";
    Map<String, Object> further = fields("{" + own + ",\"top_k\":5}");
    further.put("additionalModelRequestFields", Map.of("inferenceConfig", Map.of("topK", 3)));

    StubCall call =
        sent(LlmRequest.ofPrompt("Hi").withParameters(Parameters.NONE.withExtraBody(further)));

    assertThat(JSON.readTree(call.body()))
        .isEqualTo(
            JSON.readTree(
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}],"
                    + own
                    + ",\"additionalModelRequestFields\":{\"top_k\":5,"
                    + "\"inferenceConfig\":{\"topK\":3}}}"));
  }

  @Test
  void anAnswerInOnePieceIsAskedWithTheSameFields() throws Exception {
    Map<String, Object> further =
        fields(
            """
            {"toolConfig":{"tools":[{"toolSpec":{"name":"now","inputSchema":{"json":{}}}}]},
             "guardrailConfig":{"guardrailIdentifier":"g","guardrailVersion":"3",
               "streamProcessingMode":"async"},"requestMetadata":{"team":"x"}}""");

    StubCall call =
        sent(
            LlmRequest.ofPrompt("Hi")
                .withStreaming(false)
                .withParameters(Parameters.NONE.withExtraBody(further)));

    JsonNode body = JSON.readTree(call.body());
    assertThat(body.at("/toolConfig/tools/0/toolSpec/name").asText()).isEqualTo("now");
    assertThat(body.get("requestMetadata")).isEqualTo(JSON.readTree("{\"team\":\"x\"}"));
    assertThat(body.get("guardrailConfig"))
        .isEqualTo(JSON.readTree("{\"guardrailIdentifier\":\"g\",\"guardrailVersion\":\"3\"}"));
    assertThat(body.has("promptVariables")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'toolConfig':{'tolls':[]}}|body.toolConfig.tolls cannot be sent: Bedrock's Converse has"
            + " toolChoice, tools there",
        "{'toolConfig':[]}|body.toolConfig cannot be sent: Bedrock's Converse has a value of another"
            + " type there",
        "{'serviceTier':'flex'}|body.serviceTier cannot be sent: Bedrock's Converse has a value of"
            + " another type there",
        "{'requestMetadata':{'n':1}}|body.requestMetadata.n cannot be sent: Bedrock's Converse has a"
            + " value of another type there",
        "{'additionalModelRequestFields':1}|body.additionalModelRequestFields must be an object"
      })
  void aFieldThatConverseDoesNotHaveIsRefusedByName(String json, String message) throws Exception {
    LlmRequest request =
        LlmRequest.ofPrompt("Hi")
            .withParameters(Parameters.NONE.withExtraBody(fields(json.replace('\'', '"'))));

    assertThatThrownBy(() -> client.check(request)).hasMessage(message);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(String json) throws Exception {
    return JSON.readValue(json, Map.class);
  }
}
