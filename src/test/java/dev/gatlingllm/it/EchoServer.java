package dev.gatlingllm.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/**
 * A service that repeats what it was sent, headers and body, in every place where a service can say
 * something. It speaks chat completions, Bedrock's ConverseStream and an application's own JSON;
 * the name of a place in the path or the body says where.
 */
final class EchoServer implements AutoCloseable {

  /** Where it repeats. */
  static final List<String> PLACES =
      List.of(
          "echo-no-usage",
          "echo-answer",
          "echo-400-message",
          "echo-401-code",
          "echo-400-type",
          "echo-400-string",
          "echo-400-cut",
          "echo-400-url",
          "echo-400-base64",
          "echo-400-html-in-json",
          "echo-502-html",
          "echo-event",
          "echo-malformed",
          "echo-headers-key",
          "echo-headers-prompt",
          "echo-finish-key",
          "echo-finish-prompt",
          "echo-302");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "api-key", "x-functions-key", "x-amz-security-token");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Set<String> reached = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turn = new AtomicInteger();

  private EchoServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  static EchoServer start() throws IOException {
    return new EchoServer(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Protocol and place of every request that came. */
  Set<String> reached() {
    return new TreeSet<>(reached);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** What one request said. */
  private record Sent(String protocol, String headers, String key, String body, String prompt) {

    String all() {
      return "you sent " + headers + " BODY " + body;
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Sent sent = sent(exchange);
      String place =
          PLACES.stream()
              .filter(name -> (exchange.getRequestURI() + sent.body()).contains(name + "-here"))
              .findFirst()
              .orElseGet(() -> PLACES.get(turn.getAndIncrement() % PLACES.size()));
      reached.add(sent.protocol() + " " + place);
      answer(exchange, sent, place);
    }
  }

  private static Sent sent(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    StringBuilder headers = new StringBuilder(exchange.getRequestURI().toString());
    StringBuilder key = new StringBuilder();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              headers.append(' ').append(name).append(": ").append(String.join(",", values));
              if (CREDENTIALS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                String value = values.get(0);
                key.append(value.substring(value.lastIndexOf(' ') + 1));
              }
            });
    String protocol =
        path.startsWith("/model/")
            ? "bedrock"
            : path.startsWith("/openai/") ? "azure" : path.startsWith("/app") ? "app" : "openai";
    int prompt = body.indexOf(SecretsIT.PROMPT.substring(0, 12));
    String echo = prompt < 0 ? "" : body.substring(prompt, Math.min(body.length(), prompt + 90));
    return new Sent(protocol, headers.toString(), key.toString(), body, echo);
  }

  private void answer(HttpExchange exchange, Sent sent, String place) throws IOException {
    String all = sent.all();
    switch (place) {
      case "echo-no-usage" -> success(exchange, sent, "hello", "stop", false);
      case "echo-answer" -> success(exchange, sent, all, "stop", true);
      case "echo-400-message" -> error(exchange, sent, 400, "bad_request", "invalid", all);
      case "echo-401-code" -> error(exchange, sent, 401, sent.key(), "auth", "wrong key");
      case "echo-400-type" -> error(exchange, sent, 400, "", sent.key(), sent.body());
      case "echo-400-string" -> respond(exchange, 400, "application/json", json("error", all));
      case "echo-400-cut" ->
          error(
              exchange,
              sent,
              400,
              "bad",
              "bad",
              "wrong key " + sent.key().substring(0, Math.min(sent.key().length(), 14)));
      case "echo-400-url" ->
          error(exchange, sent, 400, "bad", "bad", URLEncoder.encode(all, UTF_8));
      case "echo-400-base64" ->
          error(
              exchange,
              sent,
              400,
              "bad",
              "bad",
              Base64.getEncoder().encodeToString(sent.headers().getBytes(UTF_8)));
      case "echo-400-html-in-json" ->
          error(
              exchange,
              sent,
              400,
              "bad",
              "bad",
              all.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"));
      case "echo-502-html" -> respond(exchange, 502, "text/html", "<html>" + all + "</html>");
      case "echo-event" -> event(exchange, sent, all);
      case "echo-malformed" -> malformed(exchange, sent, all);
      case "echo-headers-key" -> headers(exchange, sent, sent.key());
      case "echo-headers-prompt" -> headers(exchange, sent, sent.prompt());
      case "echo-finish-key" -> success(exchange, sent, "hello", sent.key(), true);
      case "echo-finish-prompt" -> success(exchange, sent, "hello", sent.prompt(), true);
      case "echo-302" -> {
        exchange.getResponseHeaders().set("Location", uri() + "/login?key=" + sent.key());
        respond(exchange, 302, "text/plain", all);
      }
      default -> throw new IllegalArgumentException(place);
    }
  }

  private static void headers(HttpExchange exchange, Sent sent, String echo) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    for (String name :
        List.of(
            "x-request-id",
            "apim-request-id",
            "x-amzn-RequestId",
            "x-ms-region",
            "x-ratelimit-remaining-requests",
            "retry-after")) {
      headers.set(name, echo.replaceAll("[^\\x20-\\x7e]", " "));
    }
    success(exchange, sent, "hello", "stop", true);
  }

  private static void success(
      HttpExchange exchange, Sent sent, String text, String finish, boolean usage)
      throws IOException {
    switch (sent.protocol()) {
      case "bedrock" -> {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frame(frames, "contentBlockDelta", Map.of("delta", Map.of("text", text)));
        frame(frames, "messageStop", Map.of("stopReason", finish));
        if (usage) {
          frame(frames, "metadata", Map.of("usage", Map.of("inputTokens", 5, "outputTokens", 5)));
        }
        respond(exchange, 200, "application/vnd.amazon.eventstream", frames.toByteArray());
      }
      case "app" -> respond(exchange, 200, "application/json", json("answer", text));
      default ->
          respond(
              exchange,
              200,
              "text/event-stream",
              chunk(text, null)
                  + chunk("", finish)
                  + (usage
                      ? "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,"
                          + "\"completion_tokens\":5,\"total_tokens\":10}}\n\n"
                      : "")
                  + "data: [DONE]\n\n");
    }
  }

  private static String chunk(String text, String finish) throws JsonProcessingException {
    Map<String, Object> choice = new LinkedHashMap<>();
    choice.put("index", 0);
    choice.put("delta", Map.of("content", text));
    choice.put("finish_reason", finish);
    return "data: " + JSON.writeValueAsString(Map.of("choices", List.of(choice))) + "\n\n";
  }

  private static void error(
      HttpExchange exchange, Sent sent, int status, String code, String type, String message)
      throws IOException {
    if (sent.protocol().equals("bedrock")) {
      exchange.getResponseHeaders().set("x-amzn-errortype", code.isEmpty() ? type : code);
      respond(exchange, status, "application/json", json("message", message));
      return;
    }
    Map<String, Object> error = new LinkedHashMap<>();
    if (!code.isEmpty()) {
      error.put("code", code);
    }
    error.put("type", type);
    error.put("message", message);
    respond(exchange, status, "application/json", JSON.writeValueAsString(Map.of("error", error)));
  }

  private static void event(HttpExchange exchange, Sent sent, String all) throws IOException {
    if (sent.protocol().equals("bedrock")) {
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      write(
          frames,
          Map.of(":message-type", "exception", ":exception-type", sent.key()),
          json("message", all));
      respond(exchange, 200, "application/vnd.amazon.eventstream", frames.toByteArray());
    } else {
      respond(
          exchange,
          200,
          "text/event-stream",
          "data: "
              + JSON.writeValueAsString(Map.of("error", Map.of("code", sent.key(), "message", all)))
              + "\n\n");
    }
  }

  private static void malformed(HttpExchange exchange, Sent sent, String all) throws IOException {
    if (sent.protocol().equals("bedrock")) {
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      write(frames, Map.of(":message-type", "event", ":event-type", "messageStop"), "{" + all);
      respond(exchange, 200, "application/vnd.amazon.eventstream", frames.toByteArray());
    } else {
      respond(exchange, 200, "text/event-stream", "data: {\"x\": " + all + "\n\n");
    }
  }

  private static void frame(ByteArrayOutputStream out, String type, Map<String, ?> payload)
      throws JsonProcessingException {
    write(
        out,
        Map.of(":message-type", "event", ":event-type", type, ":content-type", "application/json"),
        JSON.writeValueAsString(payload));
  }

  private static void write(ByteArrayOutputStream out, Map<String, String> headers, String json) {
    Map<String, HeaderValue> values = new LinkedHashMap<>();
    headers.forEach((name, value) -> values.put(name, HeaderValue.fromString(value)));
    new Message(values, json.getBytes(UTF_8)).encode(out);
  }

  private static String json(String field, String text) {
    try {
      return JSON.writeValueAsString(Map.of(field, text));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void respond(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    respond(exchange, status, type, body.getBytes(UTF_8));
  }

  private static void respond(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
