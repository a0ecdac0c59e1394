package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A local endpoint over HTTP/1.1 that keeps each request and gives all of them the same answer. */
final class SentRequests implements AutoCloseable {

  /** What arrived. The names of headers are found in any case. */
  record Sent(String path, Map<String, String> headers, String body) {}

  private final BlockingQueue<Sent> requests = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "{}";
  private long patienceMillis;
  private int together;
  private int most;

  SentRequests() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/", this::receive);
    server.setExecutor(threads);
    server.start();
  }

  /** Its address without a slash at the end. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Sets the answer to the next requests, an object of JSON. */
  void answer(int newStatus, String json) {
    status = newStatus;
    answer = json;
  }

  /** Answers the next requests when two are there, or when the first has waited for so long. */
  synchronized void holdUntilTwo(long millis) {
    patienceMillis = millis;
    most = 0;
  }

  /** Answers at once. */
  synchronized void holdNone() {
    patienceMillis = 0;
  }

  /** The most requests that were held at the same time. */
  synchronized int mostTogether() {
    return most;
  }

  private synchronized void hold() {
    together++;
    most = Math.max(most, together);
    notifyAll();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    try {
      while (most < 2 && System.nanoTime() < end) {
        wait(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    together--;
  }

  /** The next request, if there is one already. */
  Optional<Sent> now() {
    return Optional.ofNullable(requests.poll());
  }

  /** The next request, for which it waits. */
  Sent next() {
    try {
      Sent sent = requests.poll(60, TimeUnit.SECONDS);
      assertThat(sent).as("a request within 60 s").isNotNull();
      return sent;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      byte[] body = exchange.getRequestBody().readAllBytes();
      requests.add(
          new Sent(
              exchange.getRequestURI().toString(),
              headers,
              new String(body, StandardCharsets.UTF_8)));
      hold();
      byte[] json = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
      exchange.sendResponseHeaders(status, json.length);
      exchange.getResponseBody().write(json);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
