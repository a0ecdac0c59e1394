package dev.gatlingllm.provider.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.input.MessagesFile;
import dev.gatlingllm.prompt.CacheBuster;
import dev.gatlingllm.provider.CachePoint;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Part;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The laws of every client that speaks chat completions. */
public abstract class ChatBodyContract extends ChatClientContract {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void imagesOfAFileAreSentInTheirPlaceBehindThePrefixAgainstCaches() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    LlmClient client = client(server);
    CacheBuster prefix = new CacheBuster(1);
    Path file = Path.of("feeders/messages-images.jsonl");
    for (MessagesFile.Conversation asked : MessagesFile.read(file).conversations()) {
      RecordingListener listener = new RecordingListener();
      client.start(LlmRequest.ofMessages(prefix.before(0, asked.messages())), listener);
      listener.awaitEnd();
    }

    String digits = prefix.before(0, List.of(Message.user(""))).get(0).text().strip();
    String image =
        String.format(
            Locale.ROOT,
            "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,%s\"}}",
            Base64.getEncoder()
                .encodeToString(Files.readAllBytes(Path.of("feeders/attachments/bars.png"))));
    List<JsonNode> contents = new ArrayList<>();
    for (StubServer.Request request : server.requests()) {
      contents.add(JSON.readTree(request.body()).at("/messages/0/content"));
    }
    assertThat(digits).matches("\\d{15}\\.");
    assertThat(contents)
        .containsExactly(
            JSON.readTree(
                String.format(
                    Locale.ROOT,
                    "[{\"type\":\"text\",\"text\":\"%s\\n\\nWhich of the bars is the tallest?\"},%s]",
                    digits,
                    image)),
            JSON.readTree(
                String.format(
                    Locale.ROOT,
                    ("[{\"type\":\"text\",\"text\":\"%s\"},%s,"
                        + "{\"type\":\"text\",\"text\":\"How many bars are there?\"}]"),
                    digits,
                    image)),
            JSON.readTree(
                String.format(
                    Locale.ROOT,
                    ("[{\"type\":\"text\","
                        + "\"text\":\"%s\\n\\nDescribe the picture in one sentence.\"},%s]"),
                    digits,
                    image)));
  }

  @Test
  void theAddressOfAnImageIsPassedOnForTheServiceToFetch() throws Exception {
    StubServer server = server(ChatClientContract::happyStream);
    RecordingListener listener = new RecordingListener();
    Part link = new Part.Link(URI.create("https://example.org/a.png?sig=1"), "low", "");
    client(server)
        .start(
            LlmRequest.ofMessages(
                List.of(new Message(Message.Role.USER, List.of(link), CachePoint.NONE))),
            listener);
    listener.awaitEnd();

    assertThat(JSON.readTree(server.requests().get(0).body()).at("/messages/0/content"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"type":"image_url","image_url":
                  {"url":"https://example.org/a.png?sig=1","detail":"low"}}]
                """));
  }
}
