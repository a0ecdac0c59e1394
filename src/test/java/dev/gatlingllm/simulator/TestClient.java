package dev.gatlingllm.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Posts JSON over HTTP/1.1 with the JDK's client. */
final class TestClient {

  static final String AZURE = "/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21";
  static final String OPENAI = "/v1/chat/completions";
  static final String CONVERSE = "/model/anthropic.claude-v1%3A0/converse";
  static final String CONVERSE_STREAM = "/model/anthropic.claude-v1%3A0/converse-stream";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI uri;

  TestClient(URI uri) {
    this.uri = uri;
  }

  /** A chat request with max tokens and further fields. */
  static String chat(int maxTokens, String fields) {
    return String.format(
        Locale.ROOT,
        """
        {"model":"gpt-4o","messages":[{"role":"user","content":"Hello, world!"}],\
        "max_tokens":%d%s}""",
        maxTokens,
        fields);
  }

  static String streamedChat(int maxTokens) {
    return chat(maxTokens, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
  }

  static String converse(int maxTokens) {
    return String.format(
        Locale.ROOT,
        """
        {"messages":[{"role":"user","content":[{"text":"Hello, world!"}]}],\
        "inferenceConfig":{"maxTokens":%d}}""",
        maxTokens);
  }

  /** The request with a body that is read to its end. */
  HttpResponse<String> post(String path, String body, String... headers) {
    return send(path, body, BodyHandlers.ofString(), headers);
  }

  <T> HttpResponse<T> send(String path, String body, BodyHandler<T> handler, String... headers) {
    try {
      return client.send(request(path, body, headers), handler);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  CompletableFuture<HttpResponse<String>> postAsync(String path, String body) {
    return client.sendAsync(request(path, body), BodyHandlers.ofString());
  }

  /** The payloads of the events of a server-sent stream. */
  static List<String> events(String body) {
    List<String> events = new ArrayList<>();
    for (String event : body.split("\n\n", -1)) {
      if (event.startsWith("data: ")) {
        events.add(event.substring("data: ".length()));
      }
    }
    return events;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  private HttpRequest request(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }
}
