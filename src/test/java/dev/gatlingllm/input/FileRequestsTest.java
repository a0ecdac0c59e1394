package dev.gatlingllm.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of requests in the formats of other tools. */
class FileRequestsTest {

  private static final String ASK = "{'role':'user','content':'%s'}";

  @TempDir private Path folder;

  private List<Payload> read(String text) throws IOException {
    return PayloadFiles.read(Files.writeString(folder.resolve("f.jsonl"), text.replace('\'', '"')));
  }

  private static List<List<String>> texts(List<Payload> payloads) {
    return payloads.stream()
        .map(payload -> payload.request().messages().stream().map(Message::text).toList())
        .toList();
  }

  private static String ask(String text) {
    return ASK.replace("%s", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'custom_id':'1','method':'POST','url':'/v1/chat/completions','body':{'messages':[%s],"
            + "'max_tokens':9}}",
        "{'custom_id':'1','params':{'messages':[%s],'max_tokens':9}}",
        "{'requests':[{'custom_id':'1','params':{'messages':[%s],'max_tokens':9}}]}",
        "{'recordId':'1','modelInput':{'anthropic_version':'bedrock-2023-05-31','messages':[%s],"
            + "'max_tokens':9}}",
        "{'data':[{'session_id':'s','payloads':[{'messages':[%s],'max_tokens':9}]}]}",
        "{'data':[{'payload':[{'messages':[%s],'max_tokens':9}]}]}",
        "{'prompt':'Name a moor.','output_tokens':9}",
        "{'prompt':[%s],'output_tokens':9}",
        "{'text_input':'Name a moor.','output_length':9}",
        "{'conversations':[{'from':'human','value':'Name a moor.'},{'from':'gpt','value':'No.'}],"
            + "'max_tokens':9}",
        "{'conversation':[%s,{'role':'assistant','content':'No.'}],'max_tokens':9}",
        "{'response_text':'No.','input_payload':{'messages':[%s],'max_tokens':9}}",
      })
  void aWrappedRequestIsUnwrapped(String text) throws IOException {
    List<Payload> payloads = read(text.replace("%s", ask("Name a moor.")));
    assertThat(texts(payloads)).containsExactly(List.of("Name a moor."));
    assertThat(payloads.get(0).request().maxTokens()).hasValue(9);
    assertThat(payloads.get(0).request().extraBody()).isEmpty();
  }

  @Test
  void valuesThatFollowOneAnotherInALineOrOverLinesAreAllRead() throws IOException {
    String a = "{'messages':[" + ask("a") + "]}";
    String b = "{\n'messages':\n[" + ask("b") + "]}";
    List<Payload> payloads = read(a + b + "\n\n[[" + ask("c") + "]," + a + "]\n[" + ask("d") + "]");
    assertThat(texts(payloads))
        .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("a"), List.of("d"));
    assertThat(payloads)
        .extracting(payload -> payload.source().replaceAll(".*f\\.jsonl", ""))
        .containsExactly(" line 1", " line 1", " line 5 [0]", " line 5 [1]", " line 6");
  }

  @Test
  void theAnswersAtTheEndOfAConversationAreLeftOutAndTheOthersStay() throws IOException {
    String turn = "{'from':'%s','value':'%s'}";
    String turns =
        Stream.of("system", "human", "gpt", "human", "gpt")
            .map(word -> turn.replace("%s", word))
            .collect(Collectors.joining(","));
    List<Payload> payloads = read("[{'id':'x','conversations':[" + turns + "]}]");
    assertThat(texts(payloads)).containsExactly(List.of("system", "human", "gpt", "human"));
    assertThat(payloads.get(0).leftOut()).containsExactly("id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'model':'m','input':'secret'} | a body of the Responses API or of embeddings with the"
            + " fields model, input",
        "{'contents':[],'generationConfig':{}} | a body of Gemini with the fields contents,"
            + " generationConfig",
        "{'timestamp':1,'input_length':2,'output_length':3} | a row of a trace"
            + " (llm.replay.file) with the fields timestamp, input_length, output_length",
        "{'gpt':{'input_cost_per_token':1}} | LiteLLM's table of prices, of models such as gpt",
        "{'session_id':'secret','turns':[]} | turns of aiperf or MT-Bench with the fields"
            + " session_id, turns",
        "{'question':'secret'} | an object with the fields question",
        "7 | number",
      })
  void anotherFormatIsRefusedWithItsNameAndFieldsAndWithoutItsText(String text, String found) {
    assertThatThrownBy(() -> read("{'prompt':'fine'}\n" + text))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder.resolve("f.jsonl")
                + " line 2: request must be an object with messages, a prompt or conversations"
                + " (ShareGPT), or a line of an OpenAI, Anthropic or Bedrock batch, was "
                + found);
  }

  @Test
  void aBatchForAnotherEndpointIsRefused() {
    assertThatThrownBy(
            () -> read("{'custom_id':'1','url':'/v1/embeddings','body':{'input':'secret'}}"))
        .hasMessageEndingWith(
            "line 1: url must be that of chat completions, such as /v1/chat/completions, was"
                + " /v1/embeddings");
  }

  @Test
  void fieldsThatNoServiceKnowsAreNotSentAndTold() throws IOException {
    List<Payload> payloads =
        read(
            "{'id':7,'source':'s','messages':["
                + ask("a")
                + "],'tools':[],'metadata':{'k':'v'},'top_k':5,'extra_body':{'own':1},"
                + "'temperature':null,'stop':null,'n':1,'user':null}\n{'id':8,'messages':["
                + ask("b")
                + "],'store':true,'metadata':{'k':'v'}}");
    assertThat(payloads.get(0).request().extraBody())
        .containsOnlyKeys("tools", "top_k", "own", "temperature", "stop", "user")
        .containsEntry("temperature", null)
        .containsEntry("user", null);
    assertThat(payloads.get(1).request().extraBody()).containsOnlyKeys("store", "metadata");
    assertThat(Payload.notes(payloads))
        .containsExactly(
            "not sent: field id of 2 of 2 requests, which no service knows (one under extra_body is"
                + " sent)",
            "not sent: field metadata of 1 of 2 requests, which no service knows (one under"
                + " extra_body is sent)",
            "not sent: field source of 1 of 2 requests, which no service knows (one under"
                + " extra_body is sent)");
  }

  @Test
  void aConversationOfAMessagesFileKeepsItsToolsButNotItsModel() throws IOException {
    Path file = folder.resolve("m.jsonl");
    Files.writeString(
        file,
        ("{'model':'m','stream':false,'weight':2,'messages':[" + ask("a") + "],'tools':[{'x':1}]}")
            .replace('\'', '"'));
    MessagesFile.Conversation read = MessagesFile.read(file).conversations().get(0);
    LlmRequest request = read.payload().request();
    assertThat(request.extraBody()).containsOnlyKeys("tools");
    assertThat(request.model()).isEmpty();
    assertThat(request.streaming()).isTrue();
    assertThat(read.weight()).isEqualTo(2);
  }

  @Test
  void filesInUtf16AndInGzipAreRead() throws IOException {
    String text = "{'prompt':'Ärger?'}\n{'prompt':'b'}".replace('\'', '"');
    Path utf16 = folder.resolve("utf16.jsonl");
    Files.write(utf16, ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE));
    Path bare = folder.resolve("bare.jsonl");
    Files.write(bare, text.getBytes(StandardCharsets.UTF_16LE));
    Path gzip = folder.resolve("f.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    for (Path file : List.of(utf16, bare, gzip)) {
      assertThat(texts(PayloadFiles.read(file))).containsExactly(List.of("Ärger?"), List.of("b"));
    }
    assertThat(PayloadFiles.read(folder)).hasSize(6);
  }

  @Test
  void aFileThatIsNoTextIsRefusedByItsKind() throws IOException {
    Path file = folder.resolve("f.jsonl");
    Files.write(file, new byte[] {'P', 'K', 3, 4, 0});
    assertThatThrownBy(() -> PayloadFiles.read(file))
        .hasMessage(
            file + ": must be text in UTF-8 or UTF-16, or such text in gzip, is a ZIP archive");
    Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2});
    assertThatThrownBy(() -> PayloadFiles.read(file))
        .hasMessageContaining("must be text in UTF-8 or UTF-16, or such text in gzip, is gzip");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'session_id':'b'} | data[1].payloads must be an array of at least one request, was absent",
        "{'payloads':[]} | data[1].payloads must be an array of at least one request, was empty",
        "{'payload':'x'} | data[1].payload must be an array of at least one request, was a text",
      })
  void aSessionWithoutRequestsIsRefusedAndNotPassedOver(String session, String message) {
    String first = "{'payloads':[{'messages':[" + ask("Why?") + "]}]}";
    assertThatThrownBy(() -> read("{'data':[" + first + "," + session + "]}"))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("f.jsonl line 1: " + message);
  }

  @Test
  void aSessionMayHaveOneRequestThatIsInNoArray() throws IOException {
    assertThat(texts(read("{'data':[{'payload':{'messages':[" + ask("Why?") + "]}}]}")))
        .containsExactly(List.of("Why?"));
  }

  @Test
  void aBoundThatIsATextIsRefusedAndNotLeftOut() {
    assertThatThrownBy(() -> read("{'prompt':'Why?','output_tokens':'30'}"))
        .hasMessageEndingWith("line 1: output_tokens must be a number, was a text");
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "true, true", "{'a':'b'}, object"})
  void aStopThatIsNoTextIsRefusedAndNotLeftOut(String stop, String shown) {
    assertThatThrownBy(() -> read("{'messages':[" + ask("Why?") + "],'stop':" + stop + "}"))
        .hasMessageEndingWith("line 1: stop must be a text or an array of texts, was " + shown);
  }

  @Test
  void theUsageThatALogHasCountedIsNotSent() throws IOException {
    List<Payload> payloads =
        read("{'messages':[" + ask("Why?") + "],'usage':{'prompt_tokens':5,'total_tokens':9}}");
    assertThat(payloads.get(0).leftOut()).containsExactly("usage");
    assertThat(read("{'messages':[" + ask("Why?") + "],'usage':{'include':true}}").get(0).leftOut())
        .isEmpty();
  }

  @Test
  void aTypeThatIsASentenceIsNotQuoted() {
    assertThatThrownBy(
            () -> read("{'messages':[{'role':'user','content':[{'type':'My own words'}]}]}"))
        .hasMessageEndingWith("was of another type");
  }
}
