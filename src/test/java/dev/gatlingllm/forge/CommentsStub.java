package dev.gatlingllm.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The comments of a pull request of GitHub's and of a merge request of GitLab's, on loopback. */
final class CommentsStub implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final TreeMap<Integer, String> comments = new TreeMap<>();
  private final List<String> requests = new ArrayList<>();
  private final List<Integer> foreign = new ArrayList<>();
  private int refusal;

  CommentsStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A comment that is there already. */
  void add(int id, String body) {
    comments.put(id, body);
  }

  /** A comment that the token may not change. */
  void addForeign(int id, String body) {
    comments.put(id, body);
    foreign.add(id);
  }

  /** From now on nothing else is answered. */
  void refuse(int status) {
    refusal = status;
  }

  Map<Integer, String> comments() {
    return comments;
  }

  List<String> requests() {
    return requests;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String method = exchange.getRequestMethod();
    String token =
        String.valueOf(
            exchange.getRequestHeaders().containsKey("private-token")
                ? exchange.getRequestHeaders().getFirst("private-token")
                : exchange.getRequestHeaders().getFirst("authorization"));
    requests.add(method + " " + path + " " + token);
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (refusal != 0) {
      reply(exchange, refusal, "{\"message\": \"no\"}");
    } else if (method.equals("GET")) {
      reply(exchange, 200, page(Integer.parseInt(path.replaceAll(".*[?&]page=", ""))));
    } else if (method.equals("POST")) {
      comments.put(comments.isEmpty() ? 1 : comments.lastKey() + 1, text(body));
      reply(exchange, 201, "{}");
    } else {
      int id = Integer.parseInt(path.replaceAll(".*/", ""));
      if (foreign.contains(id)) {
        reply(exchange, 403, "{}");
      } else {
        comments.put(id, text(body));
        reply(exchange, 200, "{}");
      }
    }
  }

  private static String text(byte[] body) throws IOException {
    return JSON.readTree(body).path("body").asText();
  }

  private String page(int number) throws IOException {
    List<Map<String, Object>> page = new ArrayList<>();
    comments.entrySet().stream()
        .skip((number - 1) * 100L)
        .limit(100)
        .forEach(
            comment -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("id", comment.getKey());
              fields.put("body", comment.getValue());
              page.add(fields);
            });
    return JSON.writeValueAsString(page);
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
